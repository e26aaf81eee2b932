/** Runs pieces of work one after another, in the order in which they were added. */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs work after all earlier work has ended, even if that failed. Returns its result. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when all work that was added so far has ended. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
