import { setTimeout as timer } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Whether this process is to do the work, where several could. */
export interface WorkerLease {
  isHeld(): boolean;
  /** Returns a signal that aborts when that may have changed. Default: the supervisor looks again and again. */
  term?(): AbortSignal;
}

/** How long a worker is left alone after a failure: doubled each time, up to the longest, in milliseconds. */
export interface Retry {
  readonly first: number;
  readonly longest: number;
}

/** What a run may tell its supervisor. */
export interface WorkerTurn {
  /** Something was done: a later failure counts as the first one. */
  progress(): void;
  /** The next run begins after this pause instead of `every`, in milliseconds. */
  nextIn(milliseconds: number): void;
}

/** Work that goes on by itself: it follows something until it is stopped, or looks at something from time to time. */
export interface Worker {
  /** Names the worker in messages and metrics. */
  readonly name: string;
  /** Tells in messages which one it is, where there are several of one name. */
  readonly about?: Readonly<Record<string, string>>;
  /** Pause between two runs, in milliseconds. */
  readonly every: number;
  /**
   * Does the work until there is nothing more to do, or the signal aborts. Runs of a worker never overlap.
   */
  run(signal: AbortSignal, turn: WorkerTurn): Promise<void>;
  readonly lease?: WorkerLease;
  readonly retry?: Retry;
  /** After this time the signal of a run aborts and the worker counts as hanging, in milliseconds. Default: never. */
  readonly deadline?: number;
  /** Called after a failed run. Returns true when the failure was told, so that it is not logged again. */
  failed?(error: unknown): boolean;
  /** Called once after the last run, if the lease is held: work that must not be left undone. */
  last?(): Promise<void>;
}

/** What a supervised worker does now. */
export type WorkerHealth =
  /** `WAITING`: another process has the work. `PAUSING`: until the next run. */
  | { readonly state: 'WAITING' | 'RUNNING' | 'PAUSING' | 'STOPPED' }
  /** `FAILING`: it will be tried again. `HANGING`: a run is over its deadline and has not ended. */
  | { readonly state: 'FAILING' | 'HANGING'; readonly error: unknown };

/** Receives failures and states of workers, for metrics. */
export interface WorkerObserver {
  workerChanged(name: string, state: WorkerHealth['state']): void;
}

/** A worker that is kept going. */
export interface Supervised {
  readonly health: WorkerHealth;
  /** Leaves out the present or the next pause. */
  wake(): void;
  /** Interrupts the present run or pause, and begins the next run. */
  restart(): void;
  /** Aborts the run, waits for its end, and does what the worker does last. A run that hangs is not waited for. */
  stop(): Promise<void>;
}

/** What a supervisor works with. */
export interface SupervisorParts {
  readonly log?: Pick<Logger, 'error'> | undefined;
  readonly observer?: WorkerObserver | undefined;
  /** Returns a number from 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** Resolves after a time, or when the signal aborts. Default: the timer of this process. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const RETRY: Retry = { first: 250, longest: 10_000 };

/** How often a process that does not have the work looks whether it has it now, in milliseconds. */
const LEASE_MS = 200;

/** How long {@link Supervised.stop} waits for a run that ignores its signal, in milliseconds. */
const STOP_MS = 30_000;

/**
 * Keeps a worker going: runs it, again and again, while this process holds its lease. After a failure it waits, with
 * jitter, and tries again.
 *
 * @example
 * const worker = supervise({ name: 'clock', every: 1_000, run: async () => tick() }, { log });
 * await worker.stop();
 */
export function supervise(worker: Worker, parts: SupervisorParts = {}): Supervised {
  return new Supervision(worker, parts);
}

class Supervision implements Supervised {
  readonly #done: Promise<void>;
  #health: WorkerHealth = { state: 'PAUSING' };
  #isStopped = false;
  /** True when the next pause is to be left out. */
  #isWoken = false;
  /** Aborts the present run, or ends the present pause. */
  #present = new AbortController();
  #failures = 0;

  constructor(
    private readonly worker: Worker,
    private readonly parts: SupervisorParts,
  ) {
    this.#done = this.#keepGoing();
  }

  get health(): WorkerHealth {
    return this.#health;
  }

  wake(): void {
    this.#isWoken = true;
    if (this.#health.state !== 'RUNNING' && this.#health.state !== 'HANGING') this.#present.abort();
  }

  restart(): void {
    this.#present.abort();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#present.abort();
    const late = new AbortController();
    await Promise.race([this.#done, sleep(STOP_MS, late.signal)]);
    late.abort();
  }

  async #keepGoing(): Promise<void> {
    const { lease } = this.worker;
    // Whoever starts a worker has its result before the first run begins.
    await Promise.resolve();
    while (!this.#isStopped) {
      if (lease && !lease.isHeld()) {
        this.#set({ state: 'WAITING' });
        await this.#untilAborted((signal) => this.#pause(LEASE_MS, signal));
      } else {
        const wait = await this.#untilAborted((signal) => this.#run(signal));
        if (wait > 0) await this.#untilAborted((signal) => this.#pause(wait, signal));
      }
    }
    if (lease?.isHeld() ?? true) await this.worker.last?.().catch((error: unknown) => this.#tell(error));
    this.#set({ state: 'STOPPED' });
  }

  /** Does a part of the work with a signal that aborts when the supervisor is stopped, or the lease may have changed. */
  async #untilAborted<T>(part: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const present = new AbortController();
    this.#present = present;
    if (this.#isStopped) present.abort();
    const term = this.worker.lease?.term?.();
    const end = () => present.abort();
    term?.addEventListener('abort', end);
    try {
      return await part(present.signal);
    } finally {
      term?.removeEventListener('abort', end);
    }
  }

  /** Runs the worker once. Returns the pause before the next run, in milliseconds. */
  async #run(signal: AbortSignal): Promise<number> {
    const { worker } = this;
    const late = worker.deadline === undefined ? undefined : setTimeout(() => this.#hang(), worker.deadline).unref();
    let next = worker.every;
    this.#isWoken = false;
    this.#set({ state: 'RUNNING' });
    try {
      await worker.run(signal, {
        progress: () => {
          this.#failures = 0;
        },
        nextIn: (milliseconds) => {
          next = milliseconds;
        },
      });
      if (this.#health.state === 'HANGING') return this.#failed(this.#health.error);
      this.#failures = 0;
      this.#set({ state: 'PAUSING' });
      return signal.aborted ? 0 : next;
    } catch (error) {
      if (this.#health.state === 'HANGING') return this.#failed(this.#health.error);
      // What is interrupted may fail: that is not its fault.
      return signal.aborted ? 0 : this.#failed(error);
    } finally {
      clearTimeout(late);
    }
  }

  #hang(): void {
    this.#set({
      state: 'HANGING',
      error: new Error(`${this.worker.name} has not ended within ${this.worker.deadline} ms`),
    });
    this.#present.abort();
  }

  /** Tells a failure. Returns the pause after it, in milliseconds. */
  #failed(error: unknown): number {
    this.#tell(error);
    this.#set({ state: 'FAILING', error });
    const { first, longest } = this.worker.retry ?? RETRY;
    const most = Math.min(first * 2 ** this.#failures, longest);
    this.#failures += 1;
    return most / 2 + ((this.parts.random ?? Math.random)() * most) / 2;
  }

  #tell(error: unknown): void {
    if (this.worker.failed?.(error)) return;
    const { name, about } = this.worker;
    this.parts.log?.error({ err: error, ...about }, `${name} failed, it will be tried again`);
  }

  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#isWoken && !signal.aborted) await (this.parts.sleep ?? sleep)(milliseconds, signal);
    this.#isWoken = false;
  }

  #set(health: WorkerHealth): void {
    if (health.state !== this.#health.state) this.parts.observer?.workerChanged(this.worker.name, health.state);
    this.#health = health;
  }
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await timer(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
