/**
 * Measures how fast commands become durable: one at a time on one plan, and concurrently on 100 plans. Compares, in the
 * same run, with appends of the same bytes by SQLite alone, and with the same decisions by Emmett's command handler.
 */
import { join } from 'node:path';
import { openDesk, turn } from './lib/desk.js';
import { emmett, emmettDesk, emmettEvent, openEmmett, quietly } from './lib/emmett.js';
import { inDirectory } from './lib/files.js';
import { interleaved, median, quantile, rateOf, ratio } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { profiled } from './lib/profile.js';
import { rawFile, rawIndexedTable, rawTable } from './lib/raw.js';
import { perSecond, progress, Report, times } from './lib/report.js';

const GOALS = { single: 0.5, grouped: 0.4, emmett: 8 };
const AT_ONCE = 100;
/** Emmett with default settings: its concurrent commands fail, after half a minute, so one wave is enough. */
const POOLED = 'emmett';
const NOW = '2020-10-02T09:00:00.000Z';

const options = optionsOf();
const COMMANDS = options.quick ? 20 : 300;
const WAVES = options.quick ? 2 : 10;

await inDirectory(options.dir, async (directory) => {
  const report = new Report('Appends');
  const desk = await openDesk(directory);
  const opened = [desk];
  const open = async (opening) => {
    const contender = await opening;
    opened.push(contender);
    return contender;
  };
  try {
    progress(`appends: importing ${options.rounds + AT_ONCE} plans`);
    const plans = [];
    for (let copy = 0; copy < options.rounds + AT_ONCE; copy += 1) plans.push(await desk.plan(copy));
    const raw = {
      table: await open(rawTable(join(directory, 'raw.db'))),
      indexed: await open(rawIndexedTable(join(directory, 'indexed.db'))),
      file: await open(rawFile(join(directory, 'raw'))),
    };
    const peers = emmett.missing ? {} : await openPeers(directory, open);
    if (emmett.missing) report.note(emmett.missing);
    if (options.profile) await profile(desk, plans);
    await oneAtATime(report, desk, plans.slice(AT_ONCE), raw, peers);
    await manyAtOnce(report, desk, plans.slice(0, AT_ONCE), raw, peers);
  } finally {
    for (const each of opened.reverse()) await each.close();
  }
  report.finish();
});

/** Profiles sequential and concurrent commands. */
async function profile(desk, plans) {
  const [alone, ...others] = plans;
  await profiled('Commands one at a time', async () => {
    for (let number = 0; number < COMMANDS * 4; number += 1) await desk.give(alone, turn(number));
  });
  await profiled(`Commands ${AT_ONCE} at once`, async () => {
    for (let wave = 0; wave < WAVES * 4; wave += 1) {
      await Promise.all(others.slice(-AT_ONCE).map((planId) => desk.give(planId, turn(wave))));
    }
  });
}

async function openPeers(directory, open) {
  return {
    [POOLED]: await open(openEmmett(join(directory, 'emmett.db'), { shared: false })),
    'emmett, shared connection': await open(openEmmett(join(directory, 'emmett-shared.db'), { shared: true })),
  };
}

/** Each round uses another plan, so that the streams of all contenders start equally short. */
async function oneAtATime(report, desk, plans, raw, peers) {
  const fresh = await desk.stored(plans[0]);
  const latencies = [];
  const failures = {};
  let bytes = [];
  const rates = await interleaved(options.rounds, {
    letopis: async (round) => {
      const rate = await rateOf(COMMANDS, async () => {
        for (let number = 0; number < COMMANDS; number += 1) {
          const start = performance.now();
          await desk.give(plans[round], turn(number));
          latencies.push(performance.now() - start);
        }
      });
      bytes = await desk.stored(plans[round], fresh.length);
      return rate;
    },
    table: () => raw.table.single(bytes),
    indexed: () => raw.indexed.single(bytes),
    file: () => raw.file.single(bytes),
    ...contenders(peers, failures, (store, round) => emmettAlone(store, fresh, `plan-one${round}`)),
  });
  const { letopis, table, indexed, file } = rates;
  const size = Math.round(bytes.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / bytes.length);
  const of = `${perSecond(median(letopis), 'commands')} against ${perSecond(median(table))}`;
  const share = ratio(letopis, table);
  report.goal('one at a time: raw SQLite', times(share), `≥ ${GOALS.single}`, share >= GOALS.single, of);
  compare(report, 'one at a time: raw SQLite with indexes', letopis, indexed);
  compare(report, 'one at a time: write + fdatasync', letopis, file);
  comparePeers(report, 'one at a time', letopis, rates, Object.keys(peers));
  tellFailures(report, 'one at a time', failures, 'they were repeated');
  report.note(
    `One at a time: ${COMMANDS} commands a round, ${options.rounds} rounds, events of ${size} bytes on a stream of ` +
      `${fresh.length} to ${fresh.length + COMMANDS}; a command takes ${median(latencies).toFixed(2)} ms, ` +
      `one in a hundred more than ${quantile(latencies, 0.99).toFixed(2)} ms.`,
  );
}

async function emmettAlone(store, fresh, stream) {
  await store.appendToStream(stream, fresh.map(emmettEvent));
  const give = emmettDesk(store, templateOf(fresh));
  let failed = 0;
  const rate = await quietly(() =>
    rateOf(COMMANDS, async () => {
      for (let number = 0; number < COMMANDS; ) {
        try {
          await give(stream, turn(number), NOW);
          number += 1;
        } catch (error) {
          failed += 1;
          if (failed > COMMANDS) throw error;
        }
      }
    }),
  );
  return { rate, failed };
}

/** In each wave, every plan gets its next command at the same time, as when a school marks its week on Friday. */
async function manyAtOnce(report, desk, plans, raw, peers) {
  const fresh = await desk.stored(plans[0]);
  let wave = 0;
  let bytes = [];
  const failures = {};
  const rates = await interleaved(options.rounds, {
    letopis: async () => {
      const { length: before } = await desk.stored(plans[0]);
      const rate = await rateOf(AT_ONCE * WAVES, async () => {
        for (let each = 0; each < WAVES; each += 1, wave += 1) {
          await Promise.all(plans.map((planId) => desk.give(planId, turn(wave))));
        }
      });
      bytes = (await Promise.all(plans.map((planId) => desk.stored(planId, before)))).flat();
      return rate;
    },
    table: () => raw.table.grouped(bytes, AT_ONCE),
    indexed: () => raw.indexed.grouped(bytes, AT_ONCE),
    ...contenders(sharing(peers), failures, (store, round) => emmettAtOnce(store, fresh, round)),
  });
  const { letopis, table, indexed } = rates;
  const of = `${perSecond(median(letopis), 'commands')} against ${perSecond(median(table))}`;
  const share = ratio(letopis, table);
  report.goal(`${AT_ONCE} at once: raw group commit`, times(share), `≥ ${GOALS.grouped}`, share >= GOALS.grouped, of);
  compare(report, `${AT_ONCE} at once: raw group commit with indexes`, letopis, indexed);
  comparePeers(report, `${AT_ONCE} at once`, letopis, rates, Object.keys(sharing(peers)));
  tellFailures(report, `${AT_ONCE} at once`, failures, 'its rate counts only those done');
  if (peers[POOLED] && !options.quick) {
    const { failed, rate } = await emmettAtOnce(peers[POOLED].store, fresh, 0);
    const done = AT_ONCE - failed;
    report.figure(`${AT_ONCE} at once: ${POOLED}`, `${done} of ${AT_ONCE} done`, `${(done / rate).toFixed(0)} s`);
  }
  report.note(
    `${AT_ONCE} at once: ${WAVES} waves a round, ${options.rounds} rounds, a command on each plan in a wave.`,
  );
}

/**
 * One wave per round, because commands that fail would fail every time. The rate counts the commands that succeeded.
 */
async function emmettAtOnce(store, fresh, round) {
  const streams = Array.from({ length: AT_ONCE }, (_, index) => `plan-many${round}x${index}`);
  for (const stream of streams) await store.appendToStream(stream, fresh.map(emmettEvent));
  const give = emmettDesk(store, templateOf(fresh));
  return quietly(async () => {
    const start = performance.now();
    const settled = await Promise.allSettled(streams.map((stream) => give(stream, turn(0), NOW)));
    const failed = settled.filter(({ status }) => status === 'rejected').length;
    return { rate: ((AT_ONCE - failed) / (performance.now() - start)) * 1_000, failed };
  });
}

function sharing({ [POOLED]: _, ...others }) {
  return others;
}

/** Returns the rounds of each peer. Records the failed commands of its worst round by its name. */
function contenders(peers, failures, work) {
  const round =
    (name, { store }) =>
    async (number) => {
      const { rate, failed } = await work(store, number);
      failures[name] = Math.max(failures[name] ?? 0, failed);
      return rate;
    };
  return Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, round(name, peer)]));
}

function tellFailures(report, what, failures, how) {
  for (const [name, failed] of Object.entries(failures)) {
    if (failed > 0) report.note(`${what}: ${name} failed ${failed} commands in a round; ${how}.`);
  }
}

function templateOf(events) {
  return JSON.parse(events.at(-1).body);
}

function compare(report, what, own, other) {
  report.figure(what, times(ratio(own, other)), `against ${perSecond(median(other))}`);
}

/** The goal applies to the fastest variant of the peer. */
function comparePeers(report, what, own, rates, names) {
  const quickest = names.toSorted((a, b) => median(rates[b]) - median(rates[a]))[0];
  for (const name of names) {
    const share = ratio(own, rates[name]);
    const absolutes = `against ${perSecond(median(rates[name]))}`;
    if (name !== quickest) report.figure(`${what}: ${name}`, times(share), absolutes);
    else report.goal(`${what}: ${name}`, times(share), `≥ ${GOALS.emmett}`, share >= GOALS.emmett, absolutes);
  }
}
