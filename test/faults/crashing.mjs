// Runs one piece of work and kills itself before a given step. As in a crash, nothing is cleaned up.
import { writeSync } from 'node:fs';
import { join } from 'node:path';

const [root, argument] = process.argv.slice(2);
const job = JSON.parse(argument);
const load = (path) => import(`${root}${path}.js`);
const steps = [];

await { append, project, rebuild }[job.work]();
tell({ steps });

function step(name) {
  steps.push(name);
  if (steps.length === job.dieBefore) process.kill(process.pid, 'SIGKILL');
}

/** Written synchronously, not to a buffered stream, so that a reader knows that the line came before the crash. */
function tell(line) {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** Groups of appends one after another, each acknowledged before the next one; a step is a statement. */
async function append() {
  const { openSqlite } = await load('engine/storage/sqlite');
  const { prepareSchema } = await load('engine/eventstore/sqlite/schema');
  const { Writer } = await load('engine/eventstore/sqlite/writer');
  const file = join(job.directory, 'chronicle.db');
  const database = stepwise(await openSqlite(file, 'writer'));
  prepareSchema(file, database);
  const damage = { meet: () => undefined, refusal: () => undefined };
  const writer = new Writer(file, database, { damage, onCommit: () => undefined });
  for (const group of job.groups) {
    await Promise.allSettled(
      group.map(async (each) => {
        const { position } = await writer.append(each);
        tell({ acknowledged: each.events.map(({ id }) => id), position });
      }),
    );
  }
}

function stepwise(database) {
  return {
    get isTransaction() {
      return database.isTransaction;
    },
    exec(sql) {
      step(sql);
      return database.exec(sql);
    },
    prepare(sql) {
      const statement = database.prepare(sql);
      const method = (name) =>
        function run(...values) {
          step(sql);
          return statement[name](...values);
        };
      return { get: method('get'), all: method('all'), run: method('run') };
    },
  };
}

/** Read models, followed up to the head of the chronicle; a step is a call of the read store. */
async function project() {
  await withRunner(async ({ events, runner }) => {
    await breakView(job.broken);
    await runner.start();
    await runner.waitFor(await events.head(), 10_000);
  });
}

/** Rebuilds read models in this process. */
async function rebuild() {
  const { rebuild: rebuilding } = await load('engine/projections/rebuild');
  await withRunner(async ({ events, store, runner }) => {
    await runner.open();
    for await (const _ of rebuilding(events, store, runner, job.names));
  });
}

async function withRunner(work) {
  const { openSqliteEventStore } = await load('engine/eventstore/sqlite/store');
  const { openSqliteReadStore } = await load('engine/readstore/sqlite/store');
  const { ProjectionRunner } = await load('engine/projections/runner');
  const { READ_MODELS } = await load('projections/readModels');
  const events = await openSqliteEventStore(join(job.directory, 'chronicle.db'));
  const whole = await openSqliteReadStore(join(job.directory, 'readmodels.db'));
  const store = new Proxy(whole, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function' || name === 'close') return value;
      return (...given) => {
        step(`${name} ${subjectOf(given[0])}`);
        return value.apply(target, given);
      };
    },
  });
  const log = { error: () => undefined };
  const runner = new ProjectionRunner(READ_MODELS, events, store, log);
  await work({ events, store, runner });
  await runner.stop();
  await whole.close();
  await events.close();
}

function subjectOf(given) {
  if (Array.isArray(given)) return given.map(subjectOf).join();
  return typeof given === 'string' ? given : given.name;
}

/** Makes the view of parties throw for one record of one plan. */
async function breakView(broken) {
  if (!broken) return;
  const { parties } = await load('projections/parties');
  const { touches } = parties;
  parties.touches = (change) =>
    touches(change).map(({ id, view }) => ({
      id,
      view(state, current) {
        if (id === broken.documentId && state.planId === broken.planId) throw new TypeError('the view is wrong');
        return view(state, current);
      },
    }));
}
