import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR } from '../../src/access/principals.js';
import { type Letopis, openLetopis } from '../../src/app/compose.js';
import { provideSample } from '../../src/app/sample.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import { fromStore } from '../../src/domain/recorded.js';
import { positionToken } from '../../src/engine/eventstore/position.js';
import { bodyOf } from '../../src/engine/projections/readModel.js';
import { auditTrail } from '../../src/projections/auditTrail.js';
import { monitoring } from '../../src/projections/monitoring.js';
import { readSampleFile, sealed } from '../support/domain.js';
import { removeDirectory, silent, startServer, temporaryDirectory, testConfig } from '../support/server.js';
import { readTextPlan } from '../support/textPlan.js';
import { caughtUp } from '../support/waiting.js';

let directory: string;
let letopis: Letopis | undefined;

beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(async () => {
  await letopis?.close();
  letopis = undefined;
  await removeDirectory(directory);
});

/** Opens the same directory with another time. */
async function at(clock: string): Promise<Letopis> {
  await letopis?.close();
  letopis = await openLetopis(testConfig({ directory, clock }), silent);
  await caughtUp(letopis.services);
  return letopis;
}

async function give({ services }: Letopis, planId: string, command: PlanCommand): Promise<void> {
  const given = { commandId: null, expectedRevision: null, reason: 'Проба', basis: null, effectiveOn: null };
  const principal = ADMINISTRATOR;
  const result = await services.handler.handle({
    ...given,
    id: planId,
    principal,
    payload: null,
    command: () => command,
  });
  expect(result).toMatchObject({ kind: 'done' });
}

/** The sample plan, approved here on the day of the clock. */
async function approvedHere(): Promise<Letopis> {
  const opened = await at('2020-09-01T06:00:00Z');
  const plan = sealed(readTextPlan(readSampleFile()));
  const source = { fileName: 'plan.txt', sha256: '0'.repeat(64), reader: 'text-1' };
  await give(opened, 'p1', { type: 'importPlan', plan, source, organisationId: null, timeZone: 'Asia/Yekaterinburg' });
  await give(opened, 'p1', { type: 'confirmPrintedApproval', date: null, underControlFrom: '2020-09-01' });
  await caughtUp(opened.services);
  return opened;
}

/** Runs the watcher until the read models have the notices. Returns the noticed points with their due days. */
async function told(opened: Letopis): Promise<string[]> {
  await opened.watcher.look();
  await caughtUp(opened.services);
  const { events } = await opened.services.events.readAll({ after: '', filter: { types: ['DeadlineMissed'] } });
  return events
    .map(fromStore)
    .flatMap(({ event }) => (event.type === 'DeadlineMissed' ? [`${event.data.pointId} ${event.data.dueOn}`] : []));
}

describe('the deadline watcher', () => {
  it('gives a notice for each firm point whose day has passed where the plan is, and each one once', async () => {
    await approvedHere();
    expect(await told(await at('2020-09-30T18:59:59Z'))).toEqual(['a7.1 2020-09-21']);
    const after = await at('2020-09-30T19:00:00Z');
    const first = ['a7.1 2020-09-21', 'a3.1 2020-09-30', 'a8.1 2020-09-30'];
    expect((await told(after)).toSorted()).toEqual(first.toSorted());
    expect(await told(after)).toHaveLength(3);
    expect(after.watcher.given).toBe(2);
  });

  it('catches up on what passed while it was down, and gives no notice twice after a restart', async () => {
    await approvedHere();
    const late = await at('2021-01-01T06:00:00Z');
    const notices = await told(late);
    // The nine points that are overdue on that day. The quarter that the plan period cuts is soft.
    expect(notices).toHaveLength(9);
    expect(await told(await at('2021-01-01T07:00:00Z'))).toEqual(notices);
  });

  it('is silent about the past of a plan that was brought under control later', async () => {
    const opened = await at('2021-01-01T06:00:00Z');
    await provideSample(opened);
    await caughtUp(opened.services);
    expect(await told(opened)).toEqual([]);
    expect((await told(await at('2021-02-01T06:00:00Z'))).toSorted()).toEqual(['a1.1 2021-01-31', 'a7.5 2021-01-18']);
  });

  it('gives no second notice when two look at once, or before the read models have seen the first', async () => {
    await approvedHere();
    const late = await at('2020-10-01T06:00:00Z');
    const looks = await Promise.all([late.watcher.look(), late.watcher.look()]);
    await late.watcher.look();
    await caughtUp(late.services);
    expect(looks).toEqual([3, 3]);
    expect(await told(late)).toHaveLength(3);
  });

  it('looks when a server starts, and the subscribers of changes hear of it', async () => {
    const before = await approvedHere();
    const position = before.services.runner.position;
    await letopis?.close();
    letopis = undefined;
    const served = await startServer({ directory, clock: '2020-10-01T06:00:00Z', sample: 'off' });
    try {
      const from = positionToken(before.services.events, position, '');
      const subscribed = served.subscribe(
        'subscription($after: Position, $of: [EventType!]) { changes(resumeAfter: $after, filter: { eventType: $of }) { eventType } }',
        {
          variables: { after: from, of: ['DeadlineMissed'] },
        },
      );
      expect(await subscribed.next()).toMatchObject({ data: { changes: { eventType: 'DeadlineMissed' } } });
      await subscribed.close();
    } finally {
      await served.close();
    }
  });

  it('is the system in the audit trail, and changes no figure', async () => {
    await approvedHere();
    const late = await at('2020-10-01T06:00:00Z');
    const { store, runner } = late.services;
    const page = { filter: [], order: [], limit: 10 } as const;
    const before = await store.find(runner.live(monitoring.spec), page);
    await told(late);
    const after = await store.find(runner.live(monitoring.spec), page);
    expect(after.documents.map(({ body }) => body)).toEqual(before.documents.map(({ body }) => body));
    const entries = await store.find(runner.live(auditTrail.spec), {
      filter: [{ field: 'eventType', op: 'eq', value: 'DeadlineMissed' }],
      order: [],
      limit: 10,
    });
    const bodies = entries.documents.map((document) => bodyOf(auditTrail, document));
    expect(bodies[0]).toMatchObject({ recorded: { actor: { role: 'system' } } });
  });
});
