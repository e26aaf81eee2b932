/** An engine that was called and has answered nothing for this long counts as away, in milliseconds. */
const SILENT_MS = 3_000;

/**
 * Notes the calls of an engine and its answers. Tells since when the engine does not answer, without a call: some
 * background work, such as the checkpoint poll, must call the engine all the time.
 */
export class AnswerWatch {
  /** Time of the last answer, by the clock of the system. */
  #answeredAt = Date.now();
  /** Time of the first call after the last answer, by the monotonic clock; undefined when there was none. */
  #calledAt: number | undefined;

  /** @param now a monotonic clock in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes the start of a call. */
  called(): void {
    this.#calledAt ??= this.now();
  }

  /** Notes an answer, or a part of one. */
  answered(): void {
    this.#calledAt = undefined;
    this.#answeredAt = Date.now();
  }

  /** Time of the last answer (RFC 3339), if the engine is away; undefined while it answers, or is not called. */
  get awaySince(): string | undefined {
    const isAway = this.#calledAt !== undefined && this.now() - this.#calledAt >= SILENT_MS;
    return isAway ? new Date(this.#answeredAt).toISOString() : undefined;
  }
}
