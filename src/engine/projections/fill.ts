import { batchesOf, pagesOf } from '../eventstore/batches.js';
import type { EventStore, NativePosition } from '../eventstore/port.js';
import type { ReadStore } from '../readstore/port.js';
import { ALL_MODELS, Batch, isOfStream, type ModelOutcome, type Target } from './batch.js';
import { foldAlone } from './folds.js';

/** The streams that the read models are built from. */
export const STREAMS = { streamPrefixes: ['plan-', 'org-', 'subject-', 'access-', 'log'] } as const;

/** Approximate number of events that are folded before their rows are written. */
export const PIECE = 1_000;

/** A written portion of {@link fill}. */
export interface Filled {
  readonly events: number;
  readonly outcomes: readonly ModelOutcome[];
}

/**
 * Builds the rows of all streams up to a position, stream by stream instead of in the order of the event store. Each
 * stream is folded once from its beginning, and each row is written once, in its final state. Running it again changes
 * nothing.
 */
export async function* fill(
  events: EventStore,
  store: ReadStore,
  targets: readonly Target[],
  upTo: NativePosition,
  piece: number = PIECE,
): AsyncGenerator<Filled> {
  const broken = new Set<string>();
  let batch = new Batch(targets);
  let size = 0;
  const written = async (): Promise<Filled> => {
    const outcomes = await batch.write(store, true);
    for (const { model, failures } of outcomes) {
      if (model === ALL_MODELS) for (const { stream } of failures) broken.add(stream);
    }
    const filled = { events: size, outcomes };
    batch = new Batch(targets);
    size = 0;
    return filled;
  };
  for (const stream of await streamsUpTo(events, upTo)) {
    const changes = foldAlone();
    try {
      for await (const page of pagesOf(events, stream, piece)) {
        const wanted = page.filter(({ position }) => position <= upTo);
        await batch.fold(wanted, changes, (stream) => broken.has(stream));
        size += wanted.length;
        if (size >= piece) yield await written();
      }
    } catch (error) {
      if (!isOfStream(error)) throw error;
      batch.breaks(stream, upTo, error);
      size += 1;
    }
  }
  if (size > 0) yield await written();
}

/** Returns the streams that have events up to a position. Every stream begins with an event of one of these types. */
async function streamsUpTo(events: EventStore, upTo: NativePosition): Promise<ReadonlySet<string>> {
  const streams = new Set<string>();
  const types = [
    'PlanDrafted',
    'OrganisationRegistered',
    'PersonForgotten',
    'LogKeyRotated',
    'LogAccepted',
    'AccessIssued',
  ];
  for await (const batch of batchesOf(events, { ...STREAMS, types })) {
    for (const { stream, position } of batch.events) if (position <= upTo) streams.add(stream);
    if (batch.position >= upTo) break;
  }
  return streams;
}
