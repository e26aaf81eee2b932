import { batchesOf, pagesOf } from '../eventstore/batches.js';
import type { EventStore, NativePosition, StoredEvent } from '../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../readstore/port.js';
import { type Batch, isOfStream, type ModelOutcome } from './batch.js';
import { folderInThread } from './foldThread.js';
import { folderHere, type PieceFolder } from './pieces.js';
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
  /** At least this number of streams are folded in another thread. Default: {@link MANY_STREAMS}. */
  readonly manyStreams?: number;
  /** Streams whose rows are written already. They are skipped; each stream is added once its rows are written. */
  readonly done?: Set<string>;
}

/** Fewer streams than this are folded faster than a thread starts. */
const MANY_STREAMS = 40;

/** Events of streams that come one after another. */
interface StreamPiece {
  readonly events: StoredEvent[];
  /** Streams whose further events cannot be read. */
  readonly unreadable: { readonly stream: string; readonly error: unknown }[];
  /** The streams that end in this piece. */
  readonly whole: string[];
}

/**
 * Builds the rows of all streams up to a position, stream by stream instead of in the order of the event store. Each
 * stream is folded once from its beginning, and each row is written once, in its final state. Running it again changes
 * nothing. Many streams are folded in another thread while this one writes.
 */
export async function* fill(
  models: ReadModels,
  events: EventStore,
  store: ReadStore,
  targets: readonly CollectionSpec[],
  upTo: NativePosition,
  { piece: size = EVENTS_PER_TURN, manyStreams = MANY_STREAMS, done = new Set() }: FillOptions = {},
): AsyncGenerator<Filled> {
  const streams = [...(await streamsUpTo(models, events, upTo))].filter((stream) => !done.has(stream));
  const isLarge = models.thread !== undefined && streams.length >= manyStreams;
  const folder = isLarge ? folderInThread(models, models.thread, targets) : folderHere(models, targets);
  try {
    for await (const { piece, batch } of foldedPieces(folder, streamPieces(events, streams, upTo, size))) {
      for (const { stream, error } of piece.unreadable) batch.breaks(stream, upTo, error);
      yield { events: piece.events.length + piece.unreadable.length, outcomes: await batch.write(store, true) };
      // Mark the streams as done only after the caller has recorded the failures of the piece.
      for (const stream of piece.whole) done.add(stream);
    }
  } finally {
    await folder.close();
  }
}

/** Yields each piece with its batch. A folder in another thread folds the next piece meanwhile. */
async function* foldedPieces(
  folder: PieceFolder,
  pieces: AsyncIterable<StreamPiece>,
): AsyncGenerator<{ readonly piece: StreamPiece; readonly batch: Batch }> {
  let last: { readonly piece: StreamPiece; readonly folding: Promise<Batch> } | undefined;
  for await (const piece of pieces) {
    const folding = folder.fold(piece.events);
    // It is awaited later: a failure until then is no unhandled one.
    folding.catch(() => undefined);
    if (last) yield { piece: last.piece, batch: await last.folding };
    last = { piece, folding };
    if (folder.isParallel) continue;
    yield { piece, batch: await folding };
    last = undefined;
  }
  if (last) yield { piece: last.piece, batch: await last.folding };
}

/** Yields the events of streams up to a position in pieces of at least a number of events. */
async function* streamPieces(
  events: EventStore,
  streams: readonly string[],
  upTo: NativePosition,
  size: number,
): AsyncGenerator<StreamPiece> {
  let piece: StreamPiece = { events: [], unreadable: [], whole: [] };
  for (const stream of streams) {
    try {
      for await (const page of pagesOf(events, stream, size)) {
        piece.events.push(...page.filter(({ position }) => position <= upTo));
        if (piece.events.length < size) continue;
        yield piece;
        piece = { events: [], unreadable: [], whole: [] };
      }
    } catch (error) {
      if (!isOfStream(error)) throw error;
      piece.unreadable.push({ stream, error });
    }
    piece.whole.push(stream);
  }
  if (piece.events.length + piece.unreadable.length > 0) yield piece;
}

/** Returns the streams that have events up to a position. */
async function streamsUpTo(
  { streams: filter, firstTypes }: ReadModels,
  events: EventStore,
  upTo: NativePosition,
): Promise<ReadonlySet<string>> {
  const streams = new Set<string>();
  for await (const batch of batchesOf(events, { ...filter, types: firstTypes })) {
    for (const { stream, position } of batch.events) if (position <= upTo) streams.add(stream);
    if (batch.position >= upTo) break;
  }
  return streams;
}
