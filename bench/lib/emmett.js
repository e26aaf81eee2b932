import { built } from './dist.js';

const { decide } = await built('domain/decide.js');
const { evolve } = await built('domain/evolve.js');
const { NO_PLAN } = await built('domain/plan.js');

/** Emmett with its SQLite store, or why it is not here: the benchmarks say so and go on without it. */
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
 * A store of Emmett's in a file: with its default pool, which opens a connection for each call, or on one connection
 * that all calls share, which is quicker (and by which calls at once get into each other's transactions).
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

/** A stored event of Letopis as an event of Emmett's: its data is the whole envelope, so that the bytes are the same. */
export function emmettEvent({ type, body }) {
  return { type, data: JSON.parse(body) };
}

/**
 * Commands by Emmett's own command handler on the domain of Letopis: the same decisions on the same plan, whose events
 * have envelopes of the same size. It seals no name, looks for no repeat and makes no canonical JSON, to its advantage.
 *
 * @param template the envelope that new events are put into.
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

/** Does work without what Emmett prints of every failed transaction. */
export async function quietly(work) {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
