import { batchesOf, pagesOf } from '../eventstore/batches.js';
import type { EventStore, NativePosition } from '../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../readstore/port.js';
import { ALL_MODELS, isOfStream, type ModelOutcome } from './batch.js';
import { isProjected } from './parts.js';
import type { ReadModels } from './readModels.js';

/** Approximate number of events that are folded before their rows are written. */
export const EVENTS_PER_TURN = 1_000;

/** A written portion of {@link fill}. */
export interface Filled {
  readonly events: number;
  readonly outcomes: readonly ModelOutcome[];
}

/** Options of {@link fill}. */
export interface FillOptions {
  /** Approximate number of events that are folded before their rows are written. Default: {@link EVENTS_PER_TURN}. */
  readonly piece?: number;
  /** Streams whose rows are written already. They are skipped; each stream is added once its rows are written. */
  readonly done?: Set<string>;
}

/**
 * Builds the rows of all streams up to a position, stream by stream instead of in the order of the event store. Each
 * stream is folded once from its beginning, and each row is written once, in its final state. Repeating it changes
 * nothing.
 */
export async function* fill(
  models: ReadModels,
  events: Pick<EventStore, 'readStream' | 'readAll'>,
  store: ReadStore,
  targets: readonly CollectionSpec[],
  upTo: NativePosition,
  { piece = EVENTS_PER_TURN, done = new Set() }: FillOptions = {},
): AsyncGenerator<Filled> {
  const broken = new Set<string>();
  const folder = models.fromBeginning();
  let batch = folder.batch(targets);
  let size = 0;
  const whole: string[] = [];
  const written = async (): Promise<Filled> => {
    const outcomes = await batch.write(store, true);
    for (const { model, failures } of outcomes) {
      if (model === ALL_MODELS) for (const { stream } of failures) broken.add(stream);
    }
    const filled = { events: size, outcomes };
    batch = folder.batch(targets);
    size = 0;
    return filled;
  };
  for (const stream of await streamsUpTo(models, events, upTo)) {
    if (done.has(stream) || !isProjected(targets, stream)) continue;
    try {
      for await (const page of pagesOf(events, stream, piece)) {
        const wanted = page.filter(({ position }) => position <= upTo);
        await batch.fold(wanted, (name) => broken.has(name));
        size += wanted.length;
        if (size < piece) continue;
        yield await written();
        // Mark the streams as done only after the caller has recorded the failures of the piece.
        for (const each of whole.splice(0)) done.add(each);
      }
    } catch (error) {
      if (!isOfStream(error)) throw error;
      batch.breaks(stream, upTo, error);
      size += 1;
    }
    whole.push(stream);
  }
  if (size > 0) yield await written();
}

/** Returns the streams that have events up to a position. */
async function streamsUpTo(
  { streams: filter, firstTypes }: ReadModels,
  events: Pick<EventStore, 'readStream' | 'readAll'>,
  upTo: NativePosition,
): Promise<ReadonlySet<string>> {
  const streams = new Set<string>();
  for await (const batch of batchesOf(events, { ...filter, types: firstTypes })) {
    for (const { stream, position } of batch.events) if (position <= upTo) streams.add(stream);
    if (batch.position >= upTo) break;
  }
  return streams;
}
