import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR } from '../../src/access/principals.js';
import { type CommandHandlers, commandHandlers, importedPlanId } from '../../src/application/commands.js';
import { importIdFor } from '../../src/application/importing.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { openVault } from '../../src/engine/vault/sqlite.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { readSampleFile, sealed } from '../support/domain.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { readTextPlan } from '../support/textPlan.js';

const [OURS, THEIRS] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const SHA256 = 'a'.repeat(64);
const CIRCUMSTANCES = {
  principal: ADMINISTRATOR,
  ...{ payload: {}, commandId: null, expectedRevision: null, reason: 'Приказ', basis: null, effectiveOn: null },
};

let directory: string;
let events: EventStore;
let vault: Vault;
let handlers: CommandHandlers;

beforeAll(async () => {
  directory = await temporaryDirectory();
  events = await openSqliteEventStore(join(directory, 'chronicle.db'));
  vault = await openVault(join(directory, 'keys.db'), randomBytes(32));
  handlers = commandHandlers(events, vault, () => '2020-09-01T09:00:00.000Z');
  for (const id of [OURS, THEIRS]) {
    const command = { name: 'Школа', parentId: null, timeZone: 'Asia/Yekaterinburg', settings: {} };
    await handlers.organisations.handle({
      ...{ ...CIRCUMSTANCES, id },
      command: () => ({ type: 'registerOrganisation', ...command }),
    });
  }
});
afterAll(async () => {
  await events.close();
  vault.close();
  await removeDirectory(directory);
});

const idFor = (organisationId: string | null, scope: ReadonlySet<string> | null = null) =>
  importIdFor({ sha256: SHA256, organisationId, scope }, (id) => handlers.plans.load(id));

async function imported(id: string, organisationId: string): Promise<void> {
  const plan = sealed(readTextPlan(readSampleFile()));
  const source = { fileName: 'план.txt', sha256: SHA256, reader: 'text-1' };
  const result = await handlers.plans.handle({
    ...{ ...CIRCUMSTANCES, id },
    command: () => ({ type: 'importPlan', plan, source, organisationId, timeZone: 'Asia/Yekaterinburg' }),
  });
  expect(result.kind).toBe('done');
}

describe('the id that a document is imported under', () => {
  it('is of the organisation and of the document, and of the document alone where there is no organisation', async () => {
    expect(await idFor(OURS)).toBe(importedPlanId(SHA256, OURS));
    expect(await idFor(null)).toBe(importedPlanId(SHA256));
    expect(new Set([await idFor(OURS), await idFor(THEIRS), await idFor(null)]).size).toBe(3);
  });

  it('is the earlier one for the organisation that imported it by an earlier version, and for no other', async () => {
    await imported(importedPlanId(SHA256), THEIRS);
    expect(await idFor(THEIRS)).toBe(importedPlanId(SHA256));
    expect(await idFor(OURS, new Set([OURS]))).toBe(importedPlanId(SHA256, OURS));
  });

  it('is another one once the plan was moved out of sight', async () => {
    const first = await idFor(OURS);
    await imported(first, OURS);
    expect(await idFor(OURS, new Set([OURS]))).toBe(first);
    const moved = await handlers.plans.handle({
      ...{ ...CIRCUMSTANCES, id: first },
      command: () => ({ type: 'assignPlan', organisationId: THEIRS }),
    });
    expect(moved.kind).toBe('done');
    expect(await idFor(OURS, new Set([OURS]))).toBe(importedPlanId(SHA256, OURS, 2));
    expect(await idFor(OURS)).toBe(first);
  });
});
