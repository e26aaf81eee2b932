/**
 * Limits the bytes in flight, and queues further work in order. If a server stops while the bytes in flight exceed the
 * buffers of its streams, the client raises errors that cannot be caught.
 */
export class BytesInFlight {
  #free: number;
  readonly #waiting: { readonly bytes: number; readonly go: () => void }[] = [];

  constructor(private readonly most: number) {
    this.#free = most;
  }

  /** Runs the work when there is room for its bytes. Work larger than the limit runs alone. */
  async with<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const taken = Math.min(bytes, this.most);
    if (this.#waiting.length > 0 || taken > this.#free) {
      await new Promise<void>((go) => this.#waiting.push({ bytes: taken, go }));
    } else this.#free -= taken;
    try {
      return await work();
    } finally {
      this.#free += taken;
      this.#next();
    }
  }

  #next(): void {
    for (let first = this.#waiting[0]; first && first.bytes <= this.#free; first = this.#waiting[0]) {
      this.#free -= first.bytes;
      this.#waiting.shift();
      first.go();
    }
  }
}
