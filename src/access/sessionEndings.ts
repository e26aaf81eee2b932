import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import { type Supervised, supervise, type WorkerObserver } from '../engine/workers/supervisor.js';
import { type Sessions, sessionId } from './sessions.js';

/** Interval at which sessions with open connections are read again, in milliseconds. */
const SESSION_WATCH_MS = 5_000;

/** Dependencies of {@link SessionEndings}. */
export interface SessionEndingsParts {
  readonly sessions: Sessions;
  readonly clock: () => string;
  readonly log: Logger;
  readonly observer?: WorkerObserver;
}

/**
 * Aborts a signal when a session has ended, so that its open connections are closed. A session may also end at another
 * process, therefore sessions with a signal are read again at an interval.
 */
export class SessionEndings {
  readonly #watched = new Map<string, AbortController>();
  readonly #work: Supervised;

  constructor(private readonly parts: SessionEndingsParts) {
    const { log, observer } = parts;
    const worker = { name: 'session endings', every: SESSION_WATCH_MS, run: () => this.check() };
    this.#work = supervise(worker, { log, observer });
  }

  /** Returns a signal that aborts when the session with this token has ended. */
  signal(token: string): AbortSignal {
    const id = sessionId(token);
    const known = this.#watched.get(id);
    if (known) return known.signal;
    const controller = new AbortController();
    // Every open connection of the session adds a listener, so Node must not warn of many listeners.
    setMaxListeners(0, controller.signal);
    this.#watched.set(id, controller);
    return controller.signal;
  }

  /** Reads the sessions that have a signal again, and aborts the signals of those that have ended. */
  async check(): Promise<void> {
    const ids = [...this.#watched.keys()];
    if (ids.length === 0) return;
    const open = await this.parts.sessions.stillOpen(ids, this.parts.clock());
    for (const id of ids.filter((each) => !open.has(each))) {
      this.#watched.get(id)?.abort();
      this.#watched.delete(id);
    }
  }

  close(): Promise<void> {
    return this.#work.stop();
  }
}
