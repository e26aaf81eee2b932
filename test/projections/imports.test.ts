import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandHandlers } from '../../src/application/commands.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { bodyOf } from '../../src/engine/projections/readModel.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { openVault } from '../../src/engine/vault/sqlite.js';
import { type AuditBody, auditTrail } from '../../src/projections/auditTrail.js';
import { changes } from '../../src/projections/changes.js';
import { plans } from '../../src/projections/plans.js';
import { READ_MODELS } from '../../src/projections/readModels.js';
import { NO_CIRCUMSTANCES } from '../support/commands.js';
import { IMPORTED, played, type Step, stored } from '../support/histories.js';
import { documentOf, documentsOf } from '../support/readModels.js';
import { removeDirectory, silent, temporaryDirectory } from '../support/server.js';
import { caughtUp } from '../support/waiting.js';

const [FIRST, SECOND] = ['2020-10-15T07:00:00Z', '2020-10-16T07:00:00Z'];
const IN_ONE_GO: readonly Step[] = [{ kind: 'import', size: 100, reader: 'text-2', now: SECOND }];

/** Returns what can be read after a history. */
async function readAfter(history: readonly Step[]) {
  const directory = await temporaryDirectory();
  const events = await openSqliteEventStore(join(directory, 'chronicle.db'));
  const store = await openSqliteReadStore(join(directory, 'readmodels.db'));
  const runner = new ProjectionRunner(READ_MODELS, events, store, silent);
  try {
    await stored(played(history), events);
    await runner.start();
    await caughtUp({ runner, events });
    const documents = await documentsOf(runner, store);
    const begunAt = await begunFor(events, join(directory, 'keys.db'));
    const trail = Object.values(documents.auditTrail ?? {})
      .map((document) => bodyOf<AuditBody>(auditTrail, document))
      .filter(({ planId }) => planId === IMPORTED)
      .toSorted((a, b) => a.recorded.revision - b.recorded.revision);
    return { documents, trail, begunAt };
  } finally {
    await runner.stop();
    await events.close();
    await store.close();
    await removeDirectory(directory);
  }
}

/** Returns when the plan was begun, from the result of a command. */
async function begunFor(events: EventStore, keys: string): Promise<string> {
  const vault = await openVault(keys, randomBytes(32));
  const handler = commandHandlers(events, vault, () => '2020-11-01T07:00:00Z').plans;
  const principal = {
    id: 'u',
    role: 'methodologist',
    post: null,
    organisation: null,
    scope: null,
    name: 'Иванова А.А.',
  } as const;
  const command = { type: 'addSection', title: 'Ещё', numberText: '', after: null } as const;
  const request = { ...NO_CIRCUMSTANCES, id: IMPORTED, payload: command, command: () => command, principal };
  const result = await handler.handle(request);
  vault.close();
  return result.kind === 'done' ? result.begunAt : result.refusal.code;
}

describe('an import that came in pieces', () => {
  const inPieces: readonly Step[] = [
    { kind: 'import', size: 3, reader: 'text-2', now: FIRST },
    { kind: 'import', size: 1, reader: 'text-2', now: SECOND },
    { kind: 'import', size: 100, reader: 'text-2', now: SECOND },
  ];

  it('is told of by one change, with every activity as new', async () => {
    const { documents, trail } = await readAfter(inPieces);
    const mark = trail.at(-1)?.recorded.id ?? '';
    const change = bodyOf(changes, documentOf(documents, changes, mark));
    expect(change).toMatchObject({ eventType: 'PlanImported', planId: IMPORTED });
    expect(change.statusChanges.map(({ activityId, before }) => [activityId, before])).toEqual([
      ['a1', null],
      ['a2', null],
      ['a3', null],
    ]);
  });

  it('has an audit trail that says what changed as one in one go has', async () => {
    const { trail } = await readAfter(inPieces);
    const other = await readAfter(IN_ONE_GO);
    expect(trail.map(({ changes }) => changes)).toEqual(other.trail.map(({ changes }) => changes));
  });
});

describe.each([
  ['given up by its caller', [{ kind: 'abandon', now: FIRST }]],
  ['given up by another reader', []],
] as const)('an import begun anew after one that was %s', (_, givenUp) => {
  const history: readonly Step[] = [
    { kind: 'import', size: 4, reader: 'text-1', now: FIRST },
    ...givenUp,
    ...IN_ONE_GO,
  ];

  it('has an audit trail that tells nothing of the first one', async () => {
    const { trail } = await readAfter(history);
    const other = await readAfter(IN_ONE_GO);
    expect(trail.map(({ recorded }) => recorded.event.type)).toEqual(
      other.trail.map(({ recorded }) => recorded.event.type),
    );
    expect(trail.map(({ changes }) => changes)).toEqual(other.trail.map(({ changes }) => changes));
  });

  it('is of the same age for the read models as for the command that made it', async () => {
    const { documents, begunAt } = await readAfter(history);
    expect(bodyOf(plans, documentOf(documents, plans, IMPORTED)).createdAt).toBe(begunAt);
  });
});
