import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { withTimeout } from '../storage/deadline.js';
import { type Supervised, supervise } from '../workers/supervisor.js';
import type { Lease, LeaseTable } from './table.js';

/** Times of the protocol, in milliseconds. */
export interface LeaseTimes {
  /** An owner that does not renew its lease for this long loses it. */
  readonly ttl: number;
  /** Interval between two renewals. */
  readonly beat: number;
}

const TIMES: LeaseTimes = { ttl: 5_000, beat: 1_000 };

/** A monotonic clock in milliseconds. */
export interface LeaseClock {
  now(): number;
  /** Waits; ends early when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const CLOCK: LeaseClock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
};

interface Held {
  readonly lease: Lease;
  /** When the last successful renewal was sent, by the monotonic clock of this process. */
  readonly since: number;
}

/** A lease of another owner, and since when it has not changed, by the monotonic clock of this process. */
interface Seen {
  readonly lease: Lease;
  readonly since: number;
}

/**
 * Takes and renews leases by name. The process that holds a lease does its work. Clocks of different processes are
 * never compared. A lease is free if this process has seen no change of it for `ttl`. The owner measures the same time
 * from the moment before it sent its last renewal, so the owner stops first: see
 * docs/decisions/010-leases-by-watching.md.
 */
export class Election {
  readonly #held = new Map<string, Held>();
  readonly #seen = new Map<string, Seen>();
  #term = new AbortController();
  #worker: Supervised | undefined;

  constructor(
    private readonly table: LeaseTable,
    private readonly owner: string,
    private readonly names: readonly string[],
    private readonly log: Logger,
    private readonly times: LeaseTimes = TIMES,
    private readonly clock: LeaseClock = CLOCK,
  ) {}

  /** Returns true while this process is certain to hold the lease. */
  holds(name: string): boolean {
    const held = this.#held.get(name);
    return held !== undefined && this.clock.now() - held.since < this.times.ttl;
  }

  /** Returns a signal that aborts when the set of leases held by this process changes. */
  term(): AbortSignal {
    return this.#term.signal;
  }

  /** Starts to take and renew leases. */
  start(): void {
    const worker = { name: 'election', every: this.times.beat, run: () => this.#beat() };
    const sleep = (milliseconds: number, signal: AbortSignal) => this.clock.sleep(milliseconds, signal);
    this.#worker = supervise(worker, { log: this.log, sleep });
  }

  /** Stops, and releases all leases, so that other processes can take them at once. */
  async stop(): Promise<void> {
    await this.#worker?.stop();
    for (const [name, { lease }] of this.#held) {
      const back = this.table.move(name, lease, { ...lease, owner: '', beat: lease.beat + 1 });
      await withTimeout(this.times.beat, back).catch(() => undefined);
    }
    this.#held.clear();
    this.#changed();
  }

  async #beat(): Promise<void> {
    const before = this.#epochs();
    await Promise.all(this.names.map((name) => this.#tried(name)));
    this.#giveUpWhatIsOld();
    // Notified once for all leases, so that work on several of them starts together.
    if (this.#epochs() !== before) this.#changed();
  }

  async #tried(name: string): Promise<void> {
    try {
      await withTimeout(this.times.ttl / 2, this.#turn(name));
    } catch (error) {
      this.log.warn({ err: error, lease: name }, 'a lease could not be read or renewed: it will be tried again');
    }
  }

  async #turn(name: string): Promise<void> {
    const since = this.clock.now();
    // A lease that was not renewed for too long is lost, even if no other process has taken it.
    if (this.#held.has(name) && !this.holds(name)) this.#lose(name);
    const held = this.#held.get(name);
    if (held) {
      const next = { ...held.lease, beat: held.lease.beat + 1 };
      if (await this.table.move(name, held.lease, next)) {
        this.#held.set(name, { lease: next, since });
      } else await this.#lookAgain(name, next, since);
      return;
    }
    const lease = await this.table.look(name);
    const first = { owner: this.owner, epoch: 1, beat: 0 };
    if (!lease) {
      if (await this.table.begin(name, first)) this.#take(name, first, since);
      return;
    }
    const seen = this.#seen.get(name);
    const isOwn = lease.owner === '' || lease.owner === this.owner;
    if (!isOwn && (!seen || !isSameLease(seen.lease, lease))) {
      this.#seen.set(name, { lease, since: this.clock.now() });
      return;
    }
    const isFree = isOwn || (seen !== undefined && since - seen.since >= this.times.ttl);
    const taken = { owner: this.owner, epoch: lease.epoch + 1, beat: lease.beat + 1 };
    if (isFree && (await this.table.move(name, lease, taken))) this.#take(name, taken, since);
  }

  /** After a failed compare-and-set: the lease is lost, or an earlier renewal succeeded without a response. */
  async #lookAgain(name: string, wanted: Lease, since: number): Promise<void> {
    const there = await this.table.look(name);
    if (there && there.owner === this.owner && there.epoch === wanted.epoch) {
      this.#held.set(name, { lease: there, since });
    } else this.#lose(name);
  }

  #take(name: string, lease: Lease, since: number): void {
    this.#held.set(name, { lease, since });
    this.#seen.delete(name);
    this.log.info({ lease: name, epoch: lease.epoch }, 'took a lease');
  }

  #lose(name: string): void {
    this.#held.delete(name);
    this.log.warn({ lease: name }, 'lost a lease');
  }

  #giveUpWhatIsOld(): void {
    for (const name of this.#held.keys()) if (!this.holds(name)) this.#lose(name);
  }

  /** Returns the leases held and their epochs, as a text to compare. */
  #epochs(): string {
    return JSON.stringify([...this.#held].map(([name, { lease }]) => [name, lease.epoch]));
  }

  #changed(): void {
    const ended = this.#term;
    this.#term = new AbortController();
    ended.abort();
  }
}

function isSameLease(a: Lease, b: Lease): boolean {
  return a.owner === b.owner && a.epoch === b.epoch && a.beat === b.beat;
}
