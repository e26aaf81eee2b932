/**
 * Rebuilds the read models of a data directory in a separate process, so that its memory is that of the rebuild alone,
 * and reports the cost to the parent.
 */
import { built } from './dist.js';
import { profiled } from './profile.js';
import { rawInserts } from './rawInserts.js';

const { openSqlite } = await built('engine/storage/sqlite.js');
const { filesIn } = await built('app/dataDirectory.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { rebuild } = await built('engine/projections/rebuild.js');
const { ProjectionRunner } = await built('engine/projections/runner.js');
const { READ_MODELS } = await built('projections/readModels.js');
const { openSqliteReadStore } = await built('engine/readstore/sqlite/store.js');

const SILENT = { error() {}, warn() {}, info() {} };
const SAMPLE_MS = 20;

const [path, mode] = process.argv.slice(2);
const files = filesIn(path);
const events = await openSqliteEventStore(files.chronicle);
const store = await openSqliteReadStore(files.readModels);
const runner = new ProjectionRunner(READ_MODELS, events, store, SILENT);
await runner.open();

const peak = { heap: 0, external: 0 };
const sample = () => {
  const { heapUsed, external } = process.memoryUsage();
  peak.heap = Math.max(peak.heap, heapUsed);
  peak.external = Math.max(peak.external, external);
};
const timer = setInterval(sample, SAMPLE_MS);

let last = { events: 0, quarantined: 0 };
/** Progress over time, to show whether a rebuild slows down. */
const marks = [];
const start = performance.now();
const before = process.cpuUsage();
const work = async () => {
  for await (const progress of rebuild(events, store, runner, [])) {
    sample();
    last = progress;
    // The last steps find no new events.
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

// The peak is read before the raw inserts, which are not part of the rebuild.
const rss = process.resourceUsage().maxRSS * 1_024;
const { bytes, words } = await sizeOf(files.readModels);
const raw = await rawInserts(files.readModels);

process.send?.({
  raw,
  words,
  events: last.events,
  quarantined: last.quarantined,
  milliseconds,
  processor: (user + system) / 1_000,
  rss,
  ...peak,
  bytes,
  marks: marks.filter((_, index) => index % Math.max(1, Math.floor(marks.length / 10)) === 0),
});
process.disconnect?.();

/** Returns the bytes of a file of read models, and those of its index of words. Free pages do not count. */
async function sizeOf(file) {
  const database = await openSqlite(file, 'reader');
  const sum = (condition) => database.prepare(`SELECT sum(pgsize) AS bytes FROM dbstat WHERE ${condition}`).get().bytes;
  try {
    return { bytes: sum('1'), words: sum("name LIKE '%\\_words%' ESCAPE '\\'") };
  } finally {
    database.close();
  }
}
