import type { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';
import type { Deadline } from '../executor/deadline.js';
import { type TurnTask, turns } from '../executor/turns.js';
import type { HeapUse } from './liveHeap.js';
import { Queue } from './queue.js';
import { type Rate, Rates } from './rates.js';

/** The budget of one caller in one process, over all transports. */
export interface BudgetLimits {
  /** Maximum number of requests of one caller per minute. */
  readonly perMinute: number;
  /**
   * Requests executed concurrently: for one caller, and for all. A caller without a running request may start one until
   * twice as many run in total.
   */
  readonly maxAtWork: number;
  readonly maxAtWorkInAll: number;
  /** Queued requests of one caller. */
  readonly maxQueued: number;
  /**
   * Bytes of answers that clients have not received yet: for one caller, and for all. Above the limit no new request
   * starts.
   */
  readonly maxUnread: number;
  readonly maxUnreadInAll: number;
  /** Open operations of one caller: subscriptions, and files written page by page. */
  readonly maxOperations: number;
}

/** Present usage of one caller. */
interface Account {
  readonly key: string;
  atWork: number;
  unread: number;
  operations: number;
  large: number;
}

/** The share of a running request: the memory that it uses. */
export interface RequestShare {
  /** Counts rows of read models that the request has read and keeps in memory until it ends or drops them. */
  holdRows(count: number): void;
  /** Counts the rows that were read so far no longer. */
  dropRows(): void;
  /**
   * Waits until the request may use more memory.
   *
   * @param characters size of its answer so far.
   * @returns undefined if it need not wait.
   */
  room(characters: number): Promise<void> | undefined;
}

/**
 * A request is large if its answer and the rows that it has read have more characters than this. A caller can run one
 * large request at a time, and all callers together `MAX_LARGE_IN_ALL`.
 */
const LARGE = 1_000_000;

/** Characters that a row of a read model counts for. Measured: most rows of plans have 700 to 1,500 as JSON. */
const ROW_CHARACTERS = 1_000;
const MAX_LARGE_IN_ALL = 2;

/** Part of the places for requests at work that is used while the heap is tight. */
const TIGHT_PART = 1 / 8;

/** Enforces the budget of each caller, over all transports. */
export class Budget {
  readonly rates: Rates;
  readonly #accounts = new Map<string, Account>();
  readonly #begin: Queue<Account>;
  readonly #grow: Queue<Account>;
  #atWork = 0;
  #unread = 0;
  #large = 0;

  /**
   * Creates the budgets of all callers.
   *
   * @param heap while it is tight, fewer requests run at once, and only one of them may be large. The others wait.
   */
  constructor(
    private readonly limits: BudgetLimits,
    heap: HeapUse,
  ) {
    const { maxAtWorkInAll } = limits;
    const placesFor = ({ atWork }: Account) => {
      const places = heap.isTight ? Math.ceil(maxAtWorkInAll * TIGHT_PART) : maxAtWorkInAll;
      // A caller without running requests may use twice as many places, so that callers with many requests do not block
      // others.
      return atWork === 0 ? 2 * places : places;
    };
    this.rates = new Rates(limits.perMinute, 60_000);
    this.#begin = new Queue({
      mayPass: (account) =>
        account.atWork < limits.maxAtWork &&
        account.unread < limits.maxUnread &&
        this.#atWork < placesFor(account) &&
        this.#unread < limits.maxUnreadInAll,
      passed: (account) => {
        account.atWork += 1;
        this.#atWork += 1;
      },
    });
    this.#grow = new Queue({
      mayPass: ({ large }) => large === 0 && this.#large < (heap.isTight ? 1 : MAX_LARGE_IN_ALL),
      passed: (account) => {
        account.large += 1;
        this.#large += 1;
      },
    });
  }

  /** Number of callers with present usage. */
  get size(): number {
    return this.#accounts.size;
  }

  /** Counts a request that the HTTP rate limit does not count. @throws GraphQLError RATE_LIMITED */
  count(key: string): Rate {
    const rate = this.rates.take(key);
    if (rate.count <= this.rates.max) return rate;
    const seconds = Math.ceil(rate.left / 1_000);
    throw limitError(`More than ${this.rates.max} requests in a minute: try again in ${seconds} seconds.`);
  }

  /**
   * Runs work within the budget of a caller, the owner of the task. Queued callers take turns.
   *
   * @throws GraphQLError RATE_LIMITED when the queue of the caller is full; TIMEOUT when the deadline passes in the
   * queue.
   */
  async work<T>(task: TurnTask, deadline: Deadline | undefined, work: (share: RequestShare) => Promise<T>): Promise<T> {
    const account = this.#accountOf(task.owner);
    if (this.#begin.lengthOf(account) >= this.limits.maxQueued) {
      throw limitError(`${this.limits.maxQueued} of your requests wait already: send fewer at once.`);
    }
    try {
      await this.#begin.pass(account, deadline);
    } catch (error) {
      deadline?.stop();
      this.#forgetUnused(account);
      throw error;
    }
    const share = new GrowingShare({
      grow: () => this.#grow.pass(account, deadline),
      shrink: () => {
        account.large -= 1;
        this.#large -= 1;
        this.#grow.admit();
      },
    });
    try {
      // Yield once before the work starts, so that earlier work runs first.
      await turns.yield(task);
      return await work(share);
    } finally {
      deadline?.stop();
      account.atWork -= 1;
      this.#atWork -= 1;
      share.end();
      this.#begin.admit();
      this.#forgetUnused(account);
    }
  }

  /**
   * Counts bytes of an answer that the client has not received yet. Returns a function that releases them; calling it
   * twice is harmless.
   */
  hold(key: string, bytes: number): () => void {
    const account = this.#accountOf(key);
    account.unread += bytes;
    this.#unread += bytes;
    return calledOnce(() => {
      account.unread -= bytes;
      this.#unread -= bytes;
      this.#begin.admit();
      this.#forgetUnused(account);
    });
  }

  /**
   * Counts an open operation of a caller. Returns a function that releases it; calling it twice is harmless.
   *
   * @throws GraphQLError RATE_LIMITED
   */
  operation(key: string): () => void {
    const { maxOperations } = this.limits;
    const account = this.#accountOf(key);
    if (account.operations >= maxOperations) {
      throw limitError(
        `You have ${maxOperations} operations open, the most that one caller may have: end some of them.`,
      );
    }
    account.operations += 1;
    return calledOnce(() => {
      account.operations -= 1;
      this.#forgetUnused(account);
    });
  }

  #accountOf(key: string): Account {
    const known = this.#accounts.get(key);
    if (known) return known;
    const account = { key, atWork: 0, unread: 0, operations: 0, large: 0 };
    this.#accounts.set(key, account);
    return account;
  }

  #forgetUnused(account: Account): void {
    const { key, atWork, unread, operations } = account;
    if (atWork + unread + operations === 0 && this.#begin.lengthOf(account) === 0) this.#accounts.delete(key);
  }
}

class GrowingShare implements RequestShare {
  #rows = 0;
  #isLarge = false;
  #isEnded = false;
  #growing: Promise<void> | undefined;

  constructor(private readonly place: { readonly grow: () => Promise<void>; readonly shrink: () => void }) {}

  holdRows(count: number): void {
    this.#rows += count;
  }

  dropRows(): void {
    this.#rows = 0;
  }

  room(characters: number): Promise<void> | undefined {
    // A file continues after the request handler has returned, and has one page in memory at a time.
    if (this.#isEnded) return undefined;
    if (this.#isLarge || characters + this.#rows * ROW_CHARACTERS < LARGE) return undefined;
    if (!this.#growing) {
      this.#growing = this.place.grow().then(() => {
        // The task may have been aborted while its growth waited.
        if (this.#isEnded) this.place.shrink();
        else this.#isLarge = true;
      });
      // An aborted task does not await this promise. Its rejection must not end the process.
      this.#growing.catch(() => undefined);
    }
    return this.#growing;
  }

  /** Releases the place of a large request. */
  end(): void {
    this.#isEnded = true;
    if (this.#isLarge) this.place.shrink();
  }
}

function limitError(message: string): GraphQLError {
  return apiError('RATE_LIMITED', message, { http: { status: 429 } });
}

function calledOnce(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
