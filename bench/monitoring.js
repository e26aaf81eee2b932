/**
 * Compares monitoring of a district (every indicator over all its plans) with one page of plans on the same server,
 * alternately, for a small and a large district.
 */
import { median, quantile, ratio } from './lib/measure.js';
import { numbers, optionsOf } from './lib/options.js';
import { profiled } from './lib/profile.js';
import { megabytes, milliseconds, progress, Report, times } from './lib/report.js';
import { readyDistrict, served } from './lib/server.js';

const options = optionsOf({
  plans: { type: 'string', default: '20,2000' },
  again: { type: 'boolean', default: false },
});
const REQUESTS = options.quick ? 3 : 20;
/** Ratio that noise alone can produce between two equal runs. */
const NOISE = 1.25;
/** Events of a plan: an import and half a year of work. */
const EVENTS = 100;
const sizes = options.quick ? [2, 4] : numbers(options.plans);

const WHOLE = 'the district';
const INDICATORS = 'planned plannedFirst soft indicators { code numerator denominator value }';
const PAGE = '{ plans(first: 50) { nodes { id title status edition activityCount } pageInfo { hasNextPage } } }';
const viewsOf = (day) => ({
  [WHOLE]: `{ monitoring(on: "${day}", groupBy: ORGANISATION) { plans total { ${INDICATORS} } } }`,
  'the district by organisation': `{ monitoring(on: "${day}", groupBy: ORGANISATION) { plans groups { label ${INDICATORS} } } }`,
  'the district by month': `{ monitoring(on: "${day}", groupBy: MONTH) { plans groups { label ${INDICATORS} } } }`,
});

const report = new Report('District view');
for (const plans of sizes) {
  const district = await readyDistrict(options.dir, plans * EVENTS, options.again, { plans });
  const server = await served(district);
  try {
    const day = district.clock.slice(0, 10);
    const first = await timed(() => server.ask(viewsOf(day)[WHOLE]));
    const points = (await server.ask(`{ monitoring(on: "${day}") { total { total } } }`)).monitoring.total.total;
    report.figure(
      `${plans} plans: the first view after a start`,
      milliseconds(first),
      `${district.written} events, ${points} control points; ${megabytes(process.memoryUsage().rss)} resident in all`,
    );
    for (const [what, query] of Object.entries(viewsOf(day))) {
      await compare(server, `${plans} plans: ${what}`, query, what === WHOLE ? NOISE : undefined);
    }
  } finally {
    await server.close();
  }
}
report.note(
  `${options.rounds} rounds of ${REQUESTS} requests each, alternating with a page of 50 plans on the same server.`,
);
report.finish();

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function compare(server, what, query, goal) {
  const taken = { view: [], page: [] };
  if (options.profile) {
    await profiled(what, async () => {
      for (let number = 0; number < REQUESTS; number += 1) await server.ask(query);
    });
  }
  for (let round = 0; round < options.rounds; round += 1) {
    const lists = { view: [], page: [] };
    for (let number = 0; number < REQUESTS; number += 1) {
      lists.view.push(await timed(() => server.ask(query)));
      lists.page.push(await timed(() => server.ask(PAGE)));
    }
    for (const [name, list] of Object.entries(lists)) taken[name].push(list);
  }
  const medians = (name) => taken[name].map((list) => median(list));
  const share = ratio(medians('view'), medians('page'));
  const told = (name) =>
    `${milliseconds(median(taken[name].flat()))} (p95 ${milliseconds(quantile(taken[name].flat(), 0.95))})`;
  const absolutes = `${told('view')} against a page of 50 plans in ${told('page')}`;
  if (goal) report.goal(what, times(share), `≤ ${goal}`, share <= goal, absolutes);
  else report.figure(what, times(share), absolutes);
  progress(`district view: ${what}`);
}
