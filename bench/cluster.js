/**
 * Measures Letopis on the engines of a cluster: commands compared with raw appends of the same bytes by the same
 * client; a rebuild compared with raw writes of the same records and raw reads of the same events; and the catch-up of
 * a process that was down.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { openDesk, turn } from './lib/desk.js';
import { built } from './lib/dist.js';
import { district, sizeOf } from './lib/district/generate.js';
import { engines } from './lib/engines.js';
import { interleaved, median, rateOf, ratio } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { perSecond, progress, Report, times } from './lib/report.js';

const { copyChronicle } = await built('app/operations/copy.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { openKurrentDbEventStore } = await built('engine/eventstore/kurrentdb/store.js');
const { mongoReadStore } = await built('engine/readstore/mongodb/store.js');
const { openSqliteReadStore } = await built('engine/readstore/sqlite/store.js');
const { COLLECTIONS, READ_MODELS } = await built('projections/readModels.js');
const { ProjectionRunner } = await built('engine/projections/runner.js');
const { checkpointOf } = await built('engine/readstore/port.js');
const { tableOf } = await built('engine/readstore/layout.js');

const options = optionsOf({
  events: { type: 'string', default: '10000' },
  away: { type: 'string', default: '0.9' },
  /**
   * Stores read models in SQLite, because the stand-in for MongoDB scans a whole collection for a few documents, which
   * is too slow for a large district.
   */
  embedded: { type: 'boolean', default: false },
  /** Omits the part with read models, which takes the longest. */
  commands: { type: 'boolean', default: false },
});
const size = options.quick ? 1_000 : Number(options.events);
const COMMANDS = options.quick ? 20 : 200;
const PLANS = 20;
// Errors are logged, because they are not part of the figures.
const log = pino({ level: 'warn' }, pino.destination(2));

const report = new Report('Cluster');
const servers = await engines();
const directory = await mkdtemp(join(tmpdir(), 'letopis-bench-cluster-'));
// Wait for a server that misses heartbeats during garbage collection: the measurement must finish.
const PATIENT = { connectTimeoutMS: 120_000, serverSelectionTimeoutMS: 120_000 };
const mongo = await new MongoClient(servers.mongo, PATIENT).connect();
try {
  await commands();
  if (!options.commands) await rebuildAndCatchUp();
  const names = options.embedded ? [servers.names[0], 'SQLite for read models'] : servers.names;
  report.note(`Measured on ${names.join(' and ')}; ${options.rounds} alternating rounds.`);
  report.finish();
} finally {
  await mongo.close();
  await servers.close();
  await rm(directory, { recursive: true, force: true });
}

/** Measures commands through the handler, and appends of the same events by the client alone. */
async function commands() {
  progress('cluster: commands');
  const namespace = `bench${randomBytes(4).toString('hex')}`;
  const events = await openKurrentDbEventStore(servers.events, { namespace });
  const desk = await openDesk(directory, events);
  const client = EventStoreDBClient.connectionString(servers.events);
  try {
    const plans = [];
    for (let copy = 0; copy < PLANS; copy += 1) plans.push(await desk.plan(copy));
    await desk.give(plans[0], turn(0));
    const [event] = (await desk.stored(plans[0])).slice(-1);
    await desk.give(plans[0], turn(1));
    const metadata = { schemaVersion: event.schemaVersion };
    const proposed = () => ({
      id: randomUUID(),
      contentType: 'application/json',
      type: event.type,
      data: JSON.parse(event.body),
      metadata,
    });
    const raw = async (stream, count) => {
      for (let at = 0; at < count; at += 1) {
        const expectedRevision = at === 0 ? NO_STREAM : BigInt(at - 1);
        await client.appendToStream(stream, proposed(), { expectedRevision });
      }
    };
    const give = async (plan, count) => {
      for (let at = 0; at < count; at += 1) await desk.give(plan, turn(at));
    };
    const one = await interleaved(options.rounds, {
      raw: () => rateOf(COMMANDS, () => raw(`${namespace}raw-${randomUUID()}`, COMMANDS)),
      letopis: () => rateOf(COMMANDS, () => give(plans[0], COMMANDS)),
    });
    const each = Math.ceil(COMMANDS / PLANS) * 2;
    const many = await interleaved(options.rounds, {
      raw: () => rateOf(each * PLANS, () => Promise.all(plans.map(() => raw(`${namespace}raw-${randomUUID()}`, each)))),
      letopis: () => rateOf(each * PLANS, () => Promise.all(plans.map((plan) => give(plan, each)))),
    });
    for (const [what, rates] of [
      ['commands one at a time, relative to raw appends', one],
      [`concurrent commands on ${PLANS} plans, relative to raw appends`, many],
    ]) {
      const absolutes = `${perSecond(median(rates.letopis))} against ${perSecond(median(rates.raw))}`;
      report.figure(what, times(ratio(rates.letopis, rates.raw)), absolutes);
    }
  } finally {
    await desk.close();
    await client.dispose();
  }
}

async function rebuildAndCatchUp() {
  const { files } = await district(options.dir, sizeOf(size));
  const source = await openSqliteEventStore(files.chronicle);
  const namespace = `bench${randomBytes(4).toString('hex')}`;
  const events = await openKurrentDbEventStore(servers.events, { namespace, chronicleId: source.chronicleId });
  const db = mongo.db(namespace);
  const store = options.embedded
    ? await openSqliteReadStore(join(directory, 'readmodels.db'))
    : mongoReadStore(db, { dropAfterMs: 0 });
  try {
    progress(`cluster: copying a district of ${size} events`);
    const away = Math.floor(size * Number(options.away));
    const start = performance.now();
    const copying = copyChronicle(source, events);
    let step = await copying.next();
    while (!step.done) step = await copying.next();
    const { events: total } = step.value;
    report.figure('copy from SQLite, compared', perSecond(total / ((performance.now() - start) / 1_000), 'events'), '');

    progress('cluster: rebuild');
    const reading = await rateOf(total, async () => {
      for (let after = ''; ; ) {
        const batch = await events.readAll({ after });
        if (batch.caughtUp) return;
        after = batch.position;
      }
    });
    const runner = new ProjectionRunner(READ_MODELS, events, store, log);
    const head = await events.head();
    const rebuilding = await rateOf(total, async () => {
      await runner.start();
      if (!(await runner.waitFor(head, 3_600_000))) throw new Error('the rebuild did not end');
    });
    await runner.stop();
    if (!options.embedded) await beside(db, rebuilding, total);
    report.figure(
      'rebuild, relative to raw reads of the same events',
      times(rebuilding / reading),
      `${perSecond(rebuilding, 'events')} against ${perSecond(reading, 'events')}`,
    );

    progress('cluster: catching up');
    // The read models have applied a tenth of the events and follow one by one from there.
    const first = await events.readAll({ after: '', limit: Math.max(1, total - away) });
    for (const spec of COLLECTIONS) {
      await store.clear(spec);
      await store.moveCheckpoint(checkpointOf(spec), undefined, first.position);
    }
    const back = new ProjectionRunner(READ_MODELS, events, store, log);
    const rate = await rateOf(total - first.events.length, async () => {
      await back.start();
      if (!(await back.waitFor(head, 3_600_000))) throw new Error('it did not catch up');
    });
    await back.stop();
    report.figure(`catching up ${total - first.events.length} events`, perSecond(rate, 'events'), '');
  } finally {
    await store.close();
    await db.dropDatabase().catch(() => undefined);
    await events.close();
    await source.close();
  }
}

/** Measures writes of the same records by the driver alone, without indexes. */
async function beside(db, rebuilding, total) {
  let documents = 0;
  let writingMs = 0;
  for (const spec of COLLECTIONS) {
    const kept = await db.collection(tableOf(spec)).find().toArray();
    documents += kept.length;
    const target = db.collection(`raw_${spec.name}`);
    const begun = performance.now();
    for (let at = 0; at < kept.length; at += 1_000) {
      await target.bulkWrite(
        kept.slice(at, at + 1_000).map((document) => ({ insertOne: { document } })),
        { ordered: false },
      );
    }
    writingMs += performance.now() - begun;
  }
  const writing = total / (writingMs / 1_000);
  report.figure(
    'rebuild, relative to raw writes of the same records',
    times(rebuilding / writing),
    `${perSecond(rebuilding, 'events')} against ${perSecond(writing, 'events')} (${documents} records, without their indexes)`,
  );
}
