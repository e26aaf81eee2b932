import type { KeyFault } from './ciphers.js';

/** A data subject that was not erased, but whose sealed names cannot be trusted or read. */
export interface DamagedKey {
  readonly subject: string;
  readonly fault: KeyFault;
}

/** Maximum number of damaged keys that are counted. Further ones are only reported to the listener. */
const MAX_REMEMBERED = 10_000;

/** The damaged keys that this process has found and that were not repaired since. */
export class KeyDamage {
  readonly #faults = new Map<string, KeyFault>();
  #listener: (damaged: DamagedKey) => void = () => undefined;

  /** Number of damaged keys. */
  get count(): number {
    return this.#faults.size;
  }

  /** Calls the listener for each damaged key that is found from now on, and at once for those found before. */
  watch(listener: (damaged: DamagedKey) => void): void {
    this.#listener = listener;
    for (const [subject, fault] of this.#faults) listener({ subject, fault });
  }

  /** Adds a damaged key. Calls the listener unless the same fault is known. */
  report(subject: string, fault: KeyFault): void {
    if (this.#faults.get(subject) === fault) return;
    if (this.#faults.size < MAX_REMEMBERED) this.#faults.set(subject, fault);
    this.#listener({ subject, fault });
  }

  /** Removes a subject whose key was repaired or erased. */
  healed(subject: string): void {
    this.#faults.delete(subject);
  }
}
