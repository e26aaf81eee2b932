/** Bytes of request bodies that are being received and handled, bounded in sum and for each caller. */
export class Uploads {
  readonly #byCaller = new Map<string, number>();
  #sum = 0;

  /**
   * @param max most bytes of all callers together.
   * @param perCaller most bytes of one caller.
   */
  constructor(
    private readonly max: number,
    private readonly perCaller: number,
  ) {}

  /** Bytes that are reserved now. */
  get bytes(): number {
    return this.#sum;
  }

  /** Reserves bytes for a caller; otherwise returns whose bound they would exceed. Nothing is reserved then. */
  reserve(caller: string, bytes: number): 'reserved' | 'caller' | 'all' {
    const own = (this.#byCaller.get(caller) ?? 0) + bytes;
    if (own > this.perCaller) return 'caller';
    if (this.#sum + bytes > this.max) return 'all';
    this.#sum += bytes;
    this.#byCaller.set(caller, own);
    return 'reserved';
  }

  /** Gives reserved bytes back. */
  release(caller: string, bytes: number): void {
    const left = (this.#byCaller.get(caller) ?? 0) - bytes;
    this.#sum -= bytes;
    if (left > 0) this.#byCaller.set(caller, left);
    else this.#byCaller.delete(caller);
  }
}
