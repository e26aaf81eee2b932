import type { KeyFault } from './ciphers.js';

/** A person whose sealed names cannot be trusted or read, though nobody erased them. */
export interface DamagedKey {
  readonly subject: string;
  readonly fault: KeyFault;
}

/** How many damaged keys are remembered; more are logged and not counted. */
const MAX_REMEMBERED = 10_000;

/** The damaged keys that this process has met and that were not put back since. */
export class KeyDamage {
  readonly #faults = new Map<string, KeyFault>();
  #listener: (damaged: DamagedKey) => void = () => undefined;

  /** How many there are. */
  get count(): number {
    return this.#faults.size;
  }

  /** Calls the listener for each damaged key that is met from now on, and at once for those that were met before. */
  watch(listener: (damaged: DamagedKey) => void): void {
    this.#listener = listener;
    for (const [subject, fault] of this.#faults) listener({ subject, fault });
  }

  report(subject: string, fault: KeyFault): void {
    if (this.#faults.get(subject) === fault) return;
    if (this.#faults.size < MAX_REMEMBERED) this.#faults.set(subject, fault);
    this.#listener({ subject, fault });
  }

  /** The key is there again, or the person was erased. */
  healed(subject: string): void {
    this.#faults.delete(subject);
  }
}
