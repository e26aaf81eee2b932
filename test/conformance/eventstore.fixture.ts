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

/** Opens the store of a directory: the same one again when called again. */
export type Open = (directory: string) => Promise<EventStore>;

/** What only some engines can do. */
export interface Abilities {
  /** An event id is refused that stands in another stream or at another place; the others store it once more. */
  readonly knowsIdsElsewhere: boolean;
}

/** The store of the running case. */
export interface Fixture {
  readonly directory: string;
  readonly store: EventStore;
  /** Closes the store and opens it anew, as a restart does. */
  reopen(): Promise<EventStore>;
}

/** A fresh store for every case of the surrounding `describe`. */
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

/** Events that nobody has stored yet. */
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

/** Everything in the store, page by page. */
export async function readEverything(store: EventStore, filter: EventFilter = {}, limit = 1_000) {
  const events: StoredEvent[] = [];
  for (let after = START; ; ) {
    const batch = await store.readAll({ after, filter, limit });
    events.push(...batch.events);
    if (batch.caughtUp) return events;
    after = batch.position;
  }
}

/** The first events of a subscription, as many as asked for; it is left then. */
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
