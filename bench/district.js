/**
 * Writes the event stores that the other benchmarks read: districts of several sizes with Russian wordings, generated
 * from a seed by the real decisions. They are stored in `--dir` and reused.
 */
import { rm, stat } from 'node:fs/promises';
import { district, sizeOf } from './lib/district/generate.js';
import { numbers, optionsOf } from './lib/options.js';
import { profiled } from './lib/profile.js';
import { megabytes, perSecond, progress, Report } from './lib/report.js';

const GOAL = 20_000;

const options = optionsOf({
  events: { type: 'string', default: '10000,100000' },
  plans: { type: 'string' },
  seed: { type: 'string', default: '2020' },
  again: { type: 'boolean', default: false },
});
const sizes = options.quick ? [2_000] : numbers(options.events);
const report = new Report('District');

for (const events of sizes) {
  const size = { ...sizeOf(events), seed: Number(options.seed) };
  if (options.plans) size.plans = Number(options.plans);
  if (options.again || options.profile) {
    const { files } = await district(options.dir, size);
    await rm(files.path, { recursive: true });
  }
  let told = Date.now();
  const make = () =>
    district(options.dir, size, (written) => {
      if (Date.now() - told < 5_000) return;
      told = Date.now();
      progress(`district of ${events}: ${written} events`);
    });
  if (options.profile) await profiled(`Writing a district of ${events}`, make);
  const { files, written, plans, activities, seconds } = await make();
  const { size: bytes } = await stat(files.chronicle);
  const rate = written / seconds;
  const what = `${written.toLocaleString('en-US')} events written`;
  const absolutes = `${plans} plans, ${plans * activities} activities, ${megabytes(bytes)}, ${seconds.toFixed(1)} s`;
  report.goal(what, perSecond(rate, 'events'), `≥ ${perSecond(GOAL)}`, rate >= GOAL, absolutes);
  progress(files.path);
}
report.finish();
