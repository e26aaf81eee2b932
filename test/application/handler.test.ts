import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/access/principal.js';
import {
  type CommandHandler,
  type CommandOutcome,
  type CommandRequest,
  commandHandlers,
  newPlanId,
} from '../../src/application/commands.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { openVault } from '../../src/engine/vault/sqlite.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { DRAFT_PLAN, NO_CIRCUMSTANCES } from '../support/commands.js';

const METHODOLOGIST: Principal = {
  id: 'key-1',
  role: 'methodologist',
  post: 'Методист',
  organisation: 'МБУДО «ЦВР»',
  scope: null,
  name: 'Иванова А.А.',
};
const SYSTEM: Principal = { ...METHODOLOGIST, id: 'system', role: 'system', post: null };
const PLAN = newPlanId(METHODOLOGIST, 'begin');

let directory: string;
let store: EventStore;
let vault: Vault;
let now: string;
let handler: CommandHandler;
const masterKey = randomBytes(32);

async function open() {
  store = await openSqliteEventStore(join(directory, 'chronicle.db'));
  vault = await openVault(join(directory, 'keys.db'), masterKey);
  handler = commandHandlers(store, vault, () => now).plans;
}

async function close() {
  await store.close();
  vault.close();
}

function give(command: PlanCommand, over: Partial<CommandRequest> = {}): Promise<CommandOutcome> {
  const request = { id: PLAN, payload: command, command: () => command, principal: METHODOLOGIST };
  return handler.handle({ ...NO_CIRCUMSTANCES, ...request, ...over });
}

function addSection(title: string): PlanCommand {
  return { type: 'addSection', title, numberText: '', after: null };
}

function codeOf(result: CommandOutcome): string {
  return result.kind === 'refused' ? result.refusal.code : 'done';
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-handler-'));
  now = '2020-09-01T09:00:00.000Z';
  await open();
  await give(DRAFT_PLAN, { commandId: 'begin' });
});

afterEach(async () => {
  await close();
  await rm(directory, { recursive: true });
});

describe('commands on one plan at once', () => {
  it('are each decided on what the others left, and none is lost', async () => {
    const titles = Array.from({ length: 12 }, (_, n) => `Раздел ${n}`);
    // Two handlers act as two processes: they do not share cached folds.
    const other = commandHandlers(store, vault, () => now).plans;
    const mine = handler;
    const results = await Promise.all(
      titles.map((title, n) => {
        handler = n % 2 === 0 ? mine : other;
        return give(addSection(title));
      }),
    );
    expect(results.map(codeOf)).toEqual(titles.map(() => 'done'));
    const events = await store.readStream(`plan-${PLAN}`);
    expect(events.map(({ revision }) => revision)).toEqual([...events.keys()]);
    const ids = events.slice(1).map(({ body }) => /"sectionId":"(s\d+)"/.exec(body)?.[1]);
    expect(new Set(ids).size).toBe(titles.length);
  });
});

describe('a command that is repeated', () => {
  it('gives the first result again and appends nothing, also after a restart', async () => {
    const first = await give(addSection('Раздел'), { commandId: 'c-1' });
    await give(addSection('Другой'));
    const again = await give(addSection('Раздел'), { commandId: 'c-1' });
    await close();
    await open();
    const later = await give(addSection('Раздел'), { commandId: 'c-1' });
    const ids = (result: CommandOutcome) => (result.kind === 'done' ? result.events.map(({ id }) => id) : []);
    expect(ids(first)).toHaveLength(1);
    expect([ids(again), ids(later)]).toEqual([ids(first), ids(first)]);
    const others = (result: CommandOutcome) =>
      result.kind === 'done' ? result.later.map(({ revision }) => revision) : [];
    expect([others(first), others(again), others(later)]).toEqual([[], [2], [2]]);
    expect(await store.readStream(`plan-${PLAN}`)).toHaveLength(3);
  });

  it('is refused with another payload or another reason', async () => {
    await give(addSection('Раздел'), { commandId: 'c-1' });
    expect(codeOf(await give(addSection('Иной'), { commandId: 'c-1' }))).toBe('COMMAND_ID_REUSED');
    const reasoned = give(addSection('Раздел'), { commandId: 'c-1', reason: 'иначе' });
    expect(codeOf(await reasoned)).toBe('COMMAND_ID_REUSED');
  });

  it('stored twice at once is one', async () => {
    const results = await Promise.all([1, 2, 3].map(() => give(addSection('Раздел'), { commandId: 'c-1' })));
    expect(results.map(codeOf)).toEqual(['done', 'done', 'done']);
    expect(await store.readStream(`plan-${PLAN}`)).toHaveLength(2);
  });
});

describe('a pinned revision', () => {
  it('refuses when a person changed the plan since, and says what and who', async () => {
    await give(addSection('Раздел'));
    const result = await give(addSection('Поздний'), { expectedRevision: 0 });
    expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'PLAN_CHANGED', field: 'expectedRevision' } });
    expect(JSON.stringify(result)).toContain('SectionAdded (Методист');
  });

  it('is one that there is', async () => {
    await give(addSection('Раздел'));
    const result = await give(addSection('Будущий'), { expectedRevision: 99 });
    expect(result).toMatchObject({
      kind: 'refused',
      refusal: { code: 'REVISION_UNKNOWN', field: 'expectedRevision', params: { revision: 1 } },
    });
  });

  it('does not mind what the system wrote', async () => {
    await give(addSection('Системный'), { principal: SYSTEM });
    expect(codeOf(await give(addSection('Мой'), { expectedRevision: 0 }))).toBe('done');
  });
});

describe('what is recorded', () => {
  it('never goes back in time within a stream, though the clock does', async () => {
    now = '2020-08-31T09:00:00.000Z';
    const result = await give(addSection('Раздел'));
    expect(result.kind === 'done' && result.events[0]?.recordedAt).toBe('2020-09-01T09:00:00.000Z');
  });

  it('names nobody in the clear', async () => {
    const bodies = (await store.readStream(`plan-${PLAN}`)).map(({ body }) => body).join('');
    expect(bodies).not.toContain('Иванова');
  });

  it('is refused to who may not, before anything is decided', async () => {
    const principal: Principal = { ...METHODOLOGIST, role: 'auditor' };
    expect(codeOf(await give(addSection('Раздел'), { principal }))).toBe('NOT_AUTHORISED');
  });
});
