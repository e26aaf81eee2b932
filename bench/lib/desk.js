import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { built, SAMPLE } from './dist.js';

const { commandHandlers, importedPlanId } = await built('application/commands.js');
const { importRequest } = await built('application/importing.js');
const { readDocument } = await built('documents/read.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { openVault } = await built('engine/vault/sqlite.js');

const BY = {
  id: 'u-1',
  role: 'administrator',
  scope: null,
  post: 'Методист',
  organisation: null,
  name: 'Филатова Е.Н.',
};
const CIRCUMSTANCES = { principal: BY, commandId: null, expectedRevision: null, basis: null, effectiveOn: null };

/**
 * Opens an event store with the real command handler and without read models: imports sample plans and executes
 * commands as a server would. Includes every part of a mutation except HTTP and GraphQL.
 */
export async function openDesk(directory, chronicle) {
  const events = chronicle ?? (await openSqliteEventStore(join(directory, 'chronicle.db')));
  const vault = await openVault(join(directory, 'keys.db'), randomBytes(32));
  let minute = 0;
  const clock = () => {
    minute += 1;
    return new Date(Date.UTC(2020, 9, 1, 0, minute)).toISOString();
  };
  const handler = commandHandlers(events, vault, clock).plans;
  const text = await readFile(SAMPLE, 'utf8');

  async function give(planId, command) {
    const made = typeof command === 'function' ? command : () => command;
    const payload = typeof command === 'function' ? null : command;
    const result = await handler.handle({ ...CIRCUMSTANCES, id: planId, payload, reason: 'Проба', command: made });
    if (result.kind === 'refused') throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  }
  return {
    give,
    /** Returns the stored events of a plan. */
    stored: (planId, from = 0) => events.readStream(`plan-${planId}`, { from }),
    /** Imports a copy of the sample plan and confirms its approval. Returns its id. */
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
      await give(planId, request.command);
      await give(planId, { type: 'confirmPrintedApproval', date: null, underControlFrom: '2020-09-01' });
      return planId;
    },
    async close() {
      await events.close();
      vault.close();
    },
  };
}

/**
 * Returns a command that marks an activity as done (even numbers) or withdraws the mark (odd numbers): one event each,
 * and the plan does not grow.
 */
export function turn(number) {
  const point = { activityId: 'a3', pointId: null };
  return number % 2 === 0
    ? { type: 'completeActivity', ...point, actualOn: '2020-09-28', count: null, note: null }
    : { type: 'withdrawCompletion', ...point };
}
