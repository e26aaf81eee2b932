import { type Command, InvalidArgumentError } from 'commander';
import { MalformedNote, type NoteVerifier, verifierFrom } from '../../engine/log/note.js';
import { serveWitness } from '../witness/serve.js';
import type { Terminal } from './terminal.js';

interface WitnessFlags {
  readonly name: string;
  readonly log: readonly NoteVerifier[];
  readonly state: string;
  readonly host: string;
  readonly port: number;
}

/** Adds `letopis witness serve`, which cosigns the checkpoints of other servers. */
export function witnessCommand(program: Command, terminal: Terminal): void {
  program
    .command('witness')
    .description('watch the logs of other servers')
    .command('serve')
    .description(
      'cosign the checkpoints of logs by the C2SP tlog-witness protocol, and refuse a history that was changed',
    )
    .requiredOption(
      '--name <name>',
      'the permanent name of this witness, such as department.example/witness',
      witnessName,
    )
    .requiredOption('--log <key>', 'the public key of a log to watch; can be repeated', addedLogKey)
    .option('--state <directory>', 'the directory of its key and of the checkpoints that it has cosigned', './witness')
    .option('--host <host>', 'the address to listen at', '127.0.0.1')
    .option('--port <port>', 'the port to listen at', portNumber, 7380)
    .action((flags: WitnessFlags) => runWitness(terminal, flags));
}

async function runWitness(terminal: Terminal, { name, log, state, host, port }: WitnessFlags): Promise<void> {
  const logger = terminal.logger(terminal.config());
  const witness = await serveWitness({ directory: state, name, logs: log, host, port }, logger);
  terminal.say({ ru: `Свидетель: ${witness.address}`, en: `Witness: ${witness.address}` });
  terminal.say({ ru: `Ключ: ${witness.key}`, en: `Key: ${witness.key}` });
  terminal.say({ ru: 'Остановить: Ctrl-C', en: 'Stop: Ctrl-C' });
  await terminal.stopped();
  await witness.close();
}

function witnessName(text: string): string {
  if (/^[^\s+]+$/.test(text)) return text;
  throw new InvalidArgumentError('a name without spaces and plus signs');
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a number from 0 to 65535');
}

function addedLogKey(text: string, before: readonly NoteVerifier[] = []): readonly NoteVerifier[] {
  try {
    return [...before, verifierFrom(text)];
  } catch (error) {
    if (error instanceof MalformedNote) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
