import { join } from 'node:path';
import { z } from 'zod';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { apiAt, type TestApi } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import {
  type Command,
  type CommandTable,
  commandsOf,
  compareCommands,
  compareReadModels,
  isGone,
  planIds,
  randomFrom,
} from '../support/load.js';
import { serveProcess } from '../support/process.js';
import { importCopies } from '../support/watched.js';

/** The results of a loop of kills. */
export interface KillTable extends CommandTable {
  readonly kills: number;
  /** Number of commands in flight at a kill that were repeated with the same commandId. */
  readonly repeated: number;
  /** Number of rows that differ between the surviving read models and rebuilt ones. */
  readonly differing: number;
  readonly documents: number;
  /** Longest time from the start of the process until it prints its address. */
  readonly longestRecoveryMs: number;
}

const CLIENTS = 8;
const PLANS = 4;
/**
 * Kills a server repeatedly, each time at another moment, while clients send commands, and starts it again. Every
 * client repeats the command that was not answered, as a careful client does.
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

  const indexes = Array.from({ length: CLIENTS }, (_, index) => index);
  const clients = await Promise.all(indexes.map(async (index) => new Client(await commandsOf(index, plans, 'kill'))));
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
        // Shortly after an acknowledgement, at any point of the work of the other clients.
        if (left === 0) spinThen(lateness, () => void server.stop('SIGKILL').then(() => killed.abort()));
      }),
    );
    await Promise.all(working);
  }
  const last = await serveProcess(settings);
  for (const client of clients) await client.finish(apiAt(last.address));
  await caughtUp(apiAt(last.address));
  await last.stop('SIGTERM');
  const commands = clients.flatMap(({ acknowledged }) => acknowledged);
  const repeated = clients.reduce((sum, client) => sum + client.repeated, 0);
  const events = await openSqliteEventStore(join(settings.LETOPIS_DATA, 'chronicle.db'));
  const lived = await openSqliteReadStore(join(settings.LETOPIS_DATA, 'readmodels.db'));
  try {
    const compared = await compareReadModels(events, lived, join(settings.LETOPIS_DATA, 'anew.db'));
    return { kills, repeated, longestRecoveryMs, ...(await compareCommands(events, commands)), ...compared };
  } finally {
    await lived.close();
    await events.close();
  }
}

/** Waits until the read models have passed the last command, because a stopping server does not wait for them. */
async function caughtUp(api: TestApi): Promise<void> {
  const { system } = await api.read(z.object({ system: z.object({ head: z.string() }) }), '{ system { head } }');
  for (;;) {
    const { errors } = await api.query('query($at: Position) { plans(atLeast: $at) { totalCount } }', {
      variables: { at: system.head },
    });
    const [error] = errors;
    if (!error) return;
    if (error.extensions.code !== 'READ_MODEL_BEHIND') throw new Error(error.message);
  }
}

class Client {
  readonly acknowledged: Command[] = [];
  repeated = 0;
  #unanswered: Command | undefined;

  constructor(private readonly next: () => Command) {}

  /** Sends command after command until the server is gone. */
  async work(api: TestApi, killed: AbortSignal, onAcknowledged: () => void): Promise<void> {
    while (!killed.aborted) {
      const command = this.#unanswered ?? this.next();
      if (this.#unanswered) this.repeated += 1;
      this.#unanswered = command;
      try {
        await api.done(command.name, { ...command.input, commandId: command.commandId });
      } catch (error) {
        if (!isGone(error)) throw error;
        // The server was killed, so the round is over for this client. `finish` or the next round repeats the command.
        return;
      }
      this.#unanswered = undefined;
      this.acknowledged.push(command);
      onAcknowledged();
    }
  }

  /** Repeats the command that is still unanswered, if there is one. */
  async finish(api: TestApi): Promise<void> {
    const command = this.#unanswered;
    if (!command) return;
    await api.done(command.name, { ...command.input, commandId: command.commandId });
    this.acknowledged.push(command);
  }
}

function spinThen(microseconds: number, act: () => void): void {
  const end = performance.now() + microseconds / 1_000;
  while (performance.now() < end);
  act();
}
