/**
 * Estimates the growth of a region over years: bytes by store, the time of a rebuild, and which limit is reached first.
 * The bytes of a plan are measured on two generated districts, so that a constant part is not multiplied.
 */
import { district, sizeOf } from './lib/district/generate.js';
import { numbers, optionsOf } from './lib/options.js';
import { rebuilt } from './lib/rebuild.js';
import { progress, Report } from './lib/report.js';
import { sizesOf } from './lib/sizes.js';

const GB = 1e9;
/** The stores, and the bytes that are measured for each. */
const STORES = {
  events: 'events on files, with the log and its tiles',
  readModels: 'read models on files, with indexes',
  keys: 'keys of persons',
  kurrent: 'events as sent to KurrentDB, without its index',
  mongo: 'documents as BSON, without indexes, before compression',
};
/** Maximum time of a rebuild that fits into one night, in hours. */
const NIGHT_HOURS = 8;

const options = optionsOf({
  events: { type: 'string', default: '10000,50000' },
  districts: { type: 'string', default: '50' },
  organisations: { type: 'string', default: '100' },
  years: { type: 'string', default: '10' },
  /** Events that a plan has in its year. */
  planEvents: { type: 'string', default: '1200' },
});
const [[districts], [organisations], [years], [planEvents]] = [
  ...[options.districts, options.organisations, options.years, options.planEvents].map(numbers),
];
const sizes = options.quick ? [1_000, 2_000] : numbers(options.events);
if (sizes.length !== 2) throw new RangeError('--events: two sizes, the smaller one first');

const report = new Report('Growth of a region');
const measured = [];
for (const size of sizes) {
  progress(`scale: a district of ${size} events`);
  const { files, written } = await district(options.dir, sizeOf(size));
  const { milliseconds } = await rebuilt(files);
  measured.push({ ...(await sizesOf(files)), written, milliseconds });
}
const [small, large] = measured;
/** Returns the growth of a figure for each further event. */
const added = (name) => (large[name] - small[name]) / (large.written - small.written);

for (const [name, what] of Object.entries(STORES)) {
  const bytes = added(name);
  report.figure(
    what,
    `${Math.round(bytes)} bytes an event`,
    `${Math.round((bytes * planEvents) / 1_000)} kB a plan and year`,
  );
}
for (const year of yearsToShow(years)) {
  const plans = districts * organisations * year;
  const events = plans * planEvents;
  const bytes = Object.keys(STORES).map((name) => `${name} ${((added(name) * events) / GB).toFixed(1)} GB`);
  const hours = (added('milliseconds') * events) / 3_600_000;
  const what = `${districts} districts of ${organisations} organisations, year ${year}`;
  report.figure(what, `${(events / 1e6).toFixed(0)} million events of ${plans} plans`, bytes.join(', '));
  report.figure(`${what}: a rebuild of all read models`, `${hours.toFixed(1)} h`, 'one process, one thread, on files');
}
const perNight = (NIGHT_HOURS * 3_600_000) / added('milliseconds');
report.figure(
  `events that one process rebuilds in ${NIGHT_HOURS} hours`,
  `${(perNight / 1e6).toFixed(0)} million`,
  `${Math.round(perNight / planEvents)} plans, ${(perNight / planEvents / organisations).toFixed(0)} districts for a year`,
);
report.note('docs/scale.md says what these figures mean for an installation.');
report.finish();

/** Returns the first, the middle and the last year. */
function yearsToShow(last) {
  return [...new Set([1, Math.ceil(last / 2), last])];
}
