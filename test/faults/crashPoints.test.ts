import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import type { EventStore, NewEvent } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { rebuild } from '../../src/engine/projections/rebuild.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { partyIdOf } from '../../src/projections/model.js';
import { partyRowId } from '../../src/projections/parties.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { newEvents, readEverything } from '../conformance/eventstore.fixture.js';
import { DIRECTOR, ON_AN_ORDINARY_DAY, party } from '../support/domain.js';
import { type Append, IN_DRAFT, played, type Step, stored, UNDER_WAY } from '../support/histories.js';
import { type Documents, documentsOf, tablesOf } from '../support/readModels.js';
import { removeDirectory, silent, temporaryDirectory } from '../support/server.js';
import { caughtUp } from '../support/waiting.js';
import { crashBeforeEach, type Ended } from './crashes.js';

let home: string;

beforeAll(async () => {
  home = await temporaryDirectory();
});
afterAll(() => removeDirectory(home));

/** A directory to be copied for each crash. */
async function template(name: string): Promise<string> {
  const directory = join(home, name);
  await mkdir(directory);
  return directory;
}

function openEvents(directory: string): Promise<EventStore> {
  return openSqliteEventStore(join(directory, 'chronicle.db'));
}

/** Returns the steps from the first one with this name. Earlier steps change nothing. */
function from(name: string) {
  return (steps: readonly string[]) => [...steps.keys()].slice(steps.indexOf(name));
}

/** Returns events whose bodies contain their stream and id, because the store checks its events after a crash. */
function named(stream: string, events: readonly NewEvent[]): NewEvent[] {
  return events.map((event) => {
    const { id, type, schemaVersion } = event;
    return { ...event, body: JSON.stringify({ event: { type, data: {} }, id, schemaVersion, stream }) };
  });
}

function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id);
}

describe('a crash between two statements of an append', () => {
  const begun: Append = { stream: 'plan-1', firstRevision: 0, events: named('plan-1', newEvents(2)) };
  const [first, second, third, fourth] = [
    named('plan-1', newEvents(2)),
    named('plan-2', newEvents(2, 'Begun')),
    named('plan-2', newEvents(1, 'Changed')),
    named('plan-3', newEvents(1)),
  ];
  const groups = [
    [
      { stream: 'plan-1', expected: 1, events: first },
      { stream: 'plan-2', expected: 'noStream', events: second },
    ],
    [
      { stream: 'plan-2', expected: 1, events: third },
      { stream: 'plan-3', expected: 5, events: newEvents(2) },
      { stream: 'plan-3', expected: 'noStream', events: fourth },
    ],
  ] as const;
  const job = { work: 'append', groups } as const;

  /** Checks that no event is doubled, torn or missing, and that acknowledged events are at their positions. */
  async function expectWhole(store: EventStore, before: readonly NewEvent[], { acknowledged }: Ended): Promise<void> {
    const found = await readEverything(store);
    expect(found.map(({ position }) => Number(position))).toEqual(found.map((_, index) => index + 1));
    for (const stream of new Set(found.map((event) => event.stream))) {
      const revisions = found.filter((event) => event.stream === stream).map(({ revision }) => revision);
      expect(revisions).toEqual([...revisions.keys()]);
    }
    const [none, one, two] = [before, [...first, ...second], [...third, ...fourth]];
    const ids = idsOf(found);
    expect([idsOf(none), idsOf([...none, ...one]), idsOf([...none, ...one, ...two])]).toContainEqual(ids);
    for (const { ids: those, position } of acknowledged) {
      expect(ids).toEqual(expect.arrayContaining([...those]));
      expect(found.find((event) => event.id === those.at(-1))).toMatchObject({ position });
    }
  }

  /** Checks that a client without an acknowledgement can repeat the append, and that the events are stored once. */
  async function expectRepeatable(store: EventStore, before: readonly NewEvent[]): Promise<void> {
    const sensible = groups.flat().filter(({ expected }) => expected !== 5);
    for (const { stream, expected, events } of sensible) await store.append(stream, expected, events);
    const all = [...before, ...first, ...second, ...third, ...fourth];
    expect(idsOf(await readEverything(store))).toEqual(idsOf(all));
  }

  it('leaves whole appends alone, and all that were acknowledged', async () => {
    const directory = await template('appends');
    const prepared = await openEvents(directory);
    await stored([begun], prepared);
    await prepared.close();
    const look = async (copy: string, ended: Ended) => {
      const store = await openEvents(copy);
      await expectWhole(store, begun.events, ended);
      await expectRepeatable(store, begun.events);
      await store.close();
    };
    const steps = await crashBeforeEach({ template: directory, job }, look, from('SAVEPOINT append'));
    expect(steps.filter((step) => step === 'COMMIT')).toHaveLength(3);
    expect(steps).toContain('ROLLBACK TO append');
  });

  it('leaves a chronicle that can be opened when it was just being made', async () => {
    const untilThere = (steps: readonly string[]) => [...steps.keys()].slice(0, steps.indexOf('SAVEPOINT append'));
    const fresh = { ...job, groups: [[groups[0][1]]] };
    const directory = await template('nothing');
    const look = async (copy: string) => {
      const store = await openEvents(copy);
      expect(await readEverything(store)).toEqual([]);
      await store.append('plan-2', 'noStream', second);
      await store.close();
    };
    const steps = await crashBeforeEach({ template: directory, job: fresh }, look, untilThere);
    expect(untilThere(steps).length).toBeGreaterThan(5);
  });
});

/** The content of the read models before the crash, and the events that are being projected. */
const BEFORE: readonly Step[] = [{ kind: 'import', size: 3, reader: 'text-1', now: ON_AN_ORDINARY_DAY.now }];
const ON_ITS_WAY: readonly Step[] = [
  byDirector(UNDER_WAY, { type: 'reassignActivity', activityId: 'a1', responsible: party('Форум') }),
  byDirector(UNDER_WAY, { type: 'excludeActivity', activityId: 'a2' }),
  { kind: 'import', size: 100, reader: 'text-1', now: ON_AN_ORDINARY_DAY.now },
  byDirector(IN_DRAFT, { type: 'removeActivity', activityId: 'a2' }),
];

function byDirector(planId: typeof UNDER_WAY | typeof IN_DRAFT, command: PlanCommand): Step {
  const basis = { kind: 'withoutDocument' } as const;
  return {
    kind: 'command',
    planId,
    command,
    given: { ...ON_AN_ORDINARY_DAY, actor: DIRECTOR, reason: 'Приказ', basis },
  };
}

/** The row of a party that plan names. */
const BROKEN_ROW = partyRowId(partyIdOf({ name: ['центр'], kind: 'org', agreement: false, joint: false }), UNDER_WAY);

describe('a crash between two steps of the read models', () => {
  let behind: string;
  let upToDate: string;
  let expected: { readonly documents: Documents; readonly tables: Awaited<ReturnType<typeof tablesOf>> };

  beforeAll(async () => {
    behind = await template('behind');
    upToDate = await template('up-to-date');
    const all = played([...BEFORE, ...ON_ITS_WAY]);
    const before = played(BEFORE);
    await withReadModels(behind, async ({ events, runner }) => {
      await stored(before, events);
      await caughtUp({ runner, events });
      await runner.stop();
      await stored(all.slice(before.length), events);
    });
    await withReadModels(upToDate, async ({ events, runner, store }) => {
      await stored(all, events);
      await caughtUp({ runner, events });
      expected = { documents: await documentsOf(runner, store), tables: await tables(upToDate) };
    });
  });

  async function withReadModels(
    directory: string,
    work: (parts: { events: EventStore; store: ReadStore; runner: ProjectionRunner }) => Promise<void>,
  ): Promise<void> {
    const events = await openEvents(directory);
    const store = await openSqliteReadStore(join(directory, 'readmodels.db'));
    const runner = new ProjectionRunner(READ_MODELS, events, store, silent);
    await runner.start();
    await work({ events, store, runner });
    await runner.stop();
    await store.close();
    await events.close();
  }

  function tables(directory: string) {
    return tablesOf(join(directory, 'readmodels.db'));
  }

  it('is made good by the next start: they are as if they were made anew', async () => {
    const look = async (directory: string) => {
      await withReadModels(directory, async ({ events, store, runner }) => {
        await caughtUp({ runner, events });
        expect(await documentsOf(runner, store)).toEqual(expected.documents);
        expect(await tables(directory)).toEqual(expected.tables);
      });
    };
    const job = { work: 'project' } as const;
    const steps = await crashBeforeEach({ template: behind, job }, look, from('load plans'));
    const count = (method: string) => steps.filter((step) => step.startsWith(`${method} `)).length;
    expect([count('write'), count('moveCheckpoint')]).toEqual([8, COLLECTIONS.length]);
  });

  it('forgets no document whose view threw: it is in the quarantine, or whole', async () => {
    const job = { work: 'project', broken: { documentId: BROKEN_ROW, planId: UNDER_WAY } } as const;
    const look = async (directory: string) => {
      await withReadModels(directory, async ({ events, store, runner }) => {
        await caughtUp({ runner, events });
        expect((await runner.retry()).left).toBe(0);
        expect(await documentsOf(runner, store)).toEqual(expected.documents);
      });
    };
    const steps = await crashBeforeEach({ template: behind, job }, look, from('write parties'));
    expect(steps).toContain('write quarantine');
  });

  it('of a rebuild leaves old ones or new ones that answer at once, and the next rebuild tidies up', async () => {
    const job = { work: 'rebuild', names: ['activities', 'parties'] } as const;
    const look = async (directory: string) => {
      await withReadModels(directory, async ({ events, store, runner }) => {
        expect(await documentsOf(runner, store)).toEqual(expected.documents);
        await caughtUp({ runner, events });
        for await (const _ of rebuild(events, store, runner, job.names));
        expect(await documentsOf(runner, store)).toEqual(expected.documents);
        const found = await tables(directory);
        expect(Object.keys(found)).toHaveLength(Object.keys(expected.tables).length);
        expect(found.checkpoint).toHaveLength(expected.tables.checkpoint?.length ?? 0);
      });
    };
    const steps = await crashBeforeEach({ template: upToDate, job }, look, from('clear activities'));
    expect(steps).toContain('switchBuilds activities,parties');
  });
});
