import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import {
  type EventFilter,
  type EventStore,
  type NewEvent,
  START,
  type StoredEvent,
} from '../../src/engine/eventstore/port.js';

/** Opens the store of a directory. A second call for the same directory opens the same store. */
export type Open = (directory: string) => Promise<EventStore>;

/** Abilities that only some engines have. */
export interface Abilities {
  /**
   * True when the store refuses an event id that is stored in another stream or at another place. Other stores store it
   * again.
   */
  readonly knowsIdsElsewhere: boolean;
}

/** The store of the running case. */
export interface Fixture {
  readonly directory: string;
  readonly store: EventStore;
  /** Closes and opens the store again, as a restart does. */
  reopen(): Promise<EventStore>;
}

/** Provides a new store for every case of the surrounding `describe`. */
export function freshStore(open: Open): Fixture {
  let current: { directory: string; store: EventStore } | undefined;
  const now = () => {
    if (!current) throw new Error('there is a store inside of a case only');
    return current;
  };
  beforeEach(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'letopis-eventstore-'));
    current = { directory, store: await open(directory) };
  });
  afterEach(async () => {
    const { directory, store } = now();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    get directory() {
      return now().directory;
    },
    get store() {
      return now().store;
    },
    async reopen() {
      const { directory, store } = now();
      await store.close();
      current = { directory, store: await open(directory) };
      return current.store;
    },
  };
}

/** Returns events with new ids. */
export function newEvents(count: number, type = 'Noted'): NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type,
    schemaVersion: 1,
    body: `{"n":${index}}`,
  }));
}

/** Appends to a stream that does not exist yet. */
export async function given(store: EventStore, stream: string, events: readonly NewEvent[]): Promise<void> {
  const size = store.limits.maxAppendEvents;
  for (let done = 0; done < events.length; done += size) {
    await store.append(stream, done === 0 ? 'noStream' : done - 1, events.slice(done, done + size));
  }
}

/** Returns all events of the store, read page by page. */
export async function readEverything(store: EventStore, filter: EventFilter = {}, limit = 1_000) {
  const events: StoredEvent[] = [];
  for (let after = START; ; ) {
    const batch = await store.readAll({ after, filter, limit });
    events.push(...batch.events);
    if (batch.caughtUp) return events;
    after = batch.position;
  }
}

/** Returns the first events of a subscription, then ends it. */
export async function tail(
  store: EventStore,
  count: number,
  options: { after?: string; filter?: EventFilter; handle?: (event: StoredEvent) => Promise<void> } = {},
): Promise<StoredEvent[]> {
  const { after = START, filter = {}, handle } = options;
  const events: StoredEvent[] = [];
  const { signal } = new AbortController();
  for await (const batch of store.subscribeToAll({ after, filter, signal })) {
    for (const event of batch.events) {
      await handle?.(event);
      events.push(event);
    }
    if (events.length >= count) break;
  }
  return events;
}

/** The ids of events, in order. */
export function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id);
}
