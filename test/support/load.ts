import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fromStore, type Recorded } from '../../src/domain/recorded.js';
import { canonicalJson } from '../../src/engine/eventstore/canonicalJson.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { readEverything } from '../conformance/eventstore.fixture.js';
import type { TestApi } from './api.js';
import { silent } from './server.js';
import { caughtUp } from './waiting.js';

const ROWS = 600;

/** A command of a load test. The chronicle shows afterwards whether it was executed. */
export interface Command {
  readonly commandId: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Number of events that it writes. */
  readonly events: number;
}

/** The acknowledged commands, compared with the chronicle. */
export interface CommandTable {
  readonly events: number;
  readonly acknowledged: number;
  /** Number of acknowledged commands whose events are all in the chronicle. */
  readonly found: number;
  /** Number of commands whose events are in the chronicle more than once. */
  readonly doubled: number;
  /** Number of commands of whose events only a part is in the chronicle. */
  readonly torn: number;
}

/**
 * Yields commands one after another: changes of drafts, several for one plan, and large imports by the first client.
 */
export async function commandsOf(index: number, plans: readonly string[], name: string): Promise<() => Command> {
  const imports = largePlans(await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8'));
  let turn = 0;
  return () => {
    turn += 1;
    const commandId = `${name}-${index}-${turn}`;
    const planId = plans[(index + turn) % plans.length] ?? '';
    if (index === 0 && turn % 3 === 0) {
      const input = { fileName: `${commandId}.txt`, content: imports(commandId) };
      return { commandId, name: 'importPlan', input, events: ROWS + 20 };
    }
    return { commandId, name: 'changePlanDetails', input: { planId, title: `План ${commandId}` }, events: 1 };
  };
}

/** Returns true for the errors of a client whose connection was lost. */
export function isGone(error: unknown): boolean {
  // `instanceof` fails for errors of another realm than that of the tests, so the message is compared.
  return /^TypeError: (fetch failed|terminated)/.test(String(error));
}

/** Returns a function that makes plans of many rows, each with another title, in base64. */
function largePlans(text: string): (commandId: string) => string {
  const lines = text.split('\n');
  const table = lines.findIndex((line) => /^\d+\.?\t/.test(line) && line.split('\t').length >= 4);
  const row = lines[table] ?? '';
  const rows = Array.from({ length: ROWS }, (_, index) => row.replace(/^\d+/, String(index + 100)));
  const whole = [...lines.slice(0, table), ...rows, ...lines.slice(table)].join('\n');
  return (commandId) => Buffer.from(whole.replace('План работы', `План работы ${commandId}`)).toString('base64');
}

/** Returns the ids of the drafts. */
export async function planIds(api: TestApi, at: string | null = null): Promise<string[]> {
  const shape = z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
  const { plans } = await api.read(
    shape,
    'query($at: Position) { plans(atLeast: $at, filter: { status: [DRAFT] }) { nodes { id } } }',
    { variables: { at } },
  );
  return plans.nodes.map(({ id }) => id);
}

/** Looks for the events of acknowledged commands in the chronicle. */
export async function compareCommands(store: EventStore, commands: readonly Command[]): Promise<CommandTable> {
  const recorded = (await readEverything(store)).map(fromStore);
  const byCommand = new Map<string, Recorded[]>();
  for (const event of recorded) byCommand.set(event.commandId, [...(byCommand.get(event.commandId) ?? []), event]);
  const count = (fits: (stored: number, command: Command) => boolean) =>
    commands.filter((command) => fits(byCommand.get(command.commandId)?.length ?? 0, command)).length;
  return {
    events: recorded.length,
    acknowledged: commands.length,
    found: count((stored, { events }) => stored === events),
    doubled: count((stored, { events }) => stored > events),
    torn: count((stored, { events }) => stored > 0 && stored < events),
  };
}

/** Compares read models with new ones that are built from the chronicle in a new file. */
export async function compareReadModels(events: EventStore, lived: ReadStore, file: string) {
  const anew = await openSqliteReadStore(file);
  const runner = new ProjectionRunner(READ_MODELS, events, anew, silent);
  try {
    await runner.start();
    await caughtUp({ runner, events });
    const standing = await lived.standing(COLLECTIONS);
    let documents = 0;
    let differing = 0;
    for (const [index, spec] of COLLECTIONS.entries()) {
      const all = { filter: [], order: [], limit: 1_000_000 } as const;
      const live = { ...spec, build: standing[index]?.build ?? 0 };
      const [one, other] = [(await lived.find(live, all)).documents, (await anew.find(spec, all)).documents];
      const expected = new Map(other.map((document) => [document.id, canonicalJson(document)]));
      documents += other.length;
      differing += Math.max(0, other.length - one.length);
      differing += one.filter((document) => expected.get(document.id) !== canonicalJson(document)).length;
    }
    return { documents, differing };
  } finally {
    await runner.stop();
    await anew.close();
  }
}

/** Returns a generator of reproducible numbers from 0 to 1 (Mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
