import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { type Letopis, openLetopis } from '../../src/app/compose.js';
import { readConfig } from '../../src/app/config.js';
import { provideSample } from '../../src/app/sample.js';
import type { CommandRequest } from '../../src/application/commands.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import { checkpointOf, type Document } from '../../src/engine/readstore/port.js';
import { COLLECTIONS } from '../../src/projections/readModels.js';
import { caughtUp } from '../support/waiting.js';

const log = pino({ level: 'silent' });
let directory: string;

function open(): Promise<Letopis> {
  return openLetopis(readConfig({ LETOPIS_DATA: directory, LETOPIS_CLOCK: '2020-10-05T09:00:00Z' }), log);
}

async function documents({ services }: Letopis): Promise<ReadonlyMap<string, readonly Document[]>> {
  const all = new Map<string, readonly Document[]>();
  for (const spec of COLLECTIONS) {
    all.set(spec.name, (await services.store.find(spec, { filter: [], order: [], limit: 1_000 })).documents);
  }
  return all;
}

/** Executes commands of many kinds: points and parties are added and removed, and a report is accepted. */
async function liveThrough(letopis: Letopis): Promise<void> {
  await provideSample(letopis);
  const { handler, events } = letopis.services;
  const planId = (await events.readAll({ after: '', limit: 1 })).events[0]?.stream.slice('plan-'.length) ?? '';
  const principal = {
    id: 'director',
    role: 'director',
    post: 'Директор',
    organisation: null,
    scope: null,
    name: 'Филатова Е.Н.',
  } as const;
  const give = async (command: PlanCommand, over: Partial<CommandRequest> = {}) => {
    const basis = { kind: 'withoutDocument' } as const;
    const given = {
      id: planId,
      payload: command,
      command: () => command,
      principal,
      commandId: null,
      expectedRevision: null,
    };
    const result = await handler.handle({ ...given, reason: 'по ходу года', basis, effectiveOn: null, ...over });
    expect(result.kind).toBe('done');
  };
  const schedule = { kind: 'dates', form: 'date', windows: [{ start: '2020-10-12', end: '2020-10-12' }] } as const;
  const party = { name: ['Методист'], kind: 'role', agreement: false, joint: false } as const;
  await give({ type: 'rescheduleActivity', activityId: 'a7', timeframe: { text: '12.10.2020', schedule } });
  await give({ type: 'reassignActivity', activityId: 'a1', responsible: { text: ['Методист'], parties: [party] } });
  await give({ type: 'moveActivity', activityId: 'a2', sectionId: 's3', after: 'a6' });
  await give({ type: 'excludeActivity', activityId: 'a13' });
  await give({
    type: 'completeActivity',
    activityId: 'a3',
    pointId: null,
    actualOn: '2020-09-29',
    count: null,
    note: null,
  });
  const report = { text: 'Сделано', evidence: [], actualOn: '2020-09-29', interim: false } as const;
  await give({ type: 'submitReport', activityId: 'a3', pointIds: [], ...report });
  await give({ type: 'acceptReport', reportId: 'a3.r1' }, { principal: { ...principal, id: 'another' } });
  await caughtUp(letopis.services);
}

describe('read models', () => {
  let live: ReadonlyMap<string, readonly Document[]>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'letopis-rebuild-'));
    const letopis = await open();
    await liveThrough(letopis);
    live = await documents(letopis);
    await letopis.close();
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('hold the plan as it was lived through', () => {
    const count = (name: string) => live.get(name)?.length;
    expect(count('activities')).toBe(13);
    // An activity with twelve points was rescheduled to a single day.
    expect(count('controlPoints')).toBe(29 - 11);
    // An import is one change, whatever the number of its audit entries.
    expect(count('auditTrail')).toBe((count('changes') ?? 0) + 19);
  });

  it('are the same when they are made anew from the chronicle', async () => {
    for (const suffix of ['', '-wal', '-shm']) await rm(join(directory, `readmodels.db${suffix}`), { force: true });
    const letopis = await open();
    await caughtUp(letopis.services);
    expect(await documents(letopis)).toEqual(live);
    await letopis.close();
  });

  it('are the same when every event is applied once more', async () => {
    const first = await open();
    await caughtUp(first.services);
    const { store } = first.services;
    for (const spec of COLLECTIONS) {
      const name = checkpointOf(spec);
      expect(await store.moveCheckpoint(name, await store.checkpoint(name), '')).toBe(true);
    }
    await first.close();
    const again = await open();
    await caughtUp(again.services);
    expect(await documents(again)).toEqual(live);
    await again.close();
  });
});
