import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM } from '../../src/access/principals.js';
import { type Letopis, openLetopis } from '../../src/app/compose.js';
import { showWritten } from '../../src/app/operations/shown.js';
import { provideSample } from '../../src/app/sample.js';
import { Context } from '../../src/graphql/context.js';
import { Deadline } from '../../src/graphql/executor/deadline.js';
import { turns } from '../../src/graphql/executor/turns.js';
import { readingParts } from '../../src/graphql/http/reading.js';
import type { RequestShare } from '../../src/graphql/limits/budget.js';
import { figuresGroups } from '../../src/graphql/monitoring/groups.js';
import { selected } from '../../src/graphql/monitoring/selection.js';
import type { ClientConnection } from '../../src/graphql/request/who.js';
import { openPast } from '../../src/graphql/scope/past.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';

let directory: string;
let letopis: Letopis;

beforeAll(async () => {
  directory = await temporaryDirectory();
  letopis = await openLetopis(testConfig({ directory }), silent, { following: false });
});

afterAll(async () => {
  await letopis?.close();
  await removeDirectory(directory);
});

/** Returns the context of a query with a time limit, whose client may have disconnected. */
function contextOf(
  milliseconds: number,
  client?: ClientConnection,
  share?: RequestShare,
  { services }: Letopis = letopis,
): Context {
  const { lists } = readingParts(services);
  const caller = { principal: SYSTEM, ended: new AbortController().signal };
  const deadline = new Deadline(milliseconds);
  const task = turns.newTask('a');
  return new Context(services, caller, 'ru', {
    ...{ task, way: 'query', deadline, share, lists, client, named: new Set() },
  });
}

describe('what a request has opened', () => {
  it('is closed when the request ends, also what was still opening then', async () => {
    const context = contextOf(60_000);
    const closed: string[] = [];
    const closing = (name: string) => async () => void closed.push(name);
    await context.pasts.atEnd(closing('early'));
    expect(closed).toEqual([]);
    await context.end();
    expect(closed).toEqual(['early']);
    await context.pasts.atEnd(closing('late'));
    await context.end();
    expect(closed).toEqual(['early', 'late']);
  });
});

describe('a past state', () => {
  it('counts for its request while its events are folded, and waits until the request may hold more', async () => {
    await provideSample(letopis);
    const { events: stored } = await letopis.services.events.readAll({ after: '', limit: 10 });
    const planId = stored.find(({ stream }) => stream.startsWith('plan-'))?.stream.slice('plan-'.length) ?? '';
    let held = 0;
    const heldAtWaits: number[] = [];
    const context = contextOf(60_000, undefined, {
      holdRows: (count) => {
        held += count;
      },
      dropRows: () => undefined,
      room: () => void heldAtWaits.push(held),
    });
    const revision = 20;
    await openPast(context, planId, { kind: 'revision', revision });
    await context.end();
    const events = revision + 1;
    expect(held).toBeGreaterThanOrEqual(events);
    // The loading waits also in the middle, not only before and after.
    expect(heldAtWaits.filter((rows) => rows > 0 && rows < held).length).toBeGreaterThan(1);
  });
});

describe('figures of a request', () => {
  let followed: Letopis;
  let data: string;
  beforeAll(async () => {
    data = await temporaryDirectory();
    followed = await openLetopis(testConfig({ directory: data }), silent, {});
    await provideSample(followed);
    await showWritten(followed.services);
  });
  afterAll(async () => {
    await followed?.close();
    await removeDirectory(data);
  });

  it.each(['SECTION', 'ACCOUNTABLE', 'PLAN'] as const)('count for it by %s, group by group', async (groupBy) => {
    let held = 0;
    const heldAtWaits: number[] = [];
    const share: RequestShare = {
      holdRows: (count) => {
        held += count;
      },
      dropRows: () => undefined,
      room: () => void heldAtWaits.push(held),
    };
    const context = contextOf(60_000, undefined, share, followed);
    const selection = await selected(context, null, null, null);
    const before = held;
    const groups = await figuresGroups(context, selection, groupBy);
    expect(groups.length).toBeGreaterThan(0);
    expect(held - before).toBeGreaterThanOrEqual(groups.length);
    // It waits for room when the last groups are counted.
    expect(heldAtWaits.at(-1)).toBe(held);
    await context.end();
  });
});

describe('long work of a request', () => {
  it('goes on while its time lasts', async () => {
    await expect(contextOf(60_000).turn()).resolves.toBeUndefined();
  });

  // An error without a code would be logged as a failure of the server.
  it.each([
    ['its time is over', () => contextOf(0)],
    ['its client has left', () => contextOf(60_000, { isGone: true, gone: () => AbortSignal.abort() })],
  ])('ends when %s, with an error that is none of the server', async (_, context) => {
    await expect(context().turn()).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
  });
});
