import { createHash } from 'node:crypto';
import { batchesOf } from '../../eventstore/batches.js';
import {
  type EventBatch,
  type EventStore,
  type EventStoreLimits,
  type NativePosition,
  type StoredEvent,
} from '../../eventstore/port.js';
import { OperationRefused } from './operation.js';

/** A chronicle that is copied from. */
export interface CopySource {
  readonly chronicleId: string;
  readonly engine: string;
  readAll(options: { readonly after: NativePosition }): Promise<EventBatch>;
}

/** How far a copy has come. */
export interface CopyProgress {
  readonly phase: 'found' | 'copied' | 'compared';
  readonly events: number;
}

/** A copy that is whole. */
export interface Copied {
  readonly chronicleId: string;
  readonly events: number;
  /** Of them, those that were there from an earlier try. */
  readonly found: number;
  /** SHA-256 over all events as they are stored, the same in both. */
  readonly digest: string;
}

/** After so many events it is noted where they came to lie, and progress is told. */
const MARK_EVERY = 500;

/**
 * Copies a chronicle event by event, in order, with ids, revisions, times and bytes as they are. Run again after it was
 * cut short, it compares what is there and goes on. In the end all of both is read once more and compared.
 *
 * @throws OperationRefused when the target holds anything but the beginning of the source, or the comparison fails.
 */
export async function* copyChronicle(
  source: CopySource,
  target: EventStore,
): AsyncGenerator<CopyProgress, Copied, void> {
  if (source.chronicleId !== target.chronicleId) {
    throw new OperationRefused(`the target holds another chronicle (${target.chronicleId}): name an empty one`);
  }
  const left = eventsOf(source);
  const mark = (from: StoredEvent, to: NativePosition) => target.markCopied(source.engine, from.position, to);
  let found = 0;
  /** The last event that lies in both, and where it lies in the target; undefined once that is noted. */
  let unmarked: readonly [from: StoredEvent, to: NativePosition] | undefined;
  for await (const there of eventsOf(target)) {
    const next = await left.next();
    if (next.done || !isSame(next.value, there)) {
      throw new OperationRefused(
        `the target differs from the source at its event ${found + 1} (${there.stream}@${there.revision}): it is no copy of it; name an empty one`,
      );
    }
    unmarked = [next.value, there.position];
    found += 1;
    if (found % MARK_EVERY === 0) yield { phase: 'found', events: found };
  }
  // Where the last try was cut short, so that no place lies further from a mark than it can be found by.
  if (unmarked) await mark(...unmarked);
  unmarked = undefined;
  let copied = found;
  let marked = found;
  for await (const group of groupsOf(left, target.limits)) {
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
  // The last place too, so that tokens of the end resolve as quickly as others.
  if (unmarked) await mark(...unmarked);
  return yield* compared(source, target, found);
}

async function* compared(
  source: CopySource,
  target: EventStore,
  found: number,
): AsyncGenerator<CopyProgress, Copied, void> {
  const [ours, theirs] = [createHash('sha256'), createHash('sha256')];
  const other = eventsOf(target);
  let events = 0;
  for await (const event of eventsOf(source)) {
    const next = await other.next();
    if (next.done || !isSame(event, next.value)) {
      throw new OperationRefused(
        `the copy is not the same from event ${events + 1} on: was something written meanwhile? Run it again`,
      );
    }
    ours.update(textOf(event));
    theirs.update(textOf(next.value));
    events += 1;
    if (events % MARK_EVERY === 0) yield { phase: 'compared', events };
  }
  if (!(await other.next()).done) throw new OperationRefused('the target has gone on since the copy: it is in use');
  const digest = ours.digest('hex');
  if (digest !== theirs.digest('hex')) throw new OperationRefused('the digests of both differ');
  return { chronicleId: source.chronicleId, events, found, digest };
}

async function* eventsOf(chronicle: Pick<CopySource, 'readAll'>): AsyncGenerator<StoredEvent, undefined> {
  for await (const { events } of batchesOf(chronicle)) yield* events;
}

/** Neighbours of one stream together, as far as one append of the target takes them. */
async function* groupsOf(
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

function isSame(a: StoredEvent, b: StoredEvent): boolean {
  return textOf(a) === textOf(b);
}

/** All of an event but its place in the engine. */
function textOf({ stream, revision, id, type, schemaVersion, body }: StoredEvent): string {
  return `${JSON.stringify([stream, revision, id, type, schemaVersion])}${body}\n`;
}
