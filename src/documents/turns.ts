/** The caller on whose behalf a thread works. */
export interface Turn {
  /** Identifies the caller. Turns of the same caller share the limit `perCaller`. */
  readonly caller: string;
  /** False for callers without a key or login: together they may take half of the places. */
  readonly isKnown: boolean;
  /** When this signal aborts, the work is stopped and its place is released. */
  readonly signal?: AbortSignal | undefined;
}

/** The resources that a piece of work needs. */
export interface Load {
  /** Memory while the work waits, in bytes. */
  readonly bytes: number;
  /** True for work that needs much memory: one such piece runs at a time. */
  readonly isLarge: boolean;
}

/** Maximum numbers of pieces of work that run and wait. */
export interface TurnLimits {
  /** Maximum number of threads that work at the same time. At most one of them works on a large piece. */
  readonly atOnce: number;
  /** Maximum number of pieces of work of one caller and of all callers, running or waiting. */
  readonly perCaller: number;
  readonly inAll: number;
  /** Maximum bytes of all pieces of work. A larger one is accepted when no other one is there. */
  readonly bytes: number;
}

const TURN_LIMITS: TurnLimits = { atOnce: 2, perCaller: 8, inAll: 32, bytes: 100_000_000 };

/** Work was refused because one of the {@link TurnLimits} is reached. */
export class NoPlace extends Error {
  override readonly name = 'NoPlace';

  constructor(
    readonly whose: 'caller' | 'all',
    message: string,
  ) {
    super(message);
  }
}

/** The caller disconnected, or the time limit was reached. */
export class TurnAborted extends Error {
  override readonly name = 'TurnAborted';

  constructor() {
    super('This was not done in time: send a smaller document, or the same one later.');
  }
}

interface QueuePlace {
  readonly turn: Turn;
  readonly load: Load;
  begin: (() => void) | undefined;
}

/**
 * A queue of work for a few threads. Work of the caller with the fewest running pieces begins first; among equal
 * callers, work of the one that was served longest ago. So many documents of one caller do not delay another caller.
 */
export class Turns {
  readonly #places = new Set<QueuePlace>();
  /** Callers in the order in which they were last served; the most recent is at the end. */
  readonly #served = new Set<string>();

  constructor(private readonly limits: TurnLimits = TURN_LIMITS) {}

  /** Number of pieces of work, running and waiting. */
  get taken(): number {
    return this.#places.size;
  }

  /**
   * Runs the work when its turn comes.
   *
   * @throws NoPlace at once when there is no free place.
   * @throws TurnAborted when the signal of the turn aborts before the work begins.
   */
  async run<T>(turn: Turn, load: Load, work: () => Promise<T>): Promise<T> {
    this.#check(turn, load.bytes);
    const place: QueuePlace = { turn, load, begin: undefined };
    this.#places.add(place);
    try {
      await this.#begun(place);
      return await work();
    } finally {
      this.#places.delete(place);
      this.#beginNext();
    }
  }

  #check({ caller, isKnown, signal }: Turn, bytes: number): void {
    if (signal?.aborted) throw new TurnAborted();
    const { perCaller, inAll, bytes: most } = this.limits;
    const all = [...this.#places];
    if (all.filter(({ turn }) => turn.caller === caller).length >= perCaller) {
      const message = `You have ${perCaller} documents here that are not done yet: wait for one of them, then send this one again.`;
      throw new NoPlace('caller', message);
    }
    // Callers without a key never take the places of callers with a key.
    const group = isKnown ? all : all.filter(({ turn }) => !turn.isKnown);
    const part = isKnown ? 1 : 0.5;
    const held = group.reduce((sum, { load }) => sum + load.bytes, 0);
    if (group.length >= inAll * part || (group.length > 0 && held + bytes > most * part)) {
      throw new NoPlace(
        'all',
        'The server has as many documents to do as it can hold: send this one again in a minute.',
      );
    }
  }

  #begun(place: QueuePlace): Promise<void> {
    const { signal } = place.turn;
    return new Promise((resolve, reject) => {
      const abort = () => reject(new TurnAborted());
      signal?.addEventListener('abort', abort, { once: true });
      place.begin = () => {
        place.begin = undefined;
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      this.#beginNext();
    });
  }

  #beginNext(): void {
    const all = [...this.#places];
    const atWork = all.filter(({ begin }) => begin === undefined);
    if (atWork.length >= this.limits.atOnce) return;
    const own = (caller: string) => atWork.filter(({ turn }) => turn.caller === caller).length;
    const served = [...this.#served];
    const hasLarge = atWork.some(({ load }) => load.isLarge);
    const waiting = all.filter(({ begin, load }) => begin !== undefined && !(hasLarge && load.isLarge));
    const [next] = waiting.sort(
      (a, b) =>
        own(a.turn.caller) - own(b.turn.caller) || served.indexOf(a.turn.caller) - served.indexOf(b.turn.caller),
    );
    if (!next) {
      if (all.length === 0) this.#served.clear();
      return;
    }
    this.#served.delete(next.turn.caller);
    this.#served.add(next.turn.caller);
    next.begin?.();
  }
}
