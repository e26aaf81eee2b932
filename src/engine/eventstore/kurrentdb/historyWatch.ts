import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Logger } from 'pino';
import { operatorTerms } from '../../operatorTerms.js';
import { withTimeout } from '../../storage/deadline.js';
import type { Damage } from '../damage.js';
import type { ChronicleDamaged, NativePosition } from '../port.js';
import { called, type Deadlines, unreachable } from './calls.js';
import { METADATA, type Namespace, type ReadEvent, TOMBSTONE } from './codec.js';
import { cutOf, cutStreamError, limitsIn } from './cuts.js';
import { Listening } from './listening.js';
import { fromNative } from './positions.js';
import type { KurrentReader } from './reading.js';

/** Pause before a stream is examined again after a failure, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/** Dependencies of the watch. */
export interface HistoryWatchParts {
  readonly client: EventStoreDBClient;
  readonly reading: KurrentReader;
  readonly namespace: Namespace;
  /** Position in $all before which the chronicle has no events. */
  readonly from: NativePosition;
  readonly deadlines: Deadlines;
  readonly log: Pick<Logger, 'error' | 'info'> | undefined;
}

/**
 * Notices when an operator of the server hides or deletes events of the chronicle's streams: by metadata, by a soft
 * delete, by a tombstone. It reads all metadata once, then follows new metadata.
 */
export class HistoryWatch {
  readonly #damage = new Map<string, Damage>();
  /** The examinations that run, by the name of the stream on the server. */
  readonly #examined = new Map<string, Promise<void>>();
  readonly #listening: Listening;
  readonly #ready: Promise<void>;
  #isReady = false;
  #isClosed = false;

  constructor(private readonly parts: HistoryWatchParts) {
    const { client, from } = parts;
    let ready: () => void = () => undefined;
    this.#ready = new Promise((resolve) => {
      ready = resolve;
    });
    this.#listening = new Listening('watch of histories', {
      subscribe: (after, checkpointReached) =>
        client.subscribeToAll({
          fromPosition: after ?? fromNative(from),
          resolveLinkTos: false,
          // A tombstone is in the stream itself, metadata is in another stream: only a filter by types selects both.
          filter: {
            filterOn: 'eventType',
            prefixes: [METADATA, TOMBSTONE],
            checkpointReached,
            checkpointInterval: 100,
          },
        }),
      onEvent: (event) => this.#take(event),
      onCaughtUp: () =>
        void Promise.all(this.#examined.values()).then(() => {
          this.#isReady = true;
          ready();
        }),
    });
  }

  /** The known cuts, by stream. */
  get all(): readonly Damage[] {
    return [...this.#damage.values()];
  }

  /** Waits until all metadata that was there at the start is known, at most this long (ms). */
  async settled(milliseconds: number): Promise<void> {
    await withTimeout(milliseconds, this.#ready).catch(() => undefined);
  }

  /**
   * Checks that no events of a stream are known to be missing.
   *
   * @param isNew true if the caller saw no event of the stream, so that only its metadata shows whether it was deleted.
   * @throws ChronicleDamaged, EventStoreUnavailable
   */
  async check(stream: string, isNew: boolean): Promise<void> {
    const name = this.parts.namespace.name(stream);
    const examined = isNew && !this.#isReady ? this.#examine(name) : this.#examined.get(name);
    if (examined !== undefined) {
      await withTimeout(this.parts.deadlines.total, examined).catch((error: unknown) => {
        throw unreachable('return the metadata of a stream', error);
      });
    }
    const damage = this.#damage.get(name);
    if (damage) throw cutStreamError(stream, damage.problem);
  }

  /** Examines a stream in which a reader has found a gap. Returns the error for the reader. */
  async meet(stream: string, problem: string): Promise<ChronicleDamaged> {
    const name = this.parts.namespace.name(stream);
    await this.#examine(name);
    if (!this.#damage.has(name)) this.#put(name, problem);
    return cutStreamError(stream, this.#damage.get(name)?.problem ?? problem);
  }

  /** Reads the metadata again that a silent subscription may have missed. */
  restart(): void {
    this.#listening.restart();
  }

  /** Stops watching. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#listening.close();
  }

  #take({ streamId, type, data }: ReadEvent): void {
    const name = type === TOMBSTONE ? streamId : streamId.slice(2);
    if (!this.parts.namespace.has(name)) return;
    const isSuspect = type === TOMBSTONE || limitsIn(data) !== undefined;
    if (isSuspect || this.#damage.has(name) || this.#examined.has(name)) void this.#examine(name);
  }

  /** Examines a stream after all running examinations of it. */
  #examine(name: string): Promise<void> {
    const before = this.#examined.get(name) ?? Promise.resolve();
    const next = before.then(() => this.#look(name));
    this.#examined.set(name, next);
    return next.finally(() => {
      if (this.#examined.get(name) === next) this.#examined.delete(name);
    });
  }

  async #look(name: string): Promise<void> {
    while (!this.#isClosed) {
      try {
        const problem = await cutOf(this.parts.reading, name, (call) =>
          called('return a stream', call, this.parts.deadlines),
        );
        if (problem !== undefined) this.#put(name, problem);
        else this.#clear(name);
        return;
      } catch (error) {
        this.parts.log?.error({ err: error, stream: name }, 'a stream could not be examined, it will be tried again');
        await pause(LOOK_AGAIN_MS);
      }
    }
  }

  #put(name: string, problem: string): void {
    if (this.#damage.get(name)?.problem === problem) return;
    const stream = this.parts.namespace.streamOf(name);
    const damage = { stream, problem };
    this.#damage.set(name, damage);
    this.parts.log?.error({ damage }, cutStreamError(stream, problem).message);
  }

  #clear(name: string): void {
    if (!this.#damage.delete(name)) return;
    this.parts.log?.info(
      { stream: this.parts.namespace.streamOf(name) },
      `the history of a stream is whole again: \`${operatorTerms().retry}\` repairs rows that it had left behind`,
    );
  }
}
