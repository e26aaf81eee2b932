import { SLICE_MS } from '../../engine/timeSlice.js';

/** Least time that a turn counts for, in milliseconds: owners of very short work take turns too. */
const LEAST_MS = 0.01;

/**
 * Maximum number of owners without waiting work that are remembered. Above it, owners whose time is not ahead of the
 * others are removed.
 */
const MAX_REMEMBERED_OWNERS = 1_000;

/** Work of one owner, and the time that its turns have taken, in milliseconds. */
interface TurnOwner {
  spent: number;
  readonly waiting: (() => void)[];
}

/**
 * Shares the event loop between requests. Long work stops at the end of its time slice and queues behind the others.
 * The next turn goes to the owner whose turns have taken the least time, so that an owner with many short turns is not
 * delayed by an owner with a few long ones. Input and output happen between the slices.
 */
export class EventLoopTurns {
  #since = 0;
  /** Expected time of work that was started in this tick and may not have run yet, in milliseconds. */
  #expected = 0;
  #isRunning = false;
  /** Time used by the owner that had the last turn. An owner that was idle starts at this value at least. */
  #floor = 0;
  readonly #owners = new Map<string, TurnOwner>();

  /** Returns true when the present time slice is over: remaining work must wait for {@link next}. */
  isOver(): boolean {
    return performance.now() - this.#since + this.#expected > SLICE_MS;
  }

  /**
   * Waits for the next turn of an owner if the time slice is over. Call it between the steps of long work. Work of one
   * owner runs in the order of the calls.
   *
   * @param expectedMs how long the next step takes, in milliseconds. Pass it where many calls may come at the same
   *   moment: otherwise all of them would find the slice unused, and run one after the other.
   */
  async yield(owner: string, expectedMs = 0): Promise<void> {
    const isBehind = (this.#owners.get(owner)?.waiting.length ?? 0) > 0;
    if (isBehind || this.isOver()) await this.next(owner);
    else this.#expect(expectedMs);
  }

  #expect(milliseconds: number): void {
    if (milliseconds === 0) return;
    // The steps run in microtasks, before the next tick. After that, the clock shows how long they took.
    if (this.#expected === 0) {
      process.nextTick(() => {
        this.#expected = 0;
      });
    }
    this.#expected += milliseconds;
  }

  /**
   * Waits for the next turn.
   *
   * @param owner owner of the work. Owners get equal shares of the time, independent of the amount of their work.
   */
  next(owner: string): Promise<void> {
    return new Promise((resolve) => {
      this.#queueOf(owner).push(resolve);
      if (this.#isRunning) return;
      this.#isRunning = true;
      setImmediate(this.#begin);
    });
  }

  #queueOf(name: string): (() => void)[] {
    const known = this.#owners.get(name);
    const owner = known ?? { spent: this.#floor, waiting: [] };
    if (owner.waiting.length === 0) owner.spent = Math.max(owner.spent, this.#floor);
    if (!known) this.#owners.set(name, owner);
    return owner.waiting;
  }

  readonly #begin = (): void => {
    this.#since = performance.now();
    this.#releaseOne();
  };

  readonly #releaseOne = (): void => {
    const owner = this.#nextOwner();
    const release = owner?.waiting.shift();
    if (!owner || !release) {
      this.#isRunning = false;
      this.#floor = 0;
      this.#owners.clear();
      return;
    }
    this.#floor = owner.spent;
    const start = performance.now();
    release();
    // The microtasks of the released work run before the next tick.
    queueMicrotask(() =>
      process.nextTick(() => {
        owner.spent += Math.max(LEAST_MS, performance.now() - start);
        if (this.isOver()) setImmediate(this.#begin);
        else this.#releaseOne();
      }),
    );
  };

  /** Returns the waiting owner whose turns have taken the least time. */
  #nextOwner(): TurnOwner | undefined {
    let next: TurnOwner | undefined;
    for (const [name, owner] of this.#owners) {
      if (owner.waiting.length > 0) {
        if (!next || owner.spent < next.spent) next = owner;
      } else if (owner.spent <= this.#floor || this.#owners.size > MAX_REMEMBERED_OWNERS) this.#owners.delete(name);
    }
    return next;
  }
}

/** The turns of this process, which has one event loop. */
export const turns = new EventLoopTurns();
