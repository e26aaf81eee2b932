import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { MalformedNote, type NoteVerifier, verifierFrom } from '../../engine/log/note.js';
import { serveWitness } from '../witness/serve.js';
import { configOf, loggerOf, say } from './shared.js';

interface WitnessFlags {
  readonly name: string;
  readonly log: readonly NoteVerifier[];
  readonly state: string;
  readonly host: string;
  readonly port: string;
}

/** Adds `letopis witness`. */
export function witnessCommand(program: Command): void {
  program
    .command('witness')
    .description('watch the logs of other servers')
    .command('serve')
    .description(
      'cosign the checkpoints of logs by the C2SP tlog-witness protocol, and refuse a history that was changed',
    )
    .requiredOption('--name <name>', 'the permanent name of this witness, such as department.example/witness', nameOf)
    .requiredOption('--log <key>', 'the public key of a log to watch; can be repeated', keysOf)
    .option('--state <directory>', 'the directory of its key and of the checkpoints that it has cosigned', './witness')
    .option('--host <host>', 'the address to listen at', '127.0.0.1')
    .option('--port <port>', 'the port to listen at', '7380')
    .action(run);
}

async function run({ name, log, state, host, port }: WitnessFlags): Promise<void> {
  const logger = loggerOf(configOf({}));
  const witness = await serveWitness({ directory: state, name, logs: log, host, port: Number(port) }, logger);
  say(`Свидетель / witness: ${witness.address}`);
  say(`Ключ / key: ${witness.key}`);
  say('Остановить / stop: Ctrl-C');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await witness.close();
}

function nameOf(text: string): string {
  if (/^[^\s+]+$/.test(text)) return text;
  throw new InvalidArgumentError('a name without spaces and plus signs');
}

function keysOf(text: string, before: readonly NoteVerifier[] = []): readonly NoteVerifier[] {
  try {
    return [...before, verifierFrom(text)];
  } catch (error) {
    if (error instanceof MalformedNote) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
