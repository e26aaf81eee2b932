import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { errorCode } from '../errorCode.js';
import { listEvents } from '../operations/events.js';
import { configOf, DATA, type Flags } from './shared.js';

interface EventsFlags extends Flags {
  readonly after: string;
  readonly stream: string;
  readonly type: readonly string[];
  readonly limit: number;
}

/** `letopis events`: the chronicle as it is stored, a line of JSON for each event. */
export function eventsCommand(program: Command): void {
  program
    .command('events')
    .description('print stored events as JSON Lines, beside a running server too; nothing is written')
    .option('--after <position>', 'after the event at this position', position, '')
    .option('--stream <prefix>', 'of streams that begin so, such as plan-', '')
    .option('--type <type...>', 'of these types', [])
    .option('--limit <count>', 'at most so many', count, Number.MAX_SAFE_INTEGER)
    .option(...DATA)
    .action(run);
}

function position(text: string): string {
  if (/^\d{40}$/.test(text)) return text;
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a position as this command prints it, such as 1200');
  return Number(text) === 0 ? '' : text.padStart(16, '0');
}

function count(text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('a whole number from 1');
  return Number(text);
}

async function run(flags: EventsFlags): Promise<void> {
  try {
    await print(flags);
  } catch (error) {
    // Whoever reads, such as `head`, has had enough.
    if (errorCode(error) !== 'EPIPE') throw error;
  }
}

async function print({ after, stream, type, limit, ...flags }: EventsFlags): Promise<void> {
  for await (const event of listEvents(configOf(flags), { after, stream, types: type, limit })) {
    const { body, position: at, ...rest } = event;
    const line = JSON.stringify({ position: at.length > 16 ? at : Number(at), ...rest, body: JSON.parse(body) });
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  }
}
