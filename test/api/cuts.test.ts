import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt } from '../support/api.js';
import { randomFrom } from '../support/load.js';
import { startProxy, type TcpProxy } from '../support/proxy.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { streamOf } from '../support/sse.js';
import { until } from '../support/waiting.js';

/** Duration of the run in milliseconds: short in every run of the tests, a minute with `npm run cuts`. */
const FOR = Number(process.env.LETOPIS_CUTS_MS ?? 4_000);
const SEED = Number(process.env.LETOPIS_SEED ?? 20_201_001);
const READERS = 6;
const QUERY = 'subscription($after: Position) { told: changes(resumeAfter: $after) { position entryId } }';
const TOLD = z.object({ told: z.object({ position: z.string(), entryId: z.string() }) });

let server: TestServer;
let sample: Sample;
let proxy: TcpProxy;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  proxy = await startProxy(Number(new URL(server.address).port));
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});

/** A reader that reconnects after each cut, and resumes after its last change. */
class ComingAgain {
  readonly told: string[] = [];
  sessions = 0;
  #after: string;

  constructor(
    private readonly address: string,
    after: string,
  ) {
    this.#after = after;
  }

  /** Starts a new session after each failed one, until `isOver` returns true. */
  async read(isOver: () => boolean, session: () => Promise<void>): Promise<void> {
    while (!isOver()) {
      this.sessions += 1;
      await session().catch(() => undefined);
    }
  }

  async bySocket(isOver: () => boolean): Promise<void> {
    const subscribed = apiAt(this.address).subscribe(QUERY, { variables: { after: this.#after } });
    try {
      while (!isOver()) {
        const result = z.object({ data: TOLD }).safeParse(await subscribed.next());
        if (!result.success) return;
        this.#take(result.data.data);
      }
    } finally {
      await subscribed.close().catch(() => undefined);
    }
  }

  async byStream(isOver: () => boolean): Promise<void> {
    const stream = await streamOf(this.address, QUERY, { lastEventId: this.#after });
    try {
      while (!isOver()) {
        const event = await stream.next();
        if (event?.event !== 'next') return;
        this.#take(z.object({ data: TOLD }).parse(JSON.parse(event.data)).data);
      }
    } finally {
      await stream.close();
    }
  }

  #take({ told: { position, entryId } }: z.infer<typeof TOLD>): void {
    this.told.push(entryId);
    this.#after = position;
  }
}

/** All entries after a position, as the feed has them. */
async function polled(from: string): Promise<string[]> {
  const shape = z.object({
    changes: z.object({
      changes: z.array(z.object({ entryId: z.string() })),
      position: z.string(),
      hasMore: z.boolean(),
    }),
  });
  const query =
    'query($after: Position) { changes(after: $after, first: 200) { position hasMore changes { entryId } } }';
  const all: string[] = [];
  for (let after = from; ; ) {
    const { changes } = await server.read(shape, query, { variables: { after } });
    all.push(...changes.changes.map(({ entryId }) => entryId));
    if (!changes.hasMore) return all;
    after = changes.position;
  }
}

describe(`${READERS} readers who are cut off at random for ${FOR} ms (seed ${SEED})`, () => {
  it(
    'are told everything once and in order, by sockets and by streams',
    async () => {
      const random = randomFrom(SEED);
      const at = z.object({ system: z.object({ head: z.string() }) });
      const { head } = (await server.read(at, '{ system { head } }')).system;
      const end = performance.now() + FOR;
      let last: string | undefined;
      let isOver = false;
      const readers = Array.from({ length: READERS }, () => new ComingAgain(`http://127.0.0.1:${proxy.port}`, head));
      const ended = () => isOver;
      const reading = readers.map((reader, index) =>
        reader.read(ended, () => (index % 2 === 0 ? reader.bySocket(ended) : reader.byStream(ended))),
      );
      const activityId = sample.activity(3);
      let turn = 0;
      while (performance.now() < end) {
        // Sometimes one change, sometimes a burst, and sometimes a cut in the middle of it.
        const burst = random() < 0.3 ? 12 : 1;
        for (let count = 0; count < burst; count += 1) {
          turn += 1;
          const { entries } = await (turn % 2 === 1
            ? server.done('completeActivity', { activityId, actualOn: '2020-09-30' })
            : server.done('withdrawCompletion', { activityId, reason: 'Проба' }));
          last = entries.at(-1)?.id;
          if (random() < 0.1) proxy.cut();
        }
      }
      // No more connections are cut, so each reader must receive the last change without reconnecting.
      await until(() => readers.every((reader) => reader.told.at(-1) === last));
      isOver = true;
      // Ends the subscriptions that are still open.
      proxy.set({ kind: 'refuse' });
      await Promise.all(reading);
      const all = await polled(head);
      for (const reader of readers) expect(reader.told).toEqual(all);
      const sessions = readers.reduce((sum, reader) => sum + reader.sessions, 0);
      expect(sessions).toBeGreaterThan(READERS);
      if (process.env.LETOPIS_CUTS_MS) process.stdout.write(`${all.length} changes, ${sessions} sessions\n`);
    },
    60_000 + 2 * FOR,
  );
});
