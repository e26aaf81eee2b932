/**
 * Measures the cost of the transparency log: appends with and without it, a whole verification compared with parsing
 * and hashing the same bytes, its memory, and the time of one inclusion proof.
 */
import { createHash, hash } from 'node:crypto';
import { join } from 'node:path';
import { built } from './lib/dist.js';
import { inDirectory } from './lib/files.js';
import { interleaved, median, ratio } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { megabytes, milliseconds, perSecond, progress, Report, times } from './lib/report.js';

const { LogWriter } = await built('engine/eventstore/sqlite/log.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { openChronicleReadOnly } = await built('engine/eventstore/sqlite/openReadOnly.js');
const { logKeyring, signLog } = await built('engine/signing/logKeys.js');
const { inclusionProof, leafHash, NO_HASH } = await built('engine/log/merkle.js');
const { withTiles } = await built('engine/log/tiles.js');
const { verifierKey } = await built('engine/log/note.js');
const { verifyLog } = await built('engine/log/verify.js');

/** Minimum ratio of appends with the log to appends without it. */
const APPEND_GOAL = 0.7;

/** Minimum ratio of a verification to parsing and hashing alone. */
const GOAL = 0.5;

const options = optionsOf({ events: { type: 'string', default: '1000000' } });
const EVENTS = options.quick ? 2_000 : Number(options.events.replaceAll('_', ''));
const STREAMS = Math.ceil(EVENTS / 350);

/** Returns an event of the size of the sample's events: 1.1 kB. */
function eventOf(position, stream, previous) {
  const id = `e-${position}`;
  const event = { type: 'ActivityPlanned', data: { text: 'Мониторинг повышения квалификации '.repeat(12) } };
  const body = JSON.stringify({ event, id, previous: previous.toString('base64'), schemaVersion: 1, stream });
  return { id, type: event.type, schemaVersion: 1, body };
}

async function fill(file) {
  const store = await openSqliteEventStore(file);
  const heads = new Map();
  let position = 0;
  const piece = 50;
  while (position < EVENTS) {
    const group = [];
    for (let index = 0; index < STREAMS && position < EVENTS; index += 1) {
      const stream = `plan-${index}`;
      const { revision, leaf } = heads.get(stream) ?? { revision: -1, leaf: NO_HASH };
      let last = leaf;
      const events = [];
      while (events.length < piece && position < EVENTS) {
        position += 1;
        const event = eventOf(position, stream, last);
        last = leafHash(event.body);
        events.push(event);
      }
      heads.set(stream, { revision: revision + events.length, leaf: last });
      group.push(store.append(stream, revision < 0 ? 'noStream' : revision, events));
    }
    await Promise.all(group);
  }
  const { signers } = logKeyring(store.chronicleId, { secretFor: (purpose) => hash('sha256', purpose, 'buffer') });
  await store.log.putPublicKeys({ log: verifierKey(signers.log), witness: verifierKey(signers.witness) });
  await signLog(store.log, signers);
  const { size } = await store.log.tree();
  const proofs = [];
  for (let index = 0; index < 200; index += 1) {
    const start = performance.now();
    // Each proof reads its tiles again: nothing is cached between proofs.
    const place = Math.floor((index * EVENTS) / 200);
    await withTiles(size, store.log.hashes, (subtree) => inclusionProof(place, size, subtree));
    proofs.push(performance.now() - start);
  }
  await store.close();
  return { signers, proofs };
}

const withLog = LogWriter.prototype.add;
/** Without the log, only the leaf hash in the event's row remains. */
const withoutLog = () => undefined;

/** Returns events per second with a hundred concurrent streams, one event per append. */
async function appendRate(directory, add) {
  LogWriter.prototype.add = add;
  files += 1;
  const store = await openSqliteEventStore(join(directory, `appends-${files}.db`));
  try {
    const streams = 100;
    const each = options.quick ? 10 : 300;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: streams }, async (_, index) => {
        let last = NO_HASH;
        for (let revision = 0; revision < each; revision += 1) {
          const event = eventOf(index * each + revision, `plan-${index}`, last);
          last = leafHash(event.body);
          await store.append(`plan-${index}`, revision === 0 ? 'noStream' : revision - 1, [event]);
        }
      }),
    );
    return ((streams * each) / (performance.now() - start)) * 1_000;
  } finally {
    await store.close();
    LogWriter.prototype.add = withLog;
  }
}
let files = 0;

const report = new Report('Transparency log');
await inDirectory(options.dir, async (directory) => {
  const appended = await interleaved(options.rounds, {
    on: () => appendRate(directory, withLog),
    off: () => appendRate(directory, withoutLog),
  });
  const kept = ratio(appended.on, appended.off);
  report.goal(
    'appends with the log against without it',
    times(kept),
    `at least ${APPEND_GOAL}`,
    kept >= APPEND_GOAL,
    `${perSecond(median(appended.on), 'events')} against ${perSecond(median(appended.off), 'events')}, 100 streams at once`,
  );
  const file = join(directory, 'chronicle.db');
  progress(`${EVENTS} events`);
  const { signers, proofs } = await fill(file);
  const look = await openChronicleReadOnly(file);
  let peak = 0;
  const rates = await interleaved(Math.min(options.rounds, 3), {
    async verify() {
      const start = performance.now();
      const { found, anchor } = await verifyLog(look.log, { ...signers, remembered: undefined }, () => {
        peak = Math.max(peak, process.memoryUsage().rss);
      });
      if (found !== 0 || !anchor) throw new Error(`verification found ${found}`);
      return (EVENTS / (performance.now() - start)) * 1_000;
    },
    plain() {
      const start = performance.now();
      const all = createHash('sha256');
      for (const { body } of look.log.entries()) {
        JSON.parse(body);
        all.update(body);
      }
      all.digest();
      return (EVENTS / (performance.now() - start)) * 1_000;
    },
  });
  look.close();
  const share = ratio(rates.verify, rates.plain);
  const [own, plain] = [median(rates.verify), median(rates.plain)];
  report.goal(
    'verification against parsing and SHA-256',
    times(share),
    `at least ${GOAL}`,
    share >= GOAL,
    `${perSecond(own, 'events')} against ${perSecond(plain, 'events')}, ${EVENTS.toLocaleString('en-US')} events`,
  );
  report.figure('memory while verifying', megabytes(peak), 'of the whole process, which also filled the event store');
  report.figure('proof of one entry', milliseconds(median(proofs)), `of ${EVENTS.toLocaleString('en-US')} entries`);
});
report.finish();
