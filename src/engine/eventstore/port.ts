import type { PublicKeys } from '../log/checkpoint.js';
import type { Frontier, Hash } from '../log/merkle.js';
import type { TileAddress } from '../log/tiles.js';
import { operatorTerms } from '../operatorTerms.js';
import type { Damage } from './damage.js';

/**
 * Position of an event in the whole store, as the engine numbers its events: a text of fixed width, so that positions
 * compare as text. Other modules only compare it. The empty text is the position before the first event.
 */
export type NativePosition = string;

/** The position before the first event. */
export const START: NativePosition = '';

/** Position of an appended event that the engine did not return: it returned only the position of the last event. */
export const NOT_RETURNED: NativePosition = '';

/** The type of an event and the version of the shape of its data, from 1: what a reader needs to parse the body. */
export interface EventKind {
  readonly type: string;
  readonly schemaVersion: number;
}

/** A kind of event that the store holds. `writtenBy` is the software version that first stored it, empty if unknown. */
export interface StoredKind extends EventKind {
  readonly writtenBy: string;
}

/** An event to append. The caller chooses the `id`, so that the store recognises a repeated append. */
export interface NewEvent extends EventKind {
  readonly id: string;
  /** Canonical JSON (RFC 8785), stored byte for byte. */
  readonly body: string;
}

/** An event as stored. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** Revision in the stream, from 0, without gaps. */
  readonly revision: number;
  readonly position: NativePosition;
}

/** The state of the stream that an append expects: its last revision, or that the stream does not exist. */
export type ExpectedRevision = number | 'noStream';

/** Result of an append. */
export interface Appended {
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Position of the last event of the append. */
  readonly position: NativePosition;
  /** Position of each event, if the engine returns it with the answer. */
  readonly positions?: readonly NativePosition[];
  /** Leaf hash of the last event, if the engine computes it. */
  readonly leaf?: Hash | undefined;
}

/**
 * Selects events of streams that begin with one of `streamPrefixes` and are of one of `types`. An omitted list selects
 * all.
 */
export interface EventFilter {
  readonly streamPrefixes?: readonly string[];
  readonly types?: readonly string[];
}

/** Events after a position, in order. An empty batch with `caughtUp` means that no events are left. */
export interface EventBatch {
  readonly events: readonly StoredEvent[];
  /** Position up to which the store was read, including events that the filter excluded. */
  readonly position: NativePosition;
  /** True if the batch reaches the head as it was at the time of reading. The batches after it are live. */
  readonly caughtUp: boolean;
}

/** Limits of one append. */
export interface EventStoreLimits {
  /** Largest total size of all bodies of an append, in bytes. */
  readonly maxAppendBytes: number;
  readonly maxAppendEvents: number;
}

/**
 * The transparency log of a chronicle. The engine writes it in the transactions of its appends, or a follower writes it
 * beside the store with a short delay.
 */
export interface EventLog {
  /** Returns the tree over the events that are in the log so far. */
  tree(): Promise<Frontier>;
  /** Returns the index in the log of the event at a position, from 0; undefined if the log does not contain it yet. */
  indexOf(position: NativePosition): Promise<number | undefined>;
  /** Returns the position of the event at an index of the log; undefined if there is none yet. */
  positionAt(index: number): Promise<NativePosition | undefined>;
  /** Returns the hashes of a tile that exist so far. */
  hashes(address: TileAddress): Promise<readonly Hash[]>;
  /** Returns the last stored checkpoint, as a signed note. */
  lastCheckpoint(): Promise<string | undefined>;
  /** Stores a checkpoint permanently. An existing checkpoint of the same size is not replaced. */
  putCheckpoint(size: number, note: string): Promise<void>;
  /** Replaces the note of a stored checkpoint by one with the signatures of more witnesses. */
  putCosigned(size: number, note: string): Promise<void>;
  /** Stores the public keys of the log and its witness, for the verification of the files. */
  putPublicKeys(keys: PublicKeys): Promise<void>;
  /** Returns the stored public keys; undefined before the first `putPublicKeys`. */
  publicKeys(): Promise<PublicKeys | undefined>;
}

/** Largest number that {@link KnownOfStore.countAfter} returns. */
export const MAX_KNOWN_COUNT = 1_000;

/** The state of the event store that a process knows without a request to the engine. */
export interface KnownOfStore {
  /** Since when the engine has answered no call (RFC 3339); undefined while it answers. */
  readonly awaySince: string | undefined;
  /** The last known position of the head. The chronicle may have grown since. */
  readonly head: NativePosition;
  /**
   * Returns how many events this process knows to be after a position: at least 1 if the known head is, at most
   * {@link MAX_KNOWN_COUNT}.
   */
  countAfter(position: NativePosition): number;
}

/** The event store of a chronicle: append-only streams with one order over all of them. */
export interface EventStore {
  /** Permanent unique id of this chronicle. A position of another chronicle is not valid here. */
  readonly chronicleId: string;
  readonly engine: string;
  readonly limits: EventStoreLimits;
  /** Undefined if the engine does not write the log in its transactions. */
  readonly log?: EventLog;
  /**
   * Appends all events or none. Resolves when they are durable. A repeated append of the same ids at the same revision
   * returns the first result again.
   *
   * @throws WrongExpectedRevision, AppendTooLarge, InvalidAppend, EventStoreUnavailable
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /**
   * Returns the events of one stream from a revision on (inclusive), forwards or backwards; empty if the stream does
   * not exist.
   */
  readStream(
    stream: string,
    options?: { readonly from?: number; readonly direction?: 'forwards' | 'backwards'; readonly limit?: number },
  ): Promise<readonly StoredEvent[]>;
  /** Returns at most `limit` (default 1,000) events after a position (exclusive). */
  readAll(options: {
    readonly after: NativePosition;
    readonly filter?: EventFilter;
    readonly limit?: number;
  }): Promise<EventBatch>;
  /**
   * Returns the events after a position, then new events as they are committed, until the signal aborts. The consumer
   * requests each batch, so that events do not accumulate in memory for a slow consumer. The first batch with
   * `caughtUp` may be empty.
   *
   * @throws PositionBeyondHead if `after` is beyond the head.
   */
  subscribeToAll(options: {
    readonly after: NativePosition;
    readonly filter?: EventFilter;
    readonly signal: AbortSignal;
  }): AsyncIterable<EventBatch>;
  /** Returns the event at exactly this position; undefined if there is none. */
  eventAt(position: NativePosition): Promise<StoredEvent | undefined>;
  /**
   * Returns a copied event by its id, with its position in the source engine. Returns undefined if this chronicle does
   * not contain the event.
   */
  eventOf(
    id: string,
    before: { readonly engine: string; readonly position: NativePosition },
  ): Promise<StoredEvent | undefined>;
  /**
   * Records the new position of an event that was copied from another engine, for engines that cannot find an event by
   * its id.
   */
  markCopied(engine: string, from: NativePosition, to: NativePosition): Promise<void>;
  /** Returns every kind of event in the store, so that a reader can check them before it begins. */
  kinds(): Promise<readonly StoredKind[]>;
  /** Returns the position of the last event; {@link START} if there is none. */
  head(): Promise<NativePosition>;
  /** Returns the known state without a request to the engine. */
  known(): KnownOfStore;
  /** Returns the known damage. {@link Damage} describes which appends it prevents. Reads continue. */
  damage(): readonly Damage[];
  /** Waits for pending appends and closes the files. Later appends are refused. */
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

/** An append is larger than {@link EventStoreLimits} allow: split it. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** An invalid append: no events, a duplicate id, or an empty stream name. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** A position beyond the head of this chronicle. */
export class PositionBeyondHead extends Error {
  override readonly name = 'PositionBeyondHead';
}

/**
 * The store cannot be reached or was closed. An append may or may not have been stored: repeat it with the same ids.
 */
export class EventStoreUnavailable extends Error {
  override readonly name: string = 'EventStoreUnavailable';
}

/** The storage of the events is damaged. Nothing more is written to it, and repeating an append cannot succeed. */
export class ChronicleDamaged extends EventStoreUnavailable {
  override readonly name = 'ChronicleDamaged';
  /** The only stream that is closed; undefined if all are closed. */
  readonly stream: string | undefined;
  /** What the operator should do, as the predicate of a sentence for callers. */
  readonly remedy: string;
  constructor(
    message: string,
    {
      stream,
      remedy = `restores it from a backup (${operatorTerms().restore})`,
      ...options
    }: ErrorOptions & { readonly stream?: string; readonly remedy?: string } = {},
  ) {
    super(message, options);
    this.stream = stream;
    this.remedy = remedy;
  }
}
