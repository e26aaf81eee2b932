import type { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';
import type { Deadline } from '../executor/deadline.js';
import { turns } from '../executor/turns.js';
import { Queue } from './queue.js';
import { type Rate, Rates } from './rates.js';

/** What one caller may use of one process at a time, over all ways in. */
export interface BudgetLimits {
  /** Requests in a minute. */
  readonly perMinute: number;
  /** Requests at work at once: of one caller, and of all. */
  readonly maxAtWork: number;
  readonly maxAtWorkInAll: number;
  /** Requests of one caller that wait for their turn. */
  readonly maxQueued: number;
  /** Bytes of answers that are made and not taken yet: of one caller, and of all. While there are more, nothing new is begun. */
  readonly maxUnread: number;
  readonly maxUnreadInAll: number;
  /** Open operations of one caller: subscriptions, and files that are written page by page. */
  readonly maxOperations: number;
}

/** What a caller uses at present. */
interface Account {
  readonly key: string;
  atWork: number;
  unread: number;
  operations: number;
  large: number;
}

/** A request at work. */
export interface Share {
  /** Waits until an answer that has so many characters may grow on; undefined: it may. */
  room(characters: number): Promise<void> | undefined;
}

/** An answer that grows longer than this, in characters, is large: a caller makes one at a time, and all together few. */
const LARGE = 1_000_000;
const MAX_LARGE_IN_ALL = 2;

/** The budget of each caller, whichever way their requests come in. */
export class Budget {
  readonly rates: Rates;
  readonly #accounts = new Map<string, Account>();
  readonly #begin: Queue<Account>;
  readonly #grow: Queue<Account>;
  #atWork = 0;
  #unread = 0;
  #large = 0;

  constructor(private readonly limits: BudgetLimits) {
    this.rates = new Rates(limits.perMinute, 60_000);
    this.#begin = new Queue({
      mayPass: ({ atWork, unread }) =>
        atWork < limits.maxAtWork &&
        unread < limits.maxUnread &&
        this.#atWork < limits.maxAtWorkInAll &&
        this.#unread < limits.maxUnreadInAll,
      passed: (account) => {
        account.atWork += 1;
        this.#atWork += 1;
      },
    });
    this.#grow = new Queue({
      mayPass: ({ large }) => large === 0 && this.#large < MAX_LARGE_IN_ALL,
      passed: (account) => {
        account.large += 1;
        this.#large += 1;
      },
    });
  }

  /** How many callers use something at present. */
  get size(): number {
    return this.#accounts.size;
  }

  /** Counts a request that the door of HTTP does not count. @throws GraphQLError RATE_LIMITED */
  count(key: string): Rate {
    const rate = this.rates.take(key);
    if (rate.count <= this.rates.max) return rate;
    const seconds = Math.ceil(rate.left / 1_000);
    throw limited(`More than ${this.rates.max} requests in a minute: come again in ${seconds} seconds.`);
  }

  /**
   * Does some work of a caller as soon as it is their turn: callers that wait have their turns one after another.
   *
   * @throws GraphQLError RATE_LIMITED when too many requests of the caller wait already; TIMEOUT when the turn does not come in time.
   */
  async work<T>(key: string, deadline: Deadline | undefined, task: (share: Share) => Promise<T>): Promise<T> {
    const account = this.#accountOf(key);
    if (this.#begin.lengthOf(account) >= this.limits.maxQueued) {
      throw limited(`${this.limits.maxQueued} of your requests wait already: send fewer at once.`);
    }
    try {
      await this.#begin.pass(account, deadline);
    } catch (error) {
      this.#forgetUnused(account);
      throw error;
    }
    const share = new GrowingShare((deadlineOfGrowth) => this.#grow.pass(account, deadlineOfGrowth), deadline);
    try {
      // Whatever is begun has its turn among the work of others, as what goes on has.
      await turns.yield(key);
      return await task(share);
    } finally {
      account.atWork -= 1;
      this.#atWork -= 1;
      if (share.isLarge) {
        account.large -= 1;
        this.#large -= 1;
        this.#grow.admit();
      }
      this.#begin.admit();
      this.#forgetUnused(account);
    }
  }

  /** Counts bytes of an answer that are not taken yet; what it returns gives them back, once. */
  hold(key: string, bytes: number): () => void {
    const account = this.#accountOf(key);
    account.unread += bytes;
    this.#unread += bytes;
    return once(() => {
      account.unread -= bytes;
      this.#unread -= bytes;
      this.#begin.admit();
      this.#forgetUnused(account);
    });
  }

  /** Counts an open operation of a caller; what it returns gives it back, once. @throws GraphQLError RATE_LIMITED */
  operation(key: string): () => void {
    const { maxOperations } = this.limits;
    const account = this.#accountOf(key);
    if (account.operations >= maxOperations) {
      throw limited(`You have ${maxOperations} operations open, the most that one caller may have: end some of them.`);
    }
    account.operations += 1;
    return once(() => {
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

class GrowingShare implements Share {
  isLarge = false;
  #growing: Promise<void> | undefined;

  constructor(
    private readonly grow: (deadline: Deadline | undefined) => Promise<void>,
    private readonly deadline: Deadline | undefined,
  ) {}

  room(characters: number): Promise<void> | undefined {
    if (characters < LARGE || this.isLarge) return undefined;
    this.#growing ??= this.grow(this.deadline).then(() => {
      this.isLarge = true;
    });
    return this.#growing;
  }
}

function limited(message: string): GraphQLError {
  return apiError('RATE_LIMITED', message, { http: { status: 429 } });
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
