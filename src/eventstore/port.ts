import type { PublicKeys } from '../audit/log/checkpoint.js';
import type { Frontier, Hash } from '../audit/log/merkle.js';
import type { TileAddress } from '../audit/log/tiles.js';
import type { Damage } from './damage.js';

/**
 * The order of an event in the whole store, native to the engine: a fixed-width text, so that two
 * of them compare as text. Never reckoned with; the empty text stands before the first event.
 */
export type NativePosition = string;

/** Before the first event. */
export const START: NativePosition = '';

/** What tells how an event's body is to be read: its type, and the version of the shape of its data, from 1. */
export interface EventKind {
  readonly type: string;
  readonly schemaVersion: number;
}

/** A kind of event that the store holds, and the version of the software that first stored it, where it is known. */
export interface StoredKind extends EventKind {
  readonly writtenBy: string;
}

/** An event to append. `id` is chosen by the caller, so that a repeated append is recognised. */
export interface NewEvent extends EventKind {
  readonly id: string;
  /** Canonical JSON (RFC 8785), stored byte for byte. */
  readonly body: string;
}

/** An event as stored. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** In the stream, from 0, without gaps. */
  readonly revision: number;
  readonly position: NativePosition;
}

/** What the stream must look like for an append: its last revision, or that it does not exist. */
export type ExpectedRevision = number | 'noStream';

export interface Appended {
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Position of the last event of the append. */
  readonly position: NativePosition;
  /** Position of each event, where the engine tells it. */
  readonly positions?: readonly NativePosition[];
}

/** Events of streams that begin with one of `streamPrefixes`, of these types; left out: all. */
export interface EventFilter {
  readonly streamPrefixes?: readonly string[];
  readonly types?: readonly string[];
}

/** Events after the position before, in order. An empty batch with `caughtUp` tells that nothing is left. */
export interface EventBatch {
  readonly events: readonly StoredEvent[];
  /** Everything up to here was looked at, also what the filter passed over. */
  readonly position: NativePosition;
  /** True when the head at the time of reading was reached; the batches after it are live. */
  readonly caughtUp: boolean;
}

export interface EventStoreLimits {
  /** Largest append, in bytes of all bodies together. */
  readonly maxAppendBytes: number;
  readonly maxAppendEvents: number;
}

/**
 * The transparency log of a chronicle: kept by the engine in the transactions of its appends, or beside it by a follower,
 * and then a moment behind.
 */
export interface EventLog {
  /** The tree over the events that are in the log by now. */
  tree(): Promise<Frontier>;
  /** The place in the log of the event at a position, from 0; undefined when it is not in it yet. */
  indexOf(position: NativePosition): Promise<number | undefined>;
  /** The position of the event at a place in the log; undefined when there is none yet. */
  positionAt(index: number): Promise<NativePosition | undefined>;
  /** Hashes of a tile, as far as they are there. */
  hashes(address: TileAddress): Promise<readonly Hash[]>;
  /** The last checkpoint that was put here, as a signed note. */
  lastCheckpoint(): Promise<string | undefined>;
  /** Keeps a checkpoint for ever; of two over one size the first stays. */
  putCheckpoint(size: number, note: string): Promise<void>;
  /** Stores a checkpoint that is there already with more signatures. */
  putCosigned(size: number, note: string): Promise<void>;
  /** Keeps the public keys of the log and its witness, for those who verify the files. */
  putPublicKeys(keys: PublicKeys): Promise<void>;
  /** Those that were kept; undefined before the first. */
  publicKeys(): Promise<PublicKeys | undefined>;
}

/** The chronicle: append-only streams with one order over all of them. */
export interface EventStore {
  /** Names this chronicle for ever; a position of another one is none of ours. */
  readonly chronicleId: string;
  readonly engine: string;
  readonly limits: EventStoreLimits;
  /** Undefined where the engine keeps none in its transactions. */
  readonly log?: EventLog;
  /**
   * Appends all events or none, acknowledged once they are durable. A repeat of the same ids at the same
   * place gives the first result again.
   *
   * @throws WrongExpectedRevision, AppendTooLarge, InvalidAppend, EventStoreUnavailable
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /** Events of one stream from a revision on (inclusive), forwards, or backwards from it; empty when there is no such stream. */
  readStream(
    stream: string,
    options?: { readonly from?: number; readonly direction?: 'forwards' | 'backwards'; readonly limit?: number },
  ): Promise<readonly StoredEvent[]>;
  /** At most `limit` (1,000) events after a position (exclusive). */
  readAll(options: {
    readonly after: NativePosition;
    readonly filter?: EventFilter;
    readonly limit?: number;
  }): Promise<EventBatch>;
  /**
   * Everything after a position, then what comes, until the signal aborts. Pulled by the consumer: a slow one holds
   * no events in memory. The first batch with `caughtUp` may be empty.
   *
   * @throws PositionBeyondHead when `after` has not been reached yet.
   */
  subscribeToAll(options: {
    readonly after: NativePosition;
    readonly filter?: EventFilter;
    readonly signal: AbortSignal;
  }): AsyncIterable<EventBatch>;
  /** The event at a position; undefined when there is none just there. */
  eventAt(position: NativePosition): Promise<StoredEvent | undefined>;
  /**
   * The event with an id, of which another engine told the position before the chronicle was copied here; undefined when
   * it is none of ours.
   */
  eventOf(
    id: string,
    before: { readonly engine: string; readonly position: NativePosition },
  ): Promise<StoredEvent | undefined>;
  /** Notes where an event copied from another engine came to lie, for engines that cannot find it by its id. */
  markCopied(engine: string, from: NativePosition, to: NativePosition): Promise<void>;
  /** Every kind of event in the store: what its reader must know before it begins. */
  kinds(): Promise<readonly StoredKind[]>;
  /** Position of the last event, {@link START} when there is none. */
  head(): Promise<NativePosition>;
  /** What is known to be damaged; see {@link Damage} for what it closes to appends. Reading goes on. */
  damage(): readonly Damage[];
  /** Waits for appends in flight and lets go of the files. Appends after it are refused. */
  close(): Promise<void>;
}

/** The stream is not at the expected revision. `actual` is its last revision. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`stream ${stream} is at ${actual}, expected ${expected}`);
  }
}

/** More than the store takes in one append: split it. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** An append that makes no sense: no events, an id twice, an empty stream name. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** A position that this chronicle has not reached. */
export class PositionBeyondHead extends Error {
  override readonly name = 'PositionBeyondHead';
}

/** The store cannot be reached or was closed; an append may or may not have been stored, repeat it with the same ids. */
export class EventStoreUnavailable extends Error {
  override readonly name: string = 'EventStoreUnavailable';
}

/** What holds the events is damaged: nothing more is written to it, and no repeat will help. */
export class ChronicleDamaged extends EventStoreUnavailable {
  override readonly name = 'ChronicleDamaged';
  /** The only stream that is closed; undefined when all are. */
  readonly stream: string | undefined;
  constructor(message: string, { stream, ...options }: ErrorOptions & { readonly stream?: string } = {}) {
    super(message, options);
    this.stream = stream;
  }
}
