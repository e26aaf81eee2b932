import type { Deadline } from '../executor/deadline.js';

/** Who is let through, and what is counted for it. */
interface Gate<Owner> {
  /** Whether one more of an owner may pass now. */
  mayPass(owner: Owner): boolean;
  /** Counts one of an owner that passes. */
  passed(owner: Owner): void;
}

type Waiter = () => void;

/** Those who wait at a gate: owners pass one after another, however many wait for one of them. */
export class Queue<Owner extends object> {
  readonly #waiting = new Map<Owner, Waiter[]>();

  constructor(private readonly gate: Gate<Owner>) {}

  /** How many wait for an owner. */
  lengthOf(owner: Owner): number {
    return this.#waiting.get(owner)?.length ?? 0;
  }

  /**
   * Passes the gate, at once where nobody of the owner waits and the gate is open.
   *
   * @throws GraphQLError TIMEOUT when the deadline is over before.
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

  /** Lets through whoever may pass now. */
  admit(): void {
    for (let isOpen = true; isOpen; ) {
      isOpen = false;
      for (const [owner, waiters] of [...this.#waiting]) {
        if (!this.gate.mayPass(owner)) continue;
        const [first, ...others] = waiters;
        // To the end of the line: the next who passes is another owner's.
        this.#waiting.delete(owner);
        if (others.length > 0) this.#waiting.set(owner, others);
        this.gate.passed(owner);
        first?.();
        isOpen = true;
      }
    }
  }

  /** False when the waiter has passed already. */
  #leave(owner: Owner, waiter: Waiter): boolean {
    const waiters = this.#waiting.get(owner) ?? [];
    if (!waiters.includes(waiter)) return false;
    const others = waiters.filter((each) => each !== waiter);
    if (others.length > 0) this.#waiting.set(owner, others);
    else this.#waiting.delete(owner);
    return true;
  }
}
