import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKurrentDbEventStore } from '../../../src/engine/eventstore/kurrentdb/store.js';
import { type EventStore, EventStoreUnavailable, InvalidAppend, START } from '../../../src/engine/eventstore/port.js';
import { nativePosition, positionToken } from '../../../src/engine/eventstore/position.js';
import { openSqliteEventStore } from '../../../src/engine/eventstore/sqlite/store.js';
import { given, idsOf, newEvents, readEverything, tail } from '../../conformance/eventstore.fixture.js';
import { type StandIn, startStandIn } from '../../support/kurrentdb/server.js';
import { startProxy } from '../../support/proxy.js';

/** Deadlines that no machine is too slow for. */
const PATIENT = { attempt: 20_000, total: 40_000 };
/** Deadlines of the cases that test them. What these cases read is stored with the long deadlines. */
const HASTY = { attempt: 1_500, total: 3_000 };

let server: StandIn;
let cases = 0;
let store: EventStore;

beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server.close());

const opened = (namespace: string, deadlines = PATIENT) =>
  openKurrentDbEventStore(server.url, { namespace, deadlines });

/** Works with the same chronicle under the hasty deadlines. */
async function hastily(work: (hasty: EventStore) => Promise<void>): Promise<void> {
  const hasty = await opened(`case${cases}`, HASTY);
  try {
    await work(hasty);
  } finally {
    await hasty.close();
  }
}

async function inStore(work: () => Promise<void>): Promise<void> {
  cases += 1;
  store = await opened(`case${cases}`);
  try {
    await work();
  } finally {
    await server.set({
      notReady: false,
      stall: false,
      delay: 0,
      cutBefore: 0,
      cutAfter: 0,
      noPositions: false,
      otherPositions: false,
      denied: '',
      silent: false,
      search: 0,
    });
    await store.close();
  }
}

describe('an append whose connection is lost', () => {
  it.each([
    { when: 'before it is stored', fault: { cutBefore: 1 } },
    { when: 'after it is stored, before the answer', fault: { cutAfter: 1 } },
    { when: 'twice before and once after', fault: { cutBefore: 2, cutAfter: 1 } },
  ])('$when is stored once', ({ fault }) =>
    inStore(async () => {
      await given(store, 'plan-1', newEvents(1));
      const events = newEvents(3);
      await server.set(fault);
      expect(await store.append('plan-1', 0, events)).toMatchObject({ firstRevision: 1, lastRevision: 3 });
      expect(idsOf(await store.readStream('plan-1', { from: 1 }))).toEqual(idsOf(events));
      expect(await readEverything(store)).toHaveLength(4);
    }),
  );

  it('takes nothing of others with it', () =>
    inStore(async () => {
      await server.set({ cutAfter: 3 });
      const appended = await Promise.all(
        Array.from({ length: 20 }, (_, index) => store.append(`plan-${index}`, 'noStream', newEvents(2))),
      );
      expect(new Set(appended.map(({ position }) => position)).size).toBe(20);
      expect(await readEverything(store)).toHaveLength(40);
    }));
});

describe('the calls of an append', () => {
  it.each([1, 3])('of %d events are one, once it is known that the answer names the position', (count) =>
    inStore(async () => {
      await given(store, 'plan-1', newEvents(count));
      await server.calls();
      const events = newEvents(count);
      const appended = await store.append('plan-1', count - 1, events);
      expect(await server.calls()).toMatchObject({ append: 1, readStream: 0 });
      expect((await store.eventAt(appended.position))?.id).toBe(events.at(-1)?.id);
    }),
  );

  it.each([1, 3])('of %d events are two where the answer names another position', (count) =>
    inStore(async () => {
      await server.set({ otherPositions: true });
      await given(store, 'plan-1', newEvents(count));
      await server.calls();
      const events = newEvents(count);
      const appended = await store.append('plan-1', count - 1, events);
      expect(await server.calls()).toMatchObject({ append: 1, readStream: 1 });
      expect((await store.eventAt(appended.position))?.id).toBe(events.at(-1)?.id);
    }),
  );

  it.each([{ cutBefore: 1 }, { cutAfter: 1 }])('are more where its connection is lost: %p', (fault) =>
    inStore(async () => {
      await given(store, 'plan-1', newEvents(1));
      await server.set(fault);
      await server.calls();
      await store.append('plan-1', 0, newEvents(1));
      expect(await server.calls()).toMatchObject({ append: 2, readStream: 1 });
    }),
  );

  it('of an event with the id that another process has stored with other content end in a refusal', () =>
    inStore(async () => {
      const other = await opened(`case${cases}`);
      try {
        await given(store, 'plan-1', newEvents(2));
        const [event] = newEvents(1);
        if (!event) throw new Error('an event is needed');
        await other.append('plan-1', 1, [event]);
        const changed = { ...event, body: '{"n":1}' };
        await expect(store.append('plan-1', 1, [changed])).rejects.toThrow(InvalidAppend);
        expect(await store.append('plan-1', 1, [event])).toMatchObject({ firstRevision: 2 });
      } finally {
        await other.close();
      }
    }));
});

describe('a long answer', () => {
  it('is waited for as long as events come', () =>
    inStore(async () => {
      await given(store, 'plan-1', newEvents(20));
      await hastily(async (hasty) => {
        await server.set({ delay: 100 });
        expect(await readEverything(hasty)).toHaveLength(20);
      });
    }));

  it('is waited for as long as the server tells that it searches', () =>
    inStore(async () => {
      const wanted = newEvents(1);
      await given(store, 'org-1', newEvents(15));
      await given(store, 'plan-1', wanted);
      await given(store, 'org-2', newEvents(15));
      await given(store, 'plan-2', newEvents(1));
      await hastily(async (hasty) => {
        await server.set({ search: 80 });
        const { events } = await hasty.readAll({ after: START, filter: { streamPrefixes: ['plan-1'] } });
        expect(idsOf(events)).toEqual(idsOf(wanted));
      });
    }));

  it('comes in parts over a connection that is cut again and again', () =>
    inStore(async () => {
      const wanted = newEvents(900);
      await given(store, 'plan-1', wanted);
      const proxy = await startProxy(server.port);
      const through = await openKurrentDbEventStore(`esdb://127.0.0.1:${proxy.port}?tls=false`, {
        namespace: `case${cases}`,
        deadlines: PATIENT,
      });
      proxy.set({ kind: 'cutAgain', after: 60_000 });
      expect(idsOf(await readEverything(through))).toEqual(idsOf(wanted));
      expect(proxy.cuts).toBeGreaterThan(1);
      await through.close();
      await proxy.close();
    }));

  it('of rare events comes in parts, each with how far was looked', () =>
    inStore(async () => {
      for (let stream = 0; stream < 12; stream += 1) await given(store, `plan-${stream}`, newEvents(1_000));
      const found: string[] = [];
      const parts: string[] = [];
      for (let after = START, caughtUp = false; !caughtUp; ) {
        const batch = await store.readAll({ after, filter: { streamPrefixes: ['plan-'], types: ['Rare'] } });
        found.push(...idsOf(batch.events));
        parts.push(batch.position);
        ({ position: after, caughtUp } = batch);
      }
      expect(found).toEqual([]);
      expect(parts).toHaveLength(2);
      expect(parts.at(-1)).toBe(await store.head());
    }));
});

describe('a server that does not answer', () => {
  it('is waited for while it starts', () =>
    inStore(async () => {
      await server.set({ notReady: true });
      const waiting = store.append('plan-1', 'noStream', newEvents(1));
      const reading = store.readStream('plan-2');
      await server.set({ notReady: false });
      expect(await waiting).toMatchObject({ lastRevision: 0 });
      expect(await reading).toEqual([]);
    }));

  it('is given up within the deadline, with an error that says what to do', () =>
    inStore(async () => {
      await given(store, 'plan-1', newEvents(1));
      await hastily(async (hasty) => {
        await server.set({ stall: true });
        const start = performance.now();
        const asked = await Promise.allSettled([
          hasty.append('plan-1', 0, newEvents(1)),
          hasty.readStream('plan-1'),
          hasty.readAll({ after: START }),
          hasty.head(),
        ]);
        expect(performance.now() - start).toBeLessThan(PATIENT.attempt);
        for (const one of asked) {
          expect(one).toMatchObject({ status: 'rejected', reason: expect.any(EventStoreUnavailable) });
          expect(one).toMatchObject({ reason: { message: expect.stringContaining('check that it runs') } });
        }
      });
    }));

  it('that was killed and comes back is used again, and subscriptions go on without a gap', () =>
    inStore(async () => {
      const events = newEvents(30);
      const tailing = tail(store, 30);
      await given(store, 'plan-1', events.slice(0, 10));
      await server.kill();
      const during = store.append('plan-1', 9, events.slice(10, 20));
      await server.restart();
      expect(await during).toMatchObject({ lastRevision: 19 });
      await store.append('plan-1', 19, events.slice(20));
      expect(idsOf(await tailing)).toEqual(idsOf(events));
    }));
});

describe('a server that refuses, or is called in the wrong way', () => {
  const TLS = fileURLToPath(new URL('../../fixtures/tls', import.meta.url));
  let secure: StandIn;
  beforeAll(async () => {
    secure = await startStandIn(TLS);
  });
  afterAll(() => secure.close());

  const failing = (url: string) => openKurrentDbEventStore(url, { namespace: 'x', deadlines: HASTY });

  it.each([
    ['a wrong password', 'user', /UNAUTHENTICATED.*check the user and the password/],
    ['a user who may not read $all', 'all', /PERMISSION_DENIED.*must be allowed to read \$all.*docs\/cluster\.md/],
  ] as const)('%s: says so, at once', (_, denied, message) =>
    inStore(async () => {
      await server.set({ denied });
      await expect(store.head()).rejects.toThrow(message);
      await expect(store.head()).rejects.not.toThrow(/check that it runs/);
    }),
  );

  it('TLS to a server without, an unknown certificate, a wrong name: each says what to do', async () => {
    await expect(failing(server.url.replace('tls=false', 'tls=true'))).rejects.toThrow(/without TLS: add tls=false/);
    await expect(failing(secure.url)).rejects.toThrow(/certificate of the server is not trusted.*tlsCAFile/);
    await expect(failing('esdb://no-such-host.invalid:2113?tls=false')).rejects.toThrow(/check the host name/);
    await expect(failing(secure.url.replace('tls=true', 'tls=false'))).rejects.toThrow(/with TLS only if it has cert/);
    const trusted = await failing(`${secure.url}&tlsCAFile=${TLS}/cert.pem`);
    await trusted.close();
  }, 60_000);

  it('says how long it was waited in all', () =>
    inStore(() =>
      hastily(async (hasty) => {
        await server.set({ stall: true });
        const error: unknown = await hasty.head().catch((reason: unknown) => reason);
        const waited = Number(/no answer in (\d+) ms/.exec(String(error))?.[1]);
        expect(waited).toBeGreaterThan(HASTY.attempt);
      }),
    ));
});

describe('a subscription', () => {
  it('that fell silent is noticed by the head, and nothing is missed', () =>
    inStore(async () => {
      await given(store, 'plan-1', newEvents(1));
      const events = newEvents(2);
      const { signal } = new AbortController();
      const batches = store.subscribeToAll({ after: await store.head(), signal })[Symbol.asyncIterator]();
      expect((await batches.next()).value).toMatchObject({ events: [], caughtUp: true });
      await server.set({ silent: true });
      await store.append('plan-1', 0, events);
      const next = await batches.next();
      expect(idsOf(next.value?.events ?? [])).toEqual(idsOf(events));
      await batches.return?.();
    }));
});

describe('a chronicle on a server', () => {
  it('is one of several, and sees nothing of the others', () =>
    inStore(async () => {
      const other = await opened('case');
      try {
        await given(other, 'plan-1', newEvents(40));
        expect(await store.head()).toBe(START);
        await given(store, 'plan-1', newEvents(2));
        await other.append('plan-1', 39, newEvents(100));
        expect(await readEverything(store)).toHaveLength(2);
        expect(await readEverything(other)).toHaveLength(140);
        expect(other.chronicleId).not.toBe(store.chronicleId);
        const [foreign] = await other.readStream('plan-1');
        expect(await store.eventAt(foreign?.position ?? '')).toBeUndefined();
      } finally {
        await other.close();
      }
    }));

  it('tells its head however much others have written: before it began, and since', () =>
    inStore(async () => {
      const deadlines = { attempt: 2_000, total: 10_000 };
      await given(store, 'plan-1', newEvents(700));
      const late = await openKurrentDbEventStore(server.url, { namespace: `late${cases}`, deadlines });
      const quiet = await openKurrentDbEventStore(server.url, { namespace: `quiet${cases}`, deadlines });
      try {
        // Reading all events of other writers takes longer than one call may.
        await server.set({ delay: 3 });
        expect(await late.head()).toBe(START);
        await server.set({ delay: 0 });
        await given(store, 'plan-2', newEvents(700));
        await server.set({ delay: 3 });
        expect(await quiet.head()).toBe(START);
      } finally {
        await server.set({ delay: 0 });
        await Promise.all([late.close(), quiet.close()]);
      }
    }));

  it('is begun once by two processes that come at once', async () => {
    const [a, b] = await Promise.all([opened('both'), opened('both')]);
    expect(a.chronicleId).toBe(b.chronicleId);
    await a.close();
    await b.close();
  });

  it('refuses a server that tells no positions of the events of a stream', () =>
    inStore(async () => {
      await server.set({ noPositions: true });
      await expect(store.append('plan-1', 'noStream', newEvents(1))).rejects.toThrow('23.10 or later');
    }));

  it('refuses a body that is no JSON, and keeps one that would not come back as it was', () =>
    inStore(async () => {
      const event = { id: 'an id', type: 'Noted', schemaVersion: 2 };
      await expect(store.append('p', 'noStream', [{ ...event, body: 'ж' }])).rejects.toThrow(InvalidAppend);
      const bodies = ['{"10":1,"9":2}', '{"a": 1}', '1', 'null', '"text"', '[1,2]', '{"a":1}'];
      const events = bodies.map((body, index) => ({ ...event, id: `id ${index}`, body }));
      await store.append('p', 'noStream', events);
      expect((await store.readStream('p')).map(({ body, id }) => [id, body])).toEqual(
        bodies.map((body, index) => [`id ${index}`, body]),
      );
    }));

  it('refuses connection strings that cannot be used', async () => {
    await expect(openKurrentDbEventStore('http://x')).rejects.toThrow('connection string');
    await expect(openKurrentDbEventStore(`${server.url}&throwOnAppendFailure=false`)).rejects.toThrow('switched off');
  });
});

describe('positions told by an engine that the chronicle was copied from', () => {
  it('are found by the marks of the copy', () =>
    inStore(async () => {
      const directory = await mkdtemp(join(tmpdir(), 'letopis-copied-'));
      const source = await openSqliteEventStore(join(directory, 'chronicle.db'));
      const copied = await openKurrentDbEventStore(server.url, {
        namespace: 'copied',
        chronicleId: source.chronicleId,
      });
      try {
        const events = newEvents(25);
        await given(source, 'plan-1', events);
        await given(copied, 'plan-1', events);
        const [from, to] = [await readEverything(source), await readEverything(copied)];
        for (const index of [9, 19]) {
          await copied.markCopied(source.engine, from[index]?.position ?? '', to[index]?.position ?? '');
        }
        for (const [index, { position, id }] of from.entries()) {
          const token = positionToken(source, position, id);
          expect(await nativePosition(copied, token)).toBe(to[index]?.position);
        }
        const last = from.at(-1);
        const lie = positionToken(source, last?.position ?? '', from[0]?.id);
        await expect(nativePosition(copied, lie)).rejects.toThrow('another chronicle');
        await expect(
          openKurrentDbEventStore(server.url, { namespace: 'copied', chronicleId: 'other' }),
        ).rejects.toThrow('another chronicle');
      } finally {
        await copied.close();
        await source.close();
        await rm(directory, { recursive: true });
      }
    }));
});
