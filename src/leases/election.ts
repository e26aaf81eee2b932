import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { within } from '../storage/deadline.js';
import type { Lease, LeaseTable } from './table.js';

/** An owner that gives no sign for so long has lost its lease; how often it gives one; in milliseconds. */
export interface LeaseTimes {
  readonly ttl: number;
  readonly beat: number;
}

const TIMES: LeaseTimes = { ttl: 5_000, beat: 1_000 };

interface Held {
  readonly lease: Lease;
  /** When the last sign was sent off, by this process's own clock. */
  readonly since: number;
}

interface Seen {
  readonly lease: Lease;
  readonly since: number;
}

/**
 * Takes part in elections, one for each name: the one that holds a lease does the work. No two clocks are compared: a
 * lease is free when it has not changed for its time to live while it was watched from here, and its owner counts the
 * same time from before its last sign, so that it gives up first.
 */
export class Election {
  readonly #held = new Map<string, Held>();
  readonly #seen = new Map<string, Seen>();
  readonly #stop = new AbortController();
  #term = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly table: LeaseTable,
    private readonly owner: string,
    private readonly names: readonly string[],
    private readonly log: Logger,
    private readonly times: LeaseTimes = TIMES,
  ) {}

  /** Whether this process holds a lease, as far as it can be sure. */
  holds(name: string): boolean {
    const held = this.#held.get(name);
    return held !== undefined && performance.now() - held.since < this.times.ttl;
  }

  /** How often the lease has changed hands; undefined when it is not held here. */
  epochOf(name: string): number | undefined {
    return this.holds(name) ? this.#held.get(name)?.lease.epoch : undefined;
  }

  /** Aborted when what is held here changes. */
  term(): AbortSignal {
    return this.#term.signal;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Gives back what is held, so that another takes it at once. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    for (const [name, { lease }] of this.#held) {
      const back = this.table.move(name, lease, { ...lease, owner: '', beat: lease.beat + 1 });
      await within(this.times.beat, back).catch(() => undefined);
    }
    this.#held.clear();
    this.#changed();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const before = this.#epochs();
      await Promise.all(this.names.map((name) => this.#tried(name)));
      this.#giveUpWhatIsOld();
      // Once for all of them: work on several begins together.
      if (this.#epochs() !== before) this.#changed();
      await pause(this.times.beat, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tried(name: string): Promise<void> {
    try {
      await within(this.times.ttl / 2, this.#turn(name));
    } catch (error) {
      this.log.warn({ err: error, lease: name }, 'a lease could not be looked at, it will be tried again');
    }
  }

  async #turn(name: string): Promise<void> {
    const since = performance.now();
    // One that was not shown for too long is lost, and told of as lost, even if nobody else has taken it.
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
    if (!isOwn && (!seen || !isSame(seen.lease, lease))) {
      this.#seen.set(name, { lease, since: performance.now() });
      return;
    }
    const isFree = isOwn || (seen !== undefined && since - seen.since >= this.times.ttl);
    const taken = { owner: this.owner, epoch: lease.epoch + 1, beat: lease.beat + 1 };
    if (isFree && (await this.table.move(name, lease, taken))) this.#take(name, taken, since);
  }

  /** A sign was refused: either it is lost, or an earlier try went through without an answer. */
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

  /** What is held, as a text to compare. */
  #epochs(): string {
    return JSON.stringify([...this.#held].map(([name, { lease }]) => [name, lease.epoch]));
  }

  #changed(): void {
    const ended = this.#term;
    this.#term = new AbortController();
    ended.abort();
  }
}

function isSame(a: Lease, b: Lease): boolean {
  return a.owner === b.owner && a.epoch === b.epoch && a.beat === b.beat;
}
