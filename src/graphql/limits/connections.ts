/** Limits the long-lived connections of each caller. */
export class CallerConnections {
  readonly #open = new Map<string, number>();

  constructor(readonly max: number) {}

  /**
   * Counts a connection. Returns a function that releases it; calling it twice is harmless. Undefined when the caller
   * is at the limit.
   */
  enter(callerId: string): (() => void) | undefined {
    const count = this.#open.get(callerId) ?? 0;
    if (count >= this.max) return undefined;
    this.#open.set(callerId, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#open.get(callerId) ?? 1) - 1;
      if (left > 0) this.#open.set(callerId, left);
      else this.#open.delete(callerId);
    };
  }
}
