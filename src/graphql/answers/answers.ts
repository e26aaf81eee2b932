import { gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { localDay } from '../../domain/dates.js';
import type { NativePosition } from '../../eventstore/port.js';
import type { ReadStore } from '../../readstore/port.js';
import type { Followed } from '../services.js';
import { Marks } from './marks.js';
import type { Reads } from './reads.js';

/** An answer as JSON text, `{"data":…}`. */
export interface Answer {
  readonly text: Buffer;
  /** A short text as a string of a character for each byte (latin1), which goes out in one piece with the head; undefined for others. */
  readonly short: string | undefined;
  /** The same by gzip, made once; undefined for an answer that is not kept: whoever sends it packs it as it goes. */
  readonly packed: (() => Buffer) | undefined;
}

/** An answer with what it was made from. */
interface Kept extends Answer {
  readonly reads: Reads;
  /** What everything that was read was at least as new as. */
  readonly moment: Moment;
}

/** What there is to be known of the read models when an answer is begun. */
export interface Moment {
  readonly position: NativePosition;
  readonly epoch: number;
  readonly quarantine: number;
}

/** Bytes that an answer takes beside its text, about. */
const OVERHEAD = 1_000;
/** Longest answer that is kept as a string too, in bytes. */
const SHORT = 4_096;

/**
 * Answers that were given before, for as long as they would be the same if they were made anew: each names the plans that it was
 * read from, the local day and the builds of the read models, and is given again while none of these has changed.
 */
export class Answers {
  readonly #kept: LRUCache<string, Kept> | undefined;
  readonly #marks: Marks;

  /** @param bytes most that is kept; 0 keeps nothing. */
  constructor(
    bytes: number,
    store: ReadStore,
    private readonly runner: Followed,
    private readonly clock: () => string,
  ) {
    this.#marks = new Marks(store, runner);
    if (bytes > 0) {
      this.#kept = new LRUCache({
        maxSize: bytes,
        maxEntrySize: Math.ceil(bytes / 16),
        // Packed too, it takes a fifth more at most.
        sizeCalculation: ({ text }, key) => Math.ceil(text.length * 1.2) + 2 * key.length + OVERHEAD,
      });
    }
  }

  /** From when on an answer is made; undefined where none are kept. @throws ReadStoreUnavailable */
  async begin(): Promise<Moment | undefined> {
    return this.#kept && this.#momentAt(await this.#marks.current());
  }

  /** The same, if it can be told without waiting. */
  now(): Moment | undefined {
    const position = this.#kept && this.#marks.known;
    return position === undefined ? undefined : this.#momentAt(position);
  }

  #momentAt(position: NativePosition): Moment {
    return { position, epoch: this.#marks.epoch, quarantine: this.runner.quarantine.version };
  }

  /** An answer that was given before and would be the same now. */
  at(key: string, now: Moment): Answer | undefined {
    const kept = this.#kept?.get(key);
    if (!kept) return undefined;
    if (this.#isSame(kept, now)) return kept;
    this.#kept?.delete(key);
    return undefined;
  }

  /** Keeps an answer, unless something that it was read from has changed while it was made. */
  async keep(key: string, text: Buffer, reads: Reads, moment: Moment): Promise<void> {
    if (reads.beyond || !this.#kept) return;
    const short = text.length > SHORT ? undefined : text.toString('latin1');
    const kept = { text, short, packed: packedOnce(text), reads, moment };
    const now = await this.begin();
    if (now && this.#isSame(kept, now)) this.#kept.set(key, kept);
  }

  #isSame({ reads, moment }: Kept, now: Moment): boolean {
    if (moment.epoch !== now.epoch || moment.quarantine !== now.quarantine) return false;
    if (reads.anything && moment.position !== now.position) return false;
    for (const [zone, day] of reads.days) if (localDay(this.clock(), zone) !== day) return false;
    for (const [spec, live] of reads.builds) if (this.runner.live(spec) !== live) return false;
    if (moment.position !== now.position) {
      for (const plan of reads.plans) if (this.#marks.hasChanged(plan, moment.position)) return false;
    }
    return true;
  }
}

function packedOnce(text: Buffer): () => Buffer {
  let packed: Buffer | undefined;
  return () => {
    packed ??= gzipSync(text);
    return packed;
  };
}
