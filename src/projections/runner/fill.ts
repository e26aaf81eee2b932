import { batchesOf, pagesOf } from '../../eventstore/batches.js';
import type { EventStore, NativePosition } from '../../eventstore/port.js';
import type { ReadStore } from '../../readstore/port.js';
import { ALL_MODELS, Batch, type ModelOutcome, type Target } from './batch.js';
import { foldAlone } from './folds.js';

/** The streams that read models are made of. */
export const STREAMS = { streamPrefixes: ['plan-', 'org-', 'subject-', 'access-', 'log'] } as const;

/** About how many events are folded before their documents are written. */
export const PIECE = 1_000;

/** A piece of work that is done. */
export interface Filled {
  readonly events: number;
  readonly outcomes: readonly ModelOutcome[];
}

/**
 * Makes the documents of all plans up to a position, plan by plan and not in the order of the chronicle: each plan is
 * folded once from its beginning, and each of its documents is written once, as it is in the end. Done again, it changes
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
    for await (const page of pagesOf(events, stream, piece)) {
      const wanted = page.filter(({ position }) => position <= upTo);
      await batch.fold(wanted, changes, (stream) => broken.has(stream));
      size += wanted.length;
      if (size >= piece) yield await written();
    }
  }
  if (size > 0) yield await written();
}

/** Every stream begins with an event of one of these types. */
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
