import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, NativePosition } from '../../src/engine/eventstore/port.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { checkpointOf, type Document, type ReadStore } from '../../src/engine/readstore/port.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { allDocuments, type Chronicle, liveThrough, openChronicle } from '../support/chronicle.js';
import { overridden } from '../support/readModels.js';
import { removeDirectory, silent, temporaryDirectory } from '../support/server.js';
import { caughtUp, PATIENCE_MS, until } from '../support/waiting.js';

const NEVER = new AbortController().signal;

let directory: string;
let chronicle: Chronicle;
let stores: ReadStore[] = [];
let runners: ProjectionRunner[] = [];

beforeEach(async () => {
  directory = await temporaryDirectory();
  chronicle = await openChronicle(directory);
});
afterEach(async () => {
  for (const runner of runners) await runner.stop();
  for (const store of stores) await store.close();
  [runners, stores] = [[], []];
  await chronicle.close();
  await removeDirectory(directory);
});

async function openStore(file: string): Promise<ReadStore> {
  const store = await openSqliteReadStore(join(directory, file));
  stores.push(store);
  return store;
}

async function follow(store: ReadStore, events: EventStore = chronicle.events): Promise<ProjectionRunner> {
  const runner = new ProjectionRunner(READ_MODELS, events, store, silent);
  runners.push(runner);
  await runner.start();
  return runner;
}

/** Waits until a runner has everything, and stops it. */
async function finish(runner: ProjectionRunner): Promise<void> {
  await caughtUp({ runner, events: chronicle.events });
  await runner.stop();
}

/** Read models that have existed since the first event and received each command before the next one. */
async function live(file: string): Promise<{ store: ReadStore; documents: Record<string, readonly Document[]> }> {
  const store = await openStore(file);
  const runner = await follow(store);
  const told = () => caughtUp({ runner, events: chronicle.events });
  for (const copy of [1, 2]) {
    const planId = await chronicle.plan(copy);
    await told();
    await liveThrough({ ...chronicle, give: (...command) => chronicle.give(...command).then(told) }, planId);
  }
  await finish(runner);
  return { store, documents: await allDocuments(store) };
}

/** Returns the event store. It adds the start position of each subscription to `after`. */
function overheard(after: NativePosition[]): EventStore {
  const { events } = chronicle;
  return new Proxy(events, {
    get(target, name) {
      if (name === 'subscribeToAll') {
        return (options: Parameters<EventStore['subscribeToAll']>[0]) => {
          after.push(options.after);
          return target.subscribeToAll(options);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('read models', () => {
  it('are all there: plans, activities, points, figures, parties, audit trail and changes', async () => {
    const { documents } = await live('live.db');
    const sizes = Object.entries(documents).map(([name, list]) => [name, list.length]);
    const events = (await chronicle.events.readAll({ after: '' })).events.length;
    expect(Object.fromEntries(sizes)).toEqual({
      plans: 2,
      activities: 26,
      controlPoints: 58,
      monitoring: 2,
      editions: 12,
      organisations: 0,
      organisationReports: 0,
      holders: 0,
      parties: 14,
      auditTrail: events,
      // An import is one change, by its mark. The 19 events before it are only in the audit trail.
      changes: events - 2 * 19,
    });
  });

  it('that are built again are those that followed live', async () => {
    const { documents } = await live('live.db');
    const again = await openStore('again.db');
    await finish(await follow(again));
    expect(await allDocuments(again)).toEqual(documents);
  });

  it('stay as they are when all batches come twice', async () => {
    const { store, documents } = await live('live.db');
    const head = await chronicle.events.head();
    for (const spec of COLLECTIONS) {
      expect(await store.moveCheckpoint(checkpointOf(spec), head, '')).toBe(true);
    }
    await finish(await follow(store));
    expect(await allDocuments(store)).toEqual(documents);
  });

  it('stay as they are when one of them is behind the others', async () => {
    const { store, documents } = await live('live.db');
    const [spec] = COLLECTIONS;
    if (!spec) throw new Error('there are collections');
    await store.clear(spec);
    await finish(await follow(store));
    expect(await allDocuments(store)).toEqual(documents);
  });
});

describe('the runner', () => {
  it('goes on at its checkpoint when it starts again', async () => {
    const store = await openStore('live.db');
    const after: NativePosition[] = [];
    await chronicle.plan(1);
    await finish(await follow(store, overheard(after)));
    const head = await chronicle.events.head();
    // Empty read models are filled plan by plan, and followed from there on.
    expect(after).toEqual([head]);
    await chronicle.plan(2);
    const again = await follow(store, overheard(after));
    expect(again.position).toBe(head);
    await finish(again);
    expect(after).toEqual([head, head]);
    expect((await allDocuments(store)).plans).toHaveLength(2);
  });

  it('tells who waits once the documents are there, and lets go of who waits too long or when it stops', async () => {
    const store = await openStore('live.db');
    const runner = await follow(store);
    const beyond = '9999999999999999';
    expect(await runner.waitFor(beyond, 1)).toBe(false);
    const past = runner.waitPast('', AbortSignal.timeout(PATIENCE_MS));
    await chronicle.plan(1);
    expect(await past).toBe(true);
    const waiting = runner.waitFor(beyond, PATIENCE_MS);
    await runner.stop();
    expect(await waiting).toBe(false);
  });

  it('does a batch again that failed in the middle', async () => {
    const store = await openStore('live.db');
    const failures = new Set(['activities', 'auditTrail']);
    const failing = new Proxy(store, {
      get(target, name) {
        if (name === 'write') {
          return async (...[spec, writes]: Parameters<ReadStore['write']>) => {
            if (failures.delete(spec.name)) throw new Error('the disk is away');
            return target.write(spec, writes);
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const runner = await follow(failing);
    await liveThrough(chronicle, await chronicle.plan(1));
    await finish(runner);
    expect(failures.size).toBe(0);
    const sound = await openStore('sound.db');
    await finish(await follow(sound));
    expect(await allDocuments(store)).toEqual(await allDocuments(sound));
  });

  it('waits without a failure when its leases end while it reads the checkpoints', async () => {
    await liveThrough(chronicle, await chronicle.plan(1));
    const store = await openStore('live.db');
    const states: string[] = [];
    let [isHeld, failures] = [true, 0];
    const losing = overridden(store, {
      standing: (specs) => {
        // The start of the runner reads them too, before the worker runs.
        isHeld = !states.includes('RUNNING');
        return store.standing(specs);
      },
    });
    const share = { isShared: false, takesPart: true, parts: [], holds: () => isHeld, term: () => NEVER };
    const observer = {
      passed: () => undefined,
      failed: () => {
        failures += 1;
      },
      workerChanged: (_: string, state: string) => states.push(state),
    };
    const runner = new ProjectionRunner(READ_MODELS, chronicle.events, losing, silent, observer, share);
    runners.push(runner);
    await runner.start();
    await until(() => states.includes('RUNNING') && states.at(-1) !== 'RUNNING');
    expect(failures).toBe(0);
    expect(isHeld).toBe(false);
  });
});
