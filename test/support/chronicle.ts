import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Principal } from '../../src/access/principal.js';
import { commandHandlers, importedPlanId } from '../../src/application/commands.js';
import { importRequest } from '../../src/application/importing.js';
import { readDocument } from '../../src/documents/read.js';
import { mapPersons } from '../../src/domain/personal.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import { readResponsible } from '../../src/domain/wording/responsible.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import type { Document, ReadStore } from '../../src/engine/readstore/port.js';
import type { Seal } from '../../src/engine/vault/sealedText.js';
import { openVault } from '../../src/engine/vault/sqlite.js';
import { COLLECTIONS } from '../../src/projections/readModels.js';

const ADMINISTRATOR: Principal = {
  id: 'u-administrator',
  role: 'administrator',
  post: null,
  organisation: null,
  scope: null,
  name: 'Платон Кириллович Щукин',
};
const METHODOLOGIST: Principal = { ...ADMINISTRATOR, id: 'u-methodologist', role: 'methodologist' };

/** A chronicle for tests. Each command is executed an hour after the previous one. */
export interface Chronicle {
  readonly events: EventStore;
  /** Imports a copy of the sample plan, brings it under control, and returns its id. */
  plan(copy: number): Promise<string>;
  give(planId: string, command: PlanCommand | ((seal: Seal) => PlanCommand), by?: Principal): Promise<void>;
  close(): Promise<void>;
}

/** Opens a chronicle without any read models. */
export async function openChronicle(directory: string): Promise<Chronicle> {
  const events = await openSqliteEventStore(join(directory, 'chronicle.db'));
  const vault = await openVault(join(directory, 'keys.db'), randomBytes(32));
  let hour = 0;
  const clock = () => {
    hour += 1;
    return new Date(Date.UTC(2020, 9, 1, hour)).toISOString();
  };
  const handler = commandHandlers(events, vault, clock).plans;
  const text = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  const chronicle: Chronicle = {
    events,
    async plan(copy) {
      const bytes = Buffer.from(text.replace('План работы', `План работы ${copy}-го отделения`));
      const request = await importRequest(
        (file) => readDocument(file.bytes, file.fileName),
        bytes,
        `plan-${copy}.txt`,
        'Asia/Yekaterinburg',
      );
      if ('problem' in request) throw new Error(request.problem);
      const planId = importedPlanId(request.sha256);
      await chronicle.give(planId, request.command);
      await chronicle.give(planId, { type: 'confirmPrintedApproval', date: null, underControlFrom: '2020-09-01' });
      return planId;
    },
    async give(planId, command, principal = ADMINISTRATOR) {
      const given = typeof command === 'function' ? command : () => command;
      const basis = { kind: 'withoutDocument' } as const;
      const circumstances = { commandId: null, expectedRevision: null, reason: 'Проба', basis, effectiveOn: null };
      const result = await handler.handle({ ...circumstances, id: planId, payload: null, principal, command: given });
      if (result.kind === 'refused') throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
    },
    async close() {
      await events.close();
      vault.close();
    },
  };
  return chronicle;
}

/** Executes commands of many kinds on a plan. */
export async function liveThrough(chronicle: Chronicle, planId: string): Promise<void> {
  const [a3, a5, a6, a11] = ['a3', 'a5', 'a6', 'a11'] as const;
  const timeframe = { text: 'до 15 октября 2020 г.', schedule: null };
  const actualOn = '2020-09-28';
  const report = { type: 'submitReport', activityId: a11, pointIds: [], text: 'Кейсы сданы', evidence: [] } as const;
  const rest = { actualOn, count: null, note: null };
  await chronicle.give(planId, { type: 'rescheduleActivity', activityId: a3, timeframe });
  await chronicle.give(planId, (seal) => ({ type: 'reassignActivity', activityId: a5, responsible: sealed(seal) }));
  await chronicle.give(planId, (seal) => ({ type: 'reassignActivity', activityId: a6, responsible: sealed(seal) }));
  await chronicle.give(planId, { type: 'completeActivity', activityId: a3, pointId: null, ...rest });
  await chronicle.give(planId, { ...report, actualOn, interim: false }, METHODOLOGIST);
  await chronicle.give(planId, { type: 'acceptReport', reportId: `${a11}.r1` });
  await chronicle.give(planId, { type: 'excludeActivity', activityId: a6 });
  await chronicle.give(planId, { type: 'moveActivity', activityId: a5, sectionId: 's1', after: null });
}

function sealed(seal: Seal) {
  const { text, parties } = readResponsible('Иванова А.П., Методический кабинет');
  return {
    text: mapPersons(text, seal),
    parties: parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
  };
}

/** Returns every document of every read model, by collection name. */
export async function allDocuments(store: ReadStore): Promise<Record<string, readonly Document[]>> {
  const collections = COLLECTIONS.map(async (spec) => {
    const { documents } = await store.find(spec, { filter: [], order: [], limit: 100_000 });
    return [spec.name, documents] as const;
  });
  return Object.fromEntries(await Promise.all(collections));
}
