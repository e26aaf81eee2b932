import { built } from './dist.js';

const { decide } = await built('domain/decide.js');
const { evolve } = await built('domain/evolve.js');
const { NO_PLAN } = await built('domain/plan.js');

/**
 * Emmett with its SQLite store, or the reason why it is missing: the benchmarks print it and continue without Emmett.
 */
export const emmett = await loaded();

async function loaded() {
  try {
    const core = await import('@event-driven-io/emmett');
    const sqlite = await import('@event-driven-io/emmett-sqlite');
    return { core, sqlite };
  } catch (error) {
    const cause = `${error.message}`.split('\n')[0];
    return { missing: `emmett is not measured: ${cause}. Install it with \`npm install --prefix bench\`.` };
  }
}

/**
 * Opens an Emmett store in a file. With its default pool, each call opens a connection. With `shared`, all calls share
 * one connection: this is faster, but concurrent calls get into each other's transactions.
 */
export async function openEmmett(file, { shared }) {
  const { SQLiteConnectionPool, getSQLiteEventStore, sqliteConnection } = emmett.sqlite;
  const connection = sqliteConnection({ fileName: file });
  await connection.command('PRAGMA journal_mode = WAL');
  await connection.command('PRAGMA synchronous = FULL');
  const connectionOptions = shared ? { singleton: true, connection } : { singleton: false };
  const pool = SQLiteConnectionPool({ fileName: file, connectionOptions });
  const store = getSQLiteEventStore({ fileName: file, pool });
  await store.schema.migrate();
  return { store, connection, close: () => connection.close() };
}

/**
 * Returns a stored event of Letopis as an Emmett event. Its data is the whole envelope, so that the bytes are the same.
 */
export function emmettEvent({ type, body }) {
  return { type, data: JSON.parse(body) };
}

/**
 * Returns a function that executes commands with Emmett's command handler on the domain of Letopis: the same decisions
 * on the same plan, and events with envelopes of the same size. To Emmett's advantage it seals no names, checks no
 * repeats and makes no canonical JSON.
 *
 * @param template the envelope of new events.
 */
export function emmettDesk(store, template) {
  const handle = emmett.core.CommandHandler({
    evolve: (plan, { data }) => evolve(plan, data.event),
    initialState: () => NO_PLAN,
  });
  const { actor, reason, basis, effectiveOn } = template;
  return (stream, command, now) =>
    handle(store, stream, (plan) => {
      const decision = decide(plan, command, { actor, reason, basis, effectiveOn, now });
      if (decision.kind === 'refused') throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
      return decision.events.map((event) => ({ type: event.type, data: { ...template, recordedAt: now, event } }));
    });
}

/** Runs work without the output that Emmett prints for every failed transaction. */
export async function quietly(work) {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
