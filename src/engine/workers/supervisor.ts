import { setTimeout as timer } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Decides which of several processes does the work. */
export interface WorkerLease {
  isHeld(): boolean;
  /** Returns a signal that aborts when the decision may have changed. Default: the supervisor polls. */
  term?(): AbortSignal;
}

/** Pause after a failure, in milliseconds. It doubles with each failure up to the longest. */
export interface Retry {
  readonly first: number;
  readonly longest: number;
}

/** Functions for a run of a worker. */
export interface WorkerTurn {
  /** Reports progress: a later failure counts as the first one. */
  progress(): void;
  /** The next run begins after this pause instead of `every`, in milliseconds. */
  nextIn(milliseconds: number): void;
}

/** Background work: it follows a source until it is stopped, or runs at intervals. */
export interface Worker {
  /** Names the worker in messages and metrics. */
  readonly name: string;
  /** Distinguishes workers of the same name in messages. */
  readonly about?: Readonly<Record<string, string>>;
  /** Pause between two runs, in milliseconds. */
  readonly every: number;
  /** Does the work until there is none left, or the signal aborts. Runs of a worker never overlap. */
  run(signal: AbortSignal, turn: WorkerTurn): Promise<void>;
  readonly lease?: WorkerLease;
  readonly retry?: Retry;
  /** After this time the signal of a run aborts and the worker counts as hanging, in milliseconds. Default: never. */
  readonly deadline?: number;
  /** Called after a failed run. Returns true if the failure was reported, so that it is not logged again. */
  failed?(error: unknown): boolean;
  /** Called once after the last run, if the lease is held: work that must be finished. */
  last?(): Promise<void>;
}

/** The state of a supervised worker. */
export type WorkerHealth =
  /** `WAITING`: another process has the work. `PAUSING`: until the next run. */
  | { readonly state: 'WAITING' | 'RUNNING' | 'PAUSING' | 'STOPPED' }
  /** `FAILING`: it will be tried again. `HANGING`: a run is over its deadline and has not ended. */
  | { readonly state: 'FAILING' | 'HANGING'; readonly error: unknown };

/** Receives failures and states of workers, for metrics. */
export interface WorkerObserver {
  workerChanged(name: string, state: WorkerHealth['state']): void;
}

/** A supervised worker. */
export interface Supervised {
  readonly health: WorkerHealth;
  /** Skips the present or the next pause. */
  wake(): void;
  /** Interrupts the present run or pause, and begins the next run. */
  restart(): void;
  /** Aborts the run, waits for its end unless it hangs, and calls `last`. */
  stop(): Promise<void>;
}

/** Dependencies of a supervisor. */
export interface SupervisorParts {
  readonly log?: Pick<Logger, 'error'> | undefined;
  readonly observer?: WorkerObserver | undefined;
  /** Returns a number from 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** Resolves after a time, or when the signal aborts. Default: the timer of this process. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const RETRY: Retry = { first: 250, longest: 10_000 };

/** Interval in milliseconds at which a process checks whether it holds the lease. */
const LEASE_MS = 200;

/** How long {@link Supervised.stop} waits for a run that ignores its signal, in milliseconds. */
const STOP_MS = 30_000;

/**
 * Runs a worker repeatedly while this process holds its lease. After a failure it waits, with jitter, and runs it
 * again.
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
  /** True to skip the next pause. */
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
    // The caller of `supervise` gets its return value before the first run begins.
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

  /** Runs a part with a signal that aborts when the supervisor is stopped, or the lease may have changed. */
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
      // A run that was interrupted may fail. That is not reported.
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

  /** Reports a failure. Returns the pause after it, in milliseconds. */
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
