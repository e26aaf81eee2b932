import type { Deadline } from '../executor/deadline.js';

/** Decides which waiting work may begin, and counts it. */
interface Gate<Owner> {
  /** Returns true when one more task of an owner may start now. */
  mayPass(owner: Owner): boolean;
  /** Counts a started task of an owner. */
  passed(owner: Owner): void;
}

type Waiter = () => void;

/** A fair queue: owners take turns, independent of the number of their waiting tasks. */
export class Queue<Owner extends object> {
  readonly #waiting = new Map<Owner, Waiter[]>();

  constructor(private readonly gate: Gate<Owner>) {}

  /** Returns the number of waiting tasks of an owner. */
  lengthOf(owner: Owner): number {
    return this.#waiting.get(owner)?.length ?? 0;
  }

  /**
   * Waits until a task of an owner may start. Returns at once if no task of the owner waits and the gate is open.
   *
   * @throws GraphQLError TIMEOUT when the deadline passes first.
   */
  async pass(owner: Owner, deadline: Deadline | undefined): Promise<void> {
    if (this.lengthOf(owner) === 0 && this.gate.mayPass(owner)) return this.gate.passed(owner);
    let waiter: Waiter = () => undefined;
    const passed = new Promise<void>((resolve) => {
      waiter = resolve;
    });
    this.#waiting.set(owner, [...(this.#waiting.get(owner) ?? []), waiter]);
    if (!deadline) return passed;
    let isIn = false;
    try {
      await deadline.race(
        passed.then(() => {
          isIn = true;
        }),
      );
    } catch (error) {
      if (isIn || !this.#leave(owner, waiter)) return;
      throw error;
    }
  }

  /** Starts all waiting tasks that may start now. */
  admit(): void {
    for (let isOpen = true; isOpen; ) {
      isOpen = false;
      for (const [owner, waiters] of [...this.#waiting]) {
        if (!this.gate.mayPass(owner)) continue;
        const [first, ...others] = waiters;
        // The owner moves to the end, so that another owner is next.
        this.#waiting.delete(owner);
        if (others.length > 0) this.#waiting.set(owner, others);
        this.gate.passed(owner);
        first?.();
        isOpen = true;
      }
    }
  }

  /** Removes a waiter. Returns false when it has passed already. */
  #leave(owner: Owner, waiter: Waiter): boolean {
    const waiters = this.#waiting.get(owner) ?? [];
    if (!waiters.includes(waiter)) return false;
    const others = waiters.filter((each) => each !== waiter);
    if (others.length > 0) this.#waiting.set(owner, others);
    else this.#waiting.delete(owner);
    return true;
  }
}
