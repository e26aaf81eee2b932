/** Long connections of each caller, so that nobody takes them all. */
export class Connections {
  readonly #open = new Map<string, number>();

  constructor(readonly max: number) {}

  /** Counts one more; what it returns lets go of it once. Undefined: the caller has as many as may be. */
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
