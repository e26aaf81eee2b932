/**
 * Runs every benchmark in a separate process and prints one table of all results. Options are passed on: `node
 * bench/all.js --quick` is a smoke run of the whole suite.
 */
import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { progress, tableOf } from './lib/report.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    dir: { type: 'string' },
    /** Number of events of the largest district; the smallest district has a hundredth of that number. */
    events: { type: 'string', default: '1000000' },
  },
});
const large = Number(values.events.replaceAll('_', ''));
const sizes = [large / 100, large / 10, large].map((size) => Math.max(1_000, Math.round(size)));

const shared = ['quick', 'profile'].filter((name) => values[name]).map((name) => `--${name}`);
for (const name of ['rounds', 'dir']) if (values[name]) shared.push(`--${name}`, values[name]);
const suite = {
  'appends.js': [],
  'projections.js': [],
  'district.js': ['--events', sizes.join(',')],
  'rebuild.js': ['--events', sizes.join(',')],
  'scale.js': [],
  'monitoring.js': [],
  'documents.js': [],
  'log.js': ['--events', String(large)],
  'pages.js': ['--events', `${sizes[0]},${sizes[2]}`],
  'serving.js': [],
  'subscriptions.js': [],
  'scaleOut.js': [],
};

const reports = [];
const failed = [];
for (const [script, own] of Object.entries(suite)) {
  progress(`\n# ${script}`);
  const report = await run(script, [...shared, ...own]);
  if (report) reports.push(report);
  else failed.push(script);
}
const rows = reports.flatMap(({ title, rows }) => rows.map((row) => ({ ...row, what: `${title}: ${row.what}` })));
const [{ model } = { model: 'unknown' }] = cpus();
const machine = `Node ${process.versions.node}, ${cpus().length} × ${model}`;
process.stdout.write(`\n# All\n\n${machine}\n\n${tableOf(rows)}\n`);
for (const script of failed) process.stdout.write(`- ${script} failed: see its output.\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Returns the report of a benchmark; undefined if it failed, so that the others still run. */
function run(script, argv) {
  return new Promise((resolve) => {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = fork(path, argv, { execArgv: ['--disable-warning=ExperimentalWarning'] });
    let report;
    child.on('message', (message) => {
      ({ report } = message);
    });
    child.on('exit', (code) => resolve(code === 0 ? report : undefined));
  });
}
