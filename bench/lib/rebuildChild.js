/**
 * Rebuilds the read models of one data directory in a process of its own, so that its memory is that of a rebuild and of
 * nothing else, and tells the parent what it took.
 */
import { statSync } from 'node:fs';
import { built } from './dist.js';
import { profiled } from './profile.js';

const { filesIn } = await built('app/dataDirectory.js');
const { openSqliteEventStore } = await built('eventstore/sqlite/store.js');
const { rebuild } = await built('projections/runner/rebuild.js');
const { ProjectionRunner } = await built('projections/runner/runner.js');
const { openSqliteReadStore } = await built('readstore/sqlite/store.js');

const SILENT = { error() {}, warn() {}, info() {} };
const SAMPLE_MS = 20;

const [path, mode] = process.argv.slice(2);
const files = filesIn(path);
const events = await openSqliteEventStore(files.chronicle);
const store = await openSqliteReadStore(files.readModels);
const runner = new ProjectionRunner(events, store, SILENT);
await runner.open();

const peak = { heap: 0, external: 0 };
const sample = () => {
  const { heapUsed, external } = process.memoryUsage();
  peak.heap = Math.max(peak.heap, heapUsed);
  peak.external = Math.max(peak.external, external);
};
const timer = setInterval(sample, SAMPLE_MS);

let last = { events: 0, quarantined: 0 };
/** The rate of each tenth of the way: it tells whether a rebuild slows down as it goes. */
const marks = [];
const start = performance.now();
const before = process.cpuUsage();
const work = async () => {
  for await (const progress of rebuild(events, store, runner, [])) {
    sample();
    last = progress;
    // The last steps look for what came meanwhile and find nothing.
    if (progress.events > (marks.at(-1)?.events ?? 0))
      marks.push({ events: progress.events, at: performance.now() - start });
  }
};
if (mode === 'profile') await profiled(`Rebuild of ${path.replace(/^.*\//, '')}`, work);
else await work();
const milliseconds = performance.now() - start;
const { user, system } = process.cpuUsage(before);
clearInterval(timer);
await events.close();
await store.close();

process.send?.({
  events: last.events,
  quarantined: last.quarantined,
  milliseconds,
  processor: (user + system) / 1_000,
  rss: process.resourceUsage().maxRSS * 1_024,
  ...peak,
  bytes: statSync(files.readModels).size,
  marks: marks.filter((_, index) => index % Math.max(1, Math.floor(marks.length / 10)) === 0),
});
process.disconnect?.();
