import { SLICE_MS } from '../../engine/timeSlice.js';

/** Least time that a turn counts for, in milliseconds: owners of very short work take turns too. */
const LEAST_MS = 0.01;

/**
 * Maximum number of owners without waiting work that are remembered. Above it, owners whose time is not ahead of the
 * others are removed.
 */
const MAX_REMEMBERED_OWNERS = 1_000;

/**
 * Number of turns after which a task goes behind the later tasks of its owner. Most tasks end before that, so that their
 * rows are freed before the next task loads its own.
 */
const TURNS_IN_A_ROW = 10;

/** One request, or other work, that waits for turns. */
export interface TurnTask {
  readonly owner: string;
  /** Orders the tasks of one owner: the lowest is next. */
  ticket: number;
  /** Turns that are left until the task lets later ones go first. */
  left: number;
}

/** A call that waits for a turn of its task. A task may have several. */
interface WaitingCall {
  readonly task: TurnTask;
  /** The ticket of the task when the call began to wait. */
  readonly ticket: number;
  readonly release: () => void;
}

/** Waiting calls of one owner in their order, and the time that its turns have taken, in milliseconds. */
interface TurnOwner {
  spent: number;
  readonly waiting: WaitingCall[];
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
  #tickets = 0;

  /** Returns a new task of an owner, behind all others of the owner. */
  newTask(owner: string): TurnTask {
    const task = { owner, ticket: 0, left: 0 };
    this.putLast(task);
    return task;
  }

  /** Puts a task behind the others of its owner, as a new one. Call it between the results of a long-lived request. */
  putLast(task: TurnTask): void {
    this.#tickets += 1;
    task.ticket = this.#tickets;
    task.left = TURNS_IN_A_ROW;
  }

  /** Returns true when the present time slice is over: remaining work must wait for {@link next}. */
  isOver(): boolean {
    return performance.now() - this.#since + this.#expected > SLICE_MS;
  }

  /**
   * Waits for the next turn of a task if the time slice is over, or if an earlier task of its owner or another call of
   * this task waits. Call it between the steps of long work.
   *
   * @param expectedMs how long the next step takes, in milliseconds. Pass it where many calls may come at the same
   *   moment: otherwise all of them would find the slice unused, and run one after the other.
   */
  async yield(task: TurnTask, expectedMs = 0): Promise<void> {
    const first = this.#owners.get(task.owner)?.waiting[0];
    const isBehind = first !== undefined && first.ticket <= task.ticket;
    if (isBehind || this.isOver()) await this.next(task);
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

  /** Waits for the next turn of a task. Owners get equal shares of the time, independent of the amount of their work. */
  next(task: TurnTask): Promise<void> {
    const { owner, ticket } = task;
    return new Promise((release) => {
      const waiting = this.#queueOf(owner);
      const before = waiting.findLastIndex((each) => each.ticket <= ticket);
      waiting.splice(before + 1, 0, { task, ticket, release });
      if (this.#isRunning) return;
      this.#isRunning = true;
      setImmediate(this.#beginSlice);
    });
  }

  #queueOf(name: string): WaitingCall[] {
    const known = this.#owners.get(name);
    const owner = known ?? { spent: this.#floor, waiting: [] };
    if (owner.waiting.length === 0) owner.spent = Math.max(owner.spent, this.#floor);
    if (!known) this.#owners.set(name, owner);
    return owner.waiting;
  }

  readonly #beginSlice = (): void => {
    this.#since = performance.now();
    this.#releaseOne();
  };

  readonly #releaseOne = (): void => {
    const owner = this.#nextOwner();
    const next = owner?.waiting.shift();
    if (!owner || !next) {
      this.#isRunning = false;
      this.#floor = 0;
      this.#owners.clear();
      return;
    }
    this.#floor = owner.spent;
    const start = performance.now();
    next.task.left -= 1;
    if (next.task.left === 0) this.putLast(next.task);
    next.release();
    // The microtasks of the released work run before the next tick.
    queueMicrotask(() =>
      process.nextTick(() => {
        owner.spent += Math.max(LEAST_MS, performance.now() - start);
        if (this.isOver()) setImmediate(this.#beginSlice);
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
