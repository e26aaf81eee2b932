import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { errorCode } from '../../engine/storage/thrown.js';
import { listEvents } from '../operations/events.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface EventsFlags extends Flags {
  readonly after?: string;
  readonly stream?: string;
  readonly type?: readonly string[];
  readonly limit?: number;
}

/** Adds `letopis events`, which prints the stored events as JSON Lines. */
export function eventsCommand(program: Command, terminal: Terminal): void {
  program
    .command('events')
    .description('print stored events as JSON Lines, even while the server runs; nothing is written')
    .option('--after <position>', 'only events after this position', position)
    .option('--stream <prefix>', 'only of streams with this prefix, such as plan-')
    .option('--type <type...>', 'only of these types')
    .option('--limit <count>', 'at most this many events; all by default', positiveInteger)
    .option(...DATA)
    .action((flags: EventsFlags) => runEvents(terminal, flags));
}

function position(text: string): string {
  if (/^\d{40}$/.test(text)) return text;
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a position as this command prints it, such as 1200');
  return Number(text) === 0 ? '' : text.padStart(16, '0');
}

function positiveInteger(text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('a whole number from 1');
  return Number(text);
}

async function runEvents(terminal: Terminal, flags: EventsFlags): Promise<void> {
  try {
    await printEvents(terminal, flags);
  } catch (error) {
    // The reader of the pipe, such as `head`, has closed it.
    if (errorCode(error) !== 'EPIPE') throw error;
  }
}

async function printEvents(
  terminal: Terminal,
  { after = '', stream = '', type = [], limit = Number.MAX_SAFE_INTEGER, ...flags }: EventsFlags,
): Promise<void> {
  for await (const event of listEvents(terminal.config(flags), { after, stream, types: type, limit })) {
    const { body, position: at, ...rest } = event;
    const line = JSON.stringify({ position: at.length > 16 ? at : Number(at), ...rest, body: JSON.parse(body) });
    if (!terminal.stdout.write(`${line}\n`)) await once(terminal.stdout, 'drain');
  }
}
