/**
 * Measures how fast the read models of a district are rebuilt from its events, with how much memory, and how both grow
 * with the district. Each rebuild runs in a separate process.
 */
import { district, sizeOf } from './lib/district/generate.js';
import { median } from './lib/measure.js';
import { numbers, optionsOf } from './lib/options.js';
import { rebuilt } from './lib/rebuild.js';
import { megabytes, perSecond, progress, Report, times } from './lib/report.js';

const GOAL = 512 * 2 ** 20;
const GOALS = { raw: 0.6, bytes: 3_000 };
/** A larger district is rebuilt only once: a run of a minute is precise enough. */
const ONCE_ABOVE = 50_000;

const options = optionsOf({ events: { type: 'string', default: '10000,100000' } });
const sizes = options.quick ? [2_000] : numbers(options.events);
const report = new Report('Rebuild of all read models');
const found = [];

for (const events of sizes) {
  progress(`rebuild: a district of ${events} events`);
  const { files, plans } = await district(options.dir, sizeOf(events));
  if (options.profile) await rebuilt(files, 'profile');
  const runs = [];
  const rounds = events > ONCE_ABOVE ? 1 : options.rounds;
  for (let round = 0; round < rounds; round += 1) {
    const run = await rebuilt(files);
    runs.push({ ...run, rate: run.events / (run.milliseconds / 1_000) });
    progress(`rebuild of ${events}: ${perSecond(runs.at(-1).rate, 'events')}, ${megabytes(run.rss)}`);
  }
  const rate = median(runs.map((run) => run.rate));
  const rss = Math.max(...runs.map((run) => run.rss));
  const heap = Math.max(...runs.map((run) => run.heap));
  const [{ events: written, quarantined, bytes, words, marks, processor, milliseconds }] = runs;
  const share = median(runs.map((run) => run.raw / run.milliseconds));
  const perEvent = (bytes - words) / written;
  found.push({ events: written, rate, rss });
  const what = `${written.toLocaleString('en-US')} events of ${plans} plans`;
  const took = `${(written / rate).toFixed(1)} s, ${Math.round((processor / milliseconds) * 100)} % of one processor`;
  report.figure(`${what}: rate`, perSecond(rate, 'events'), `${took}, ${megabytes(bytes)} of read models`);
  report.goal(`${what}: raw inserts`, times(share), `≥ ${GOALS.raw}`, share >= GOALS.raw, 'the same rows and indexes');
  const beside = `${Math.round(words / written)} bytes an event in the index of words`;
  const size = `${Math.round(perEvent)} bytes an event`;
  report.goal(`${what}: size`, size, `≤ ${GOALS.bytes}`, perEvent <= GOALS.bytes, beside);
  report.goal(`${what}: memory`, megabytes(rss), `< ${megabytes(GOAL)}`, rss < GOAL, `heap ${megabytes(heap)}`);
  if (quarantined > 0) report.note(`${what}: ${quarantined} records could not be built.`);
  report.note(`${what}: ${pace(marks)}.`);
}
const [first, last] = [found[0], found.at(-1)];
if (last.events > first.events) {
  const grown = times(last.events / first.events);
  report.figure(`rate when events grow ${grown}`, times(last.rate / first.rate), '1: no slower');
  report.figure(`memory when events grow ${grown}`, times(last.rss / first.rss), '');
}
report.finish();

/** Returns the rate at the beginning and at the end of a rebuild as a text, to show whether it slows down. */
function pace(marks) {
  const between = (a, b) => (b.events - a.events) / ((b.at - a.at) / 1_000);
  if (marks.length < 4) return 'too short to show whether it slows down';
  const begin = between({ events: 0, at: 0 }, marks[1]);
  return `${perSecond(begin)} at the beginning, ${perSecond(between(marks.at(-2), marks.at(-1)))} at the end`;
}
