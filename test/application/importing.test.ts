import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR } from '../../src/access/principals.js';
import { withAppend } from '../../src/app/metrics.js';
import { type CommandOutcome, type CommandRequest, commandHandlers } from '../../src/application/commands.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import type { ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import { type EventStore, EventStoreUnavailable } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { openVault } from '../../src/engine/vault/sqlite.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { readSampleFile, sealed } from '../support/domain.js';
import { removeDirectory, silent, temporaryDirectory } from '../support/server.js';
import { readTextPlan } from '../support/textPlan.js';
import { caughtUp } from '../support/waiting.js';

const ROWS = 1_200;
/** Number of events of the import: PlanDrafted, a section, the rows, and PlanImported. */
const EVENTS = ROWS + 3;

let directory: string;
let events: EventStore;
let vault: Vault;

beforeEach(async () => {
  directory = await temporaryDirectory();
  events = await openSqliteEventStore(join(directory, 'chronicle.db'));
  vault = await openVault(join(directory, 'keys.db'), randomBytes(32));
});
afterEach(async () => {
  await events.close();
  vault.close();
  await removeDirectory(directory);
});

/** Returns a plan that needs more than one append. */
function largePlan(): ImportedPlan {
  const sample = sealed(readTextPlan(readSampleFile()));
  const rows = sample.sections.flatMap((section) => section.activities);
  const activities = Array.from({ length: ROWS }, (_, index) => rows[index % rows.length]).filter(
    (row) => row !== undefined,
  );
  return { ...sample, sections: [{ numberText: '1.', title: 'Раздел', activities }] };
}
const PLAN = largePlan();

function importing(reader = 'text-1'): PlanCommand {
  const source = { fileName: 'plan.txt', sha256: '0'.repeat(64), reader };
  return { type: 'importPlan', plan: PLAN, source, organisationId: null, timeZone: 'Asia/Yekaterinburg' };
}

function give(command: PlanCommand, over: Partial<CommandRequest> = {}, store = events): Promise<CommandOutcome> {
  const given = { expectedRevision: null, reason: null, basis: null, effectiveOn: null, commandId: 'import-1' };
  const request = { ...given, id: 'p1', principal: ADMINISTRATOR, payload: command.type, command: () => command };
  return commandHandlers(store, vault, () => '2020-10-01T06:00:00.000Z').plans.handle({ ...request, ...over });
}

/** Returns a store that fails after this many appends. */
function awayAfter(appends: number): EventStore {
  let left = appends;
  return withAppend(events, async (...append) => {
    left -= 1;
    if (left < 0) throw new EventStoreUnavailable('the power is gone');
    return events.append(...append);
  });
}

async function cutShort(appends: number): Promise<void> {
  await expect(give(importing(), {}, awayAfter(appends))).rejects.toThrow('the power is gone');
}

async function stored(): Promise<string[]> {
  return (await events.readStream('plan-p1')).map(({ type }) => type);
}

describe('an import larger than one append', () => {
  it('goes in pieces, ended by its mark', async () => {
    let pieces = 0;
    const counting = withAppend(events, async (...append) => {
      pieces += 1;
      return events.append(...append);
    });
    expect(await give(importing(), {}, counting)).toMatchObject({ kind: 'done', after: { presence: 'WHOLE' } });
    expect(pieces).toBeGreaterThan(2);
    const types = await stored();
    expect([types.length, types[0], types.at(-1)]).toEqual([EVENTS, 'PlanDrafted', 'PlanImported']);
  });

  it.each([1, 2])(
    'cut short after %i pieces goes on by the same commandId, and nothing is there twice',
    async (pieces) => {
      await cutShort(pieces);
      expect((await stored()).length).toBeLessThan(EVENTS);
      const result = await give(importing());
      expect(result).toMatchObject({ kind: 'done', isRepeat: false, before: { status: 'ABSENT' } });
      expect(result.kind === 'done' && [result.events.length, result.after.activities.size]).toEqual([EVENTS, ROWS]);
      expect(new Set((await events.readStream('plan-p1')).map(({ id }) => id)).size).toBe(EVENTS);
      expect(await give(importing())).toMatchObject({ kind: 'done', isRepeat: true });
      expect(await stored()).toHaveLength(EVENTS);
    },
  );

  it('is nobody else’s: another command is told whose it is, and no command finds a plan', async () => {
    await cutShort(1);
    expect(await give(importing(), { commandId: 'import-2' })).toMatchObject({
      refusal: { code: 'IMPORT_UNFINISHED', params: { commandId: 'import-1' } },
    });
    expect(await give({ type: 'submitPlan', route: [] }, { commandId: null })).toMatchObject({
      refusal: { code: 'PLAN_NOT_FOUND' },
    });
    expect(await give(importing(), { payload: 'other' })).toMatchObject({
      refusal: { code: 'COMMAND_ID_REUSED' },
    });
  });

  it('is given up by the commandId that began it, and may be imported anew by that one or another', async () => {
    await cutShort(1);
    const abandon = (importCommandId: string): PlanCommand => ({ type: 'abandonImport', importCommandId });
    expect(await give(abandon('import-9'), { commandId: 'x-1' })).toMatchObject({
      refusal: { code: 'IMPORT_NOT_FOUND' },
    });
    expect(await give(abandon('import-1'), { commandId: 'x-2' })).toMatchObject({
      kind: 'done',
      after: { presence: 'ABANDONED' },
    });
    expect(await give(abandon('import-1'), { commandId: 'x-3' })).toMatchObject({
      refusal: { code: 'IMPORT_NOT_FOUND' },
    });
    const again = await give(importing(), { commandId: 'import-2' });
    expect(again.kind === 'done' && [again.events.length, again.after.activities.size]).toEqual([EVENTS, ROWS]);
    expect(await give(importing())).toMatchObject({ refusal: { code: 'ALREADY_IMPORTED' } });
  });

  it('begins anew by itself when the file is read otherwise now', async () => {
    await cutShort(1);
    const result = await give(importing('text-2'));
    expect(result).toMatchObject({ kind: 'done', after: { presence: 'WHOLE', imported: { reader: 'text-2' } } });
    expect(await stored()).toContain('PlanImportAbandoned');
  });

  it('given twice at once is imported once', async () => {
    const results = await Promise.all([give(importing()), give(importing())]);
    for (const result of results) expect(result.kind === 'done' && result.after.activities.size).toBe(ROWS);
    expect(await stored()).toHaveLength(EVENTS);
  });

  it('shows nothing before its mark, and everything with it', async () => {
    const store = await openSqliteReadStore(join(directory, 'readmodels.db'));
    const runner = new ProjectionRunner(READ_MODELS, events, store, silent);
    await runner.start();
    const counts = async () => {
      await caughtUp({ runner, events });
      const sizes = COLLECTIONS.map(async (spec) => [spec.name, await store.count(spec, [])] as const);
      return Object.fromEntries(await Promise.all(sizes));
    };
    try {
      await cutShort(2);
      expect(Object.values(await counts()).every((count) => count === 0)).toBe(true);
      await give(importing());
      const found = await counts();
      expect(found).toMatchObject({ plans: 1, activities: ROWS, monitoring: 1, auditTrail: EVENTS, changes: 1 });
      expect(found.controlPoints).toBeGreaterThan(ROWS);
    } finally {
      await runner.stop();
      await store.close();
    }
  });
});
