/** Limits the bytes of concurrent request bodies, in total and by caller. */
export class Uploads {
  readonly #byCaller = new Map<string, number>();
  #sum = 0;

  /**
   * Creates the limits.
   *
   * @param max most bytes of all callers together.
   * @param perCaller most bytes of one caller.
   */
  constructor(
    private readonly max: number,
    private readonly perCaller: number,
  ) {}

  /** Bytes reserved at present. */
  get bytes(): number {
    return this.#sum;
  }

  /** Reserves bytes for a caller. If a limit would be exceeded, reserves nothing and returns that limit. */
  reserve(caller: string, bytes: number): 'reserved' | 'caller' | 'all' {
    const own = (this.#byCaller.get(caller) ?? 0) + bytes;
    if (own > this.perCaller) return 'caller';
    if (this.#sum + bytes > this.max) return 'all';
    this.#sum += bytes;
    this.#byCaller.set(caller, own);
    return 'reserved';
  }

  /** Releases reserved bytes. */
  release(caller: string, bytes: number): void {
    const left = (this.#byCaller.get(caller) ?? 0) - bytes;
    this.#sum -= bytes;
    if (left > 0) this.#byCaller.set(caller, left);
    else this.#byCaller.delete(caller);
  }
}
