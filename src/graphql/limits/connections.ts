/** Limits the long-lived connections of each caller. Those without a key are counted by their address. */
export class CallerConnections {
  readonly #open = new Map<string, number>();

  constructor(readonly max: number) {}

  /**
   * Counts a connection of a budget key; see `budgetKeyOf`. Returns a function that releases it; calling it twice is
   * harmless. Undefined when the caller is at the limit.
   */
  enter(budgetKey: string): (() => void) | undefined {
    const count = this.#open.get(budgetKey) ?? 0;
    if (count >= this.max) return undefined;
    this.#open.set(budgetKey, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#open.get(budgetKey) ?? 1) - 1;
      if (left > 0) this.#open.set(budgetKey, left);
      else this.#open.delete(budgetKey);
    };
  }
}
