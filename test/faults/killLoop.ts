import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fromStore, type Recorded } from '../../src/eventstore/envelope.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/store.js';
import { COLLECTIONS } from '../../src/projections/runner/readModels.js';
import { ProjectionRunner } from '../../src/projections/runner/runner.js';
import { openSqliteReadStore } from '../../src/readstore/sqlite/store.js';
import { readEverything } from '../conformance/eventstore.fixture.js';
import { apiAt, type TestApi } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { serveProcess } from '../support/process.js';
import { silent } from '../support/server.js';
import { importCopies } from '../support/watched.js';

/** What a loop of kills came to. */
export interface KillTable {
  readonly kills: number;
  readonly acknowledged: number;
  /** Of the acknowledged, those whose events are in the chronicle, whole. */
  readonly found: number;
  /** Commands whose events are there more than once, or partly. */
  readonly doubled: number;
  readonly torn: number;
  /** Commands in flight at a kill, given again with the same commandId. */
  readonly repeated: number;
  /** Documents that differ between the read models that lived through it and those made anew. */
  readonly differing: number;
  readonly documents: number;
  readonly events: number;
  /** From the start of the process to its address, the longest. */
  readonly longestRecoveryMs: number;
}

const CLIENTS = 8;
const PLANS = 4;
const ROWS = 600;

interface Command {
  readonly commandId: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How many events it writes. */
  readonly events: number;
}

/**
 * Kills a server again and again while clients give commands, each time at another moment, and starts it again. Every
 * client goes on with the command that it has no answer to, as a careful one does.
 */
export async function killLoop(directory: string, kills: number, seed: number): Promise<KillTable> {
  const random = randomFrom(seed);
  const settings = {
    LETOPIS_DATA: join(directory, 'data'),
    LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
    LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
    LETOPIS_LOG_LEVEL: 'silent',
  };
  const first = await serveProcess(settings);
  await importCopies(apiAt(first.address), PLANS);
  const plans = await planIds(apiAt(first.address));
  await first.stop('SIGTERM');

  const text = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  const clients = Array.from({ length: CLIENTS }, (_, index) => new Client(index, plans, largePlans(text)));
  let longestRecoveryMs = 0;
  for (let round = 0; round < kills; round += 1) {
    const start = performance.now();
    const server = await serveProcess(settings);
    longestRecoveryMs = Math.max(longestRecoveryMs, performance.now() - start);
    const api = apiAt(server.address);
    const killed = new AbortController();
    let left = 1 + Math.floor(random() * 60);
    const lateness = Math.floor(random() * 400);
    const working = clients.map((client) =>
      client.work(api, killed.signal, () => {
        left -= 1;
        // Not at an acknowledgement but a little after it, anywhere in what the others do.
        if (left === 0) spinThen(lateness, () => void server.stop('SIGKILL').then(() => killed.abort()));
      }),
    );
    await Promise.all(working);
  }
  const last = await serveProcess(settings);
  for (const client of clients) await client.finish(apiAt(last.address));
  await last.stop('SIGTERM');
  const commands = clients.flatMap(({ acknowledged }) => acknowledged);
  const repeated = clients.reduce((sum, client) => sum + client.repeated, 0);
  const compared = await compareReadModels(settings.LETOPIS_DATA);
  return {
    kills,
    repeated,
    longestRecoveryMs,
    ...(await compareCommands(settings.LETOPIS_DATA, commands)),
    ...compared,
  };
}

class Client {
  readonly acknowledged: Command[] = [];
  repeated = 0;
  #turn = 0;
  #unanswered: Command | undefined;

  constructor(
    private readonly index: number,
    private readonly plans: readonly string[],
    private readonly imports: (commandId: string) => string,
  ) {}

  /** Gives command after command until the server is gone. */
  async work(api: TestApi, killed: AbortSignal, onAcknowledged: () => void): Promise<void> {
    while (!killed.aborted) {
      const command = this.#unanswered ?? this.#next();
      if (this.#unanswered) this.repeated += 1;
      this.#unanswered = command;
      try {
        await api.done(command.name, { ...command.input, commandId: command.commandId });
      } catch (error) {
        if (!isGone(error)) throw error;
        // Gone is gone: the round is over for this client.
        return;
      }
      this.#unanswered = undefined;
      this.acknowledged.push(command);
      onAcknowledged();
    }
  }

  /** Has the last answer too. */
  async finish(api: TestApi): Promise<void> {
    const command = this.#unanswered;
    if (!command) return;
    await api.done(command.name, { ...command.input, commandId: command.commandId });
    this.acknowledged.push(command);
  }

  #next(): Command {
    this.#turn += 1;
    const commandId = `kill-${this.index}-${this.#turn}`;
    const planId = this.plans[(this.index + this.#turn) % this.plans.length] ?? '';
    // The first client imports plans that take several appends; the others change drafts, several at one plan.
    if (this.index === 0 && this.#turn % 3 === 0) {
      const input = { fileName: `${commandId}.txt`, content: this.imports(commandId) };
      return { commandId, name: 'importPlan', input, events: ROWS + 20 };
    }
    return { commandId, name: 'changePlanDetails', input: { planId, title: `План ${commandId}` }, events: 1 };
  }
}

function isGone(error: unknown): boolean {
  // Of another realm than the tests: known by its words.
  return /^TypeError: (fetch failed|terminated)/.test(String(error));
}

function spinThen(microseconds: number, act: () => void): void {
  const end = performance.now() + microseconds / 1_000;
  while (performance.now() < end);
  act();
}

/** Plans of many rows, each with a title of its own, in base64. */
function largePlans(text: string): (commandId: string) => string {
  const lines = text.split('\n');
  const table = lines.findIndex((line) => /^\d+\.?\t/.test(line) && line.split('\t').length >= 4);
  const row = lines[table] ?? '';
  const rows = Array.from({ length: ROWS }, (_, index) => row.replace(/^\d+/, String(index + 100)));
  const whole = [...lines.slice(0, table), ...rows, ...lines.slice(table)].join('\n');
  return (commandId) => Buffer.from(whole.replace('План работы', `План работы ${commandId}`)).toString('base64');
}

async function planIds(api: TestApi): Promise<string[]> {
  const shape = z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
  const { plans } = await api.read(shape, '{ plans(filter: { status: [DRAFT] }) { nodes { id } } }');
  return plans.nodes.map(({ id }) => id);
}

async function compareCommands(data: string, commands: readonly Command[]) {
  const store = await openSqliteEventStore(join(data, 'chronicle.db'));
  const recorded = (await readEverything(store)).map(fromStore);
  await store.close();
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

async function compareReadModels(data: string) {
  const events = await openSqliteEventStore(join(data, 'chronicle.db'));
  const lived = await openSqliteReadStore(join(data, 'readmodels.db'));
  const anew = await openSqliteReadStore(join(data, 'anew.db'));
  const runner = new ProjectionRunner(events, anew, silent);
  try {
    await runner.start();
    if (!(await runner.waitFor(await events.head(), 120_000))) throw new Error('the rebuild did not end');
    let documents = 0;
    let differing = 0;
    for (const spec of COLLECTIONS) {
      const all = { filter: [], order: [], limit: 1_000_000 } as const;
      const [one, other] = [(await lived.find(spec, all)).documents, (await anew.find(spec, all)).documents];
      const expected = new Map(other.map((document) => [document.id, JSON.stringify(document)]));
      documents += other.length;
      differing += Math.max(0, other.length - one.length);
      differing += one.filter((document) => expected.get(document.id) !== JSON.stringify(document)).length;
    }
    return { documents, differing };
  } finally {
    await runner.stop();
    for (const store of [lived, anew, events]) await store.close();
  }
}

/** Mulberry32: numbers from 0 to 1 that a seed brings again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
