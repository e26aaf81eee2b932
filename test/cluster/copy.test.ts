import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { copyChronicle } from '../../src/app/operations/copy.js';
import { openKurrentDbEventStore } from '../../src/engine/eventstore/kurrentdb/store.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { parseCheckpoint } from '../../src/engine/log/checkpoint.js';
import { hashesIn, rootOver } from '../../src/engine/log/merkle.js';
import { given, newEvents, readEverything } from '../conformance/eventstore.fixture.js';
import { apiAt, type TestApi } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { describeMongo } from '../support/mongodb/server.js';
import { letopis, serveProcess } from '../support/process.js';
import { importCopies } from '../support/watched.js';
import { type Cluster, startCluster } from './cluster.js';

const TRAIL = z.object({
  auditTrail: z.object({
    edges: z.array(
      z.object({
        cursor: z.string(),
        node: z.object({ eventType: z.string(), actor: z.object({ name: z.string() }) }),
      }),
    ),
  }),
});
const CHANGES = z.object({
  changes: z.object({
    changes: z.array(z.object({ position: z.string(), eventType: z.string() })),
    position: z.string(),
  }),
});

const PAGE = 'edges { cursor node { eventType actor { name } } }';
const trail = async (api: TestApi, after: string | null = null) =>
  (
    await api.read(TRAIL, `query($after: String) { auditTrail(first: 200, after: $after) { ${PAGE} } }`, {
      variables: { after },
    })
  ).auditTrail.edges;
const changes = async (api: TestApi, after: string | null = null) =>
  (
    await api.read(
      CHANGES,
      'query($after: Position) { changes(first: 200, after: $after) { changes { position eventType } position } }',
      { variables: { after } },
    )
  ).changes;

/** The last checkpoint of a server that is not behind its chronicle. */
async function checkpointAt(address: string): Promise<string> {
  const events = z.object({ changes: z.object({ changes: z.array(z.unknown()) }) });
  const { changes: feed } = await apiAt(address).read(events, '{ changes(first: 200) { changes { position } } }');
  for (;;) {
    const note = await (await fetch(`${address}/checkpoint`)).text();
    if (note.startsWith('letopis/') && parseCheckpoint(note).size >= feed.changes.length) return note;
  }
}

describeMongo('a chronicle carried from files to servers and back', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster?.close());

  it('has everything as it was, and tokens and cursors given out before still resolve', async () => {
    const data = join(cluster.directory, 'embedded');
    const embedded = {
      LETOPIS_DATA: data,
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
      LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
    };
    const first = await serveProcess(embedded);
    const api = apiAt(first.address);
    await importCopies(api, 3);
    const before = { trail: await trail(api), changes: await changes(api) };
    expect(before.trail.length).toBeGreaterThan(70);
    const signed = await checkpointAt(first.address);
    await first.stop('SIGTERM');

    const settings = cluster.settings();
    const { LETOPIS_EVENT_STORE: esdb, LETOPIS_READ_STORE: mongodb } = settings;
    const copy = (args: readonly string[]) => letopis(['copy', ...args], settings);
    const there = ['--from', `sqlite:${data}`, '--to', String(esdb), '--keys-to', String(mongodb)];
    const made = await copy(there);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/SHA-256 [0-9a-f]{64}/) });
    const again = await copy(there);
    expect(/SHA-256 \S+/.exec(again.stdout)?.[0]).toBe(/SHA-256 \S+/.exec(made.stdout)?.[0]);
    expect(/уже было (\d+)/.exec(again.stdout)?.[1]).toBe(/событий (\d+)/.exec(made.stdout)?.[1]);

    const master = (await readFile(join(data, 'master.key'), 'utf8')).trim();
    const server = await cluster.serve('api,projections,deadlines', { LETOPIS_MASTER_KEY: master });
    const moved = apiAt(server.address);
    expect((await trail(moved)).map(({ node }) => node)).toEqual(before.trail.map(({ node }) => node));
    for (const index of [0, 20, before.trail.length - 1]) {
      const rest = await trail(moved, before.trail[index]?.cursor ?? '');
      expect(rest.map(({ node }) => node)).toEqual(before.trail.slice(index + 1).map(({ node }) => node));
      const position = before.changes.changes[Math.min(index, before.changes.changes.length - 1)]?.position ?? '';
      const next = (await changes(moved, position)).changes.map(({ eventType }) => eventType);
      const told = before.changes.changes.findIndex((change) => change.position === position);
      expect(next).toEqual(before.changes.changes.slice(told + 1).map(({ eventType }) => eventType));
    }
    const inCluster = await changes(moved);
    await server.stop('SIGTERM');

    const back = join(cluster.directory, 'back');
    const returned = await copy(['--from', String(esdb), '--keys-from', String(mongodb), '--to', `sqlite:${back}`]);
    expect(returned.code).toBe(0);
    expect(/SHA-256 \S+/.exec(returned.stdout)?.[0]).toBe(/SHA-256 \S+/.exec(made.stdout)?.[0]);
    await writeFile(join(back, 'master.key'), master);
    const last = await serveProcess({ ...embedded, LETOPIS_DATA: back, LETOPIS_SAMPLE: 'off' });
    const home = apiAt(last.address);
    expect((await trail(home)).map(({ node }) => node)).toEqual(before.trail.map(({ node }) => node));
    const middle = inCluster.changes[1]?.position ?? '';
    expect((await changes(home, middle)).changes).toHaveLength(inCluster.changes.length - 2);
    await last.stop('SIGTERM');

    // A copy has no anchor, so its log is signed only after an operator has accepted it.
    const owned = { LETOPIS_MASTER_KEY: master };
    const accepted = await letopis(['log', 'accept', '--reason', 'Летопись перенесена'], { ...settings, ...owned });
    expect(accepted).toMatchObject({ code: 0, stdout: expect.stringContaining('NO_ANCHOR') });
    const signing = await cluster.serve('api,projections,deadlines', owned);
    // The log over the same events in the same order has the same hashes, and is signed by the same key.
    const [old, now] = [parseCheckpoint(signed), parseCheckpoint(await checkpointAt(signing.address))];
    const tile = await fetch(`${signing.address}/tile/0/000.p/${now.size}`);
    const leaves = hashesIn(Buffer.from(await tile.arrayBuffer()));
    expect(now.size).toBeGreaterThanOrEqual(old.size);
    expect([now.origin, rootOver(leaves.slice(0, old.size))]).toEqual([old.origin, old.root]);
    await signing.stop('SIGTERM');
  }, 90_000);

  it('goes on where it was cut short, and refuses what is no copy', async () => {
    const directory = join(cluster.directory, randomUUID());
    await mkdir(directory);
    const source = await openSqliteEventStore(join(directory, 'chronicle.db'));
    for (let plan = 0; plan < 40; plan += 1) await given(source, `plan-${plan}`, newEvents(60));
    const namespace = `cut${randomUUID().slice(0, 8)}`;
    const target = await openKurrentDbEventStore(cluster.events.server.url, {
      namespace,
      chronicleId: source.chronicleId,
    });
    try {
      // Left after the first sign of progress, as by Ctrl-C.
      for await (const { phase } of copyChronicle(source, target)) if (phase === 'copied') break;
      const part = await readEverything(target);
      expect(part.length).toBeGreaterThan(0);
      expect(part.length).toBeLessThan(2_400);
      const copying = copyChronicle(source, target);
      let step = await copying.next();
      while (!step.done) step = await copying.next();
      expect(step.value).toMatchObject({ events: 2_400, found: part.length });

      await target.append('plan-new', 'noStream', newEvents(1));
      await expect(
        copyChronicle(source, target)
          .next()
          .then(() => drained()),
      ).rejects.toThrow();
      async function drained(): Promise<void> {
        for await (const _ of copyChronicle(source, target));
      }
    } finally {
      await target.close();
      await source.close();
    }
  }, 60_000);

  it('says what is missing', async () => {
    const settings = cluster.settings();
    const copy = (args: readonly string[]) => letopis(['copy', ...args], settings);
    const esdb = String(settings.LETOPIS_EVENT_STORE);
    const nowhere = join(cluster.directory, 'nowhere');
    expect((await copy(['--from', `sqlite:${nowhere}`, '--to', esdb])).stderr).toContain('--keys-to');
    expect((await copy(['--from', nowhere, '--to', esdb])).stderr).toContain('sqlite:ПАПКА');
    expect((await copy(['--from', `sqlite:${nowhere}`, '--to', esdb, '--no-keys'])).stderr).toContain(
      'в этой папке нет летописи',
    );
  });
});
