import { setMaxListeners } from 'node:events';
import { type DirectoryEntry, openCredential } from './holderIndex.js';

/** Longest delay of a Node.js timer, in milliseconds. */
export const MAX_TIMER = 2 ** 31 - 1;

/** Signals that abort when a credential is no longer valid. */
export class CredentialEndings {
  constructor(private readonly clock: () => string) {}

  /** Returns the signal of a credential. */
  signal(entry: DirectoryEntry, lookup: string): AbortSignal {
    const known = entry.endings.get(lookup);
    if (known) return known.controller.signal;
    const ending = { controller: new AbortController(), timer: undefined };
    // Every connection and subscription of this access adds a listener, so Node must not warn of many listeners.
    setMaxListeners(0, ending.controller.signal);
    entry.endings.set(lookup, ending);
    this.check(entry);
    return ending.controller.signal;
  }

  /** Aborts the signals of credentials that are no longer valid, and sets timers for those that will expire. */
  check(entry: DirectoryEntry): void {
    const now = this.clock();
    for (const [lookup, ending] of entry.endings) {
      clearTimeout(ending.timer);
      const open = openCredential(entry, lookup, now);
      if (!open) {
        entry.endings.delete(lookup);
        ending.controller.abort();
        continue;
      }
      if (open.until === null) continue;
      const left = Math.min(Date.parse(open.until) - Date.parse(now), MAX_TIMER);
      ending.timer = setTimeout(() => this.check(entry), left).unref();
    }
  }
}
