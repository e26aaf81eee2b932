import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../../src/engine/eventstore/sqlite/store.js';
import { readEverything } from '../../conformance/eventstore.fixture.js';
import { DIST } from '../../support/process.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const APPENDER = join(ROOT, 'test/engine/eventstore/appender.mjs');
const BATCH = 3;

/** Number of acknowledgements after which the appender is killed, in each round. The rounds append to the same file. */
const KILLED_AFTER = [1, 40, 7, 150, 400, 90];

interface Acknowledged {
  readonly stream: string;
  readonly lastRevision: number;
  readonly position: string;
  readonly ids: readonly string[];
}

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-kill-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('a process killed while it appends', () => {
  it('has stored every event it acknowledged, in order, without gaps and without torn appends', async () => {
    const file = join(directory, 'chronicle.sqlite');
    const acknowledged: Acknowledged[] = [];
    for (const [round, count] of KILLED_AFTER.entries()) {
      acknowledged.push(...(await killAfter(count, file, round)));
      const store = await openSqliteEventStore(file);
      const stored = await readEverything(store);
      await store.close();
      expectAcknowledged(stored, acknowledged);
      expectWhole(stored);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLED_AFTER.reduce((sum, count) => sum + count));
  });
});

function expectAcknowledged(stored: readonly StoredEvent[], acknowledged: readonly Acknowledged[]): void {
  const byId = new Map(stored.map((event) => [event.id, event]));
  for (const { stream, lastRevision, position, ids } of acknowledged) {
    const events = ids.map((id) => byId.get(id));
    expect(events.map((event) => event?.revision)).toEqual([lastRevision - 2, lastRevision - 1, lastRevision]);
    expect(events.at(-1)).toMatchObject({ stream, position });
  }
}

function expectWhole(stored: readonly StoredEvent[]): void {
  expect(stored.length % BATCH).toBe(0);
  const revisions = new Map<string, number>();
  for (const [index, { id, stream, revision, position }] of stored.entries()) {
    expect(Number(position)).toBe(index + 1);
    expect(revision).toBe(revisions.get(stream) ?? 0);
    expect(id.endsWith(`/${index % BATCH}`)).toBe(true);
    revisions.set(stream, revision + 1);
  }
}

/** Starts the appender and kills it after a number of acknowledgements. Returns all that it has printed. */
async function killAfter(count: number, file: string, round: number): Promise<Acknowledged[]> {
  const child = spawn(
    process.execPath,
    [APPENDER, new URL('engine/eventstore/sqlite/store.js', DIST).href, file, `${round}`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint += data;
  });
  const exited = once(child, 'exit');
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // The kill may truncate the last line. That append was not acknowledged.
    if (!line.endsWith(']}')) continue;
    acknowledged.push(JSON.parse(line));
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  if (signal !== 'SIGKILL') throw new Error(`the appender ended by itself: ${complaint}`);
  return acknowledged;
}
