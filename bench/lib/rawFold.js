import { built } from './dist.js';

const { evolve } = await built('domain/evolve.js');
const { scopeOf } = await built('domain/plan/scope.js');
const { NO_PLAN } = await built('domain/plan.js');
const { openSqlite } = await built('engine/storage/sqlite.js');

/**
 * Folds an event into its plan. Returns the record that this changes, the plan or the activity in it; undefined for an
 * event of another stream.
 */
export function folded(plans, stream, event) {
  if (!stream.startsWith('plan-')) return undefined;
  const plan = evolve(plans.get(stream) ?? NO_PLAN, event);
  plans.set(stream, plan);
  return touched(stream, plan, event);
}

function touched(stream, plan, event) {
  const scope = scopeOf(event);
  if (typeof scope === 'string') {
    const { sections, activities, ...rest } = plan;
    return { id: stream, document: { ...rest, sections: [...sections.values()], activities: activities.size } };
  }
  return { id: `${stream}.${scope.activityId}`, document: plan.activities.get(scope.activityId) ?? null };
}

/**
 * Folds the plans of an event store without the other parts of Letopis: parses events, calls `evolve`, and puts records
 * into one table without indexes, one write per record and batch of a thousand events. Returns events per second and
 * the number of records.
 */
export async function rawFold(events, file) {
  const database = await openSqlite(file, 'writer');
  database.exec('PRAGMA synchronous = NORMAL; CREATE TABLE document (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const put = database.prepare(
    'INSERT INTO document VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );
  const plans = new Map();
  let count = 0;
  let batch = { position: '', caughtUp: false };
  const start = performance.now();
  while (!batch.caughtUp) {
    batch = await events.readAll({ after: batch.position, limit: 1_000 });
    const documents = new Map();
    for (const { stream, body } of batch.events) {
      const found = folded(plans, stream, JSON.parse(body).event);
      if (found) documents.set(found.id, found.document);
    }
    database.exec('BEGIN IMMEDIATE');
    for (const [id, document] of documents) put.run(id, JSON.stringify(document));
    database.exec('COMMIT');
    count += batch.events.length;
  }
  const milliseconds = performance.now() - start;
  const { documents } = database.prepare('SELECT count(*) AS documents FROM document').get();
  database.close();
  return { rate: (count / milliseconds) * 1_000, documents };
}
