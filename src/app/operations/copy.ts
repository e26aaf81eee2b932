import { createHash } from 'node:crypto';
import { batchesOf } from '../../engine/eventstore/batches.js';
import {
  type EventBatch,
  type EventStore,
  type EventStoreLimits,
  type NativePosition,
  type StoredEvent,
} from '../../engine/eventstore/port.js';
import { OperationRefused } from './operation.js';

/** The source of a copy. */
export interface CopiedChronicle {
  readonly chronicleId: string;
  readonly engine: string;
  readAll(options: { readonly after: NativePosition }): Promise<EventBatch>;
}

/** Progress of a copy: the number of events that were found, copied or compared. */
export interface CopyProgress {
  readonly phase: 'found' | 'copied' | 'compared';
  readonly events: number;
}

/** The result of a complete copy. */
export interface Copied {
  readonly chronicleId: string;
  readonly events: number;
  /** Number of events that an earlier, interrupted copy had written. */
  readonly found: number;
  /** SHA-256 over all events as they are stored; equal for source and target. */
  readonly digest: string;
}

/** Number of events after which their position in the target is marked and progress is reported. */
const MARK_EVERY = 500;

/**
 * Copies a chronicle event by event, in order, with unchanged ids, revisions, times and bytes. After an interruption a
 * new run compares the events that were copied, and continues. At the end it reads both chronicles again and compares
 * all events.
 *
 * @throws OperationRefused when the events in the target are not the first events of the source, or the events differ
 *   at the end.
 */
export async function* copyChronicle(
  source: CopiedChronicle,
  target: EventStore,
): AsyncGenerator<CopyProgress, Copied, void> {
  if (source.chronicleId !== target.chronicleId) {
    throw new OperationRefused({
      ru: `в месте назначения другая летопись (${target.chronicleId}): укажите пустое место`,
      en: `the target holds another chronicle (${target.chronicleId}): name an empty one`,
    });
  }
  const left = eventsOf(source);
  const mark = (from: StoredEvent, to: NativePosition) => target.markCopied(source.engine, from.position, to);
  let found = 0;
  /** The last event in both chronicles, and its position in the target; undefined once that position is marked. */
  let unmarked: readonly [from: StoredEvent, to: NativePosition] | undefined;
  for await (const there of eventsOf(target)) {
    const next = await left.next();
    if (next.done || !isSameEvent(next.value, there)) {
      throw new OperationRefused({
        ru: `место назначения отличается от источника с события ${found + 1} (${there.stream}@${there.revision}): это не копия; укажите пустое место`,
        en: `the target differs from the source at its event ${found + 1} (${there.stream}@${there.revision}): it is not a copy; name an empty target`,
      });
    }
    unmarked = [next.value, there.position];
    found += 1;
    if (found % MARK_EVERY === 0) yield { phase: 'found', events: found };
  }
  // Marks the event at which the earlier copy was interrupted: the distance between marks must stay limited.
  if (unmarked) await mark(...unmarked);
  unmarked = undefined;
  let copied = found;
  let marked = found;
  for await (const group of appendGroups(left, target.limits)) {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last) continue;
    const expected = first.revision === 0 ? 'noStream' : first.revision - 1;
    const appended = await target.append(first.stream, expected, group);
    copied += group.length;
    unmarked = [last, appended.position];
    if (copied - marked < MARK_EVERY) continue;
    await mark(...unmarked);
    unmarked = undefined;
    marked = copied;
    yield { phase: 'copied', events: copied };
  }
  // Marks the last event too, so that tokens of the end resolve as quickly as others.
  if (unmarked) await mark(...unmarked);
  return yield* compareChronicles(source, target, found);
}

async function* compareChronicles(
  source: CopiedChronicle,
  target: EventStore,
  found: number,
): AsyncGenerator<CopyProgress, Copied, void> {
  const [ours, theirs] = [createHash('sha256'), createHash('sha256')];
  const other = eventsOf(target);
  let events = 0;
  for await (const event of eventsOf(source)) {
    const next = await other.next();
    if (next.done || !isSameEvent(event, next.value)) {
      throw new OperationRefused({
        ru: `копия отличается с события ${events + 1}: возможно, во время переноса записано новое событие; запустите перенос ещё раз`,
        en: `the copy is not the same from event ${events + 1} on: was an event written during the copy? Run the copy again`,
      });
    }
    ours.update(copiedText(event));
    theirs.update(copiedText(next.value));
    events += 1;
    if (events % MARK_EVERY === 0) yield { phase: 'compared', events };
  }
  if (!(await other.next()).done)
    throw new OperationRefused({
      ru: 'в месте назначения больше событий, чем в источнике: туда пишет другой процесс',
      en: 'the target has more events than the source: another process writes to it',
    });
  const digest = ours.digest('hex');
  if (digest !== theirs.digest('hex'))
    throw new OperationRefused({
      ru: 'контрольные суммы источника и копии не совпали',
      en: 'the digests of both differ',
    });
  return { chronicleId: source.chronicleId, events, found, digest };
}

async function* eventsOf(chronicle: Pick<CopiedChronicle, 'readAll'>): AsyncGenerator<StoredEvent, undefined> {
  for await (const { events } of batchesOf(chronicle)) yield* events;
}

/** Groups consecutive events of one stream, within the limits of one append to the target. */
async function* appendGroups(
  events: AsyncGenerator<StoredEvent, undefined>,
  { maxAppendBytes, maxAppendEvents }: EventStoreLimits,
): AsyncGenerator<StoredEvent[]> {
  let group: StoredEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = Buffer.byteLength(event.body);
    const isNext = group[0]?.stream === event.stream && group.length < Math.min(maxAppendEvents, MARK_EVERY);
    if (group.length > 0 && !(isNext && bytes + size <= maxAppendBytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(event);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

function isSameEvent(a: StoredEvent, b: StoredEvent): boolean {
  return copiedText(a) === copiedText(b);
}

/** Returns all fields of an event as text, without its position, which depends on the engine. */
function copiedText({ stream, revision, id, type, schemaVersion, body }: StoredEvent): string {
  return `${JSON.stringify([stream, revision, id, type, schemaVersion])}${body}\n`;
}
