/**
 * Compares the time of pages in a large district with that in a district a hundredth of its size: the same queries over
 * HTTP to two real servers, alternately.
 */

import { built } from './lib/dist.js';
import { hashOf } from './lib/district/likeness.js';
import { median, quantile, ratio } from './lib/measure.js';
import { numbers, optionsOf } from './lib/options.js';
import { profiled } from './lib/profile.js';
import { milliseconds, progress, Report, times } from './lib/report.js';
import { readyDistrict, served } from './lib/server.js';

const { importedPlanId } = await built('application/commands.js');

/** Ratio that noise alone can produce between two equal runs. */
const NOISE = 1.25;
/** Number of plans that are queried in each district. They are spread evenly over the whole district. */
const DIFFERENT = 20;

const options = optionsOf({
  events: { type: 'string', default: '10000,1000000' },
  again: { type: 'boolean', default: false },
});
const [small, large] = options.quick ? [1_000, 2_000] : numbers(options.events);
const REQUESTS = options.quick ? 5 : 40;
const OFTEN = { requests: REQUESTS, warming: REQUESTS, rounds: options.rounds };
/** A query that grows with the district may take a minute: it runs only once, which the report says. */
const ONCE = { requests: 1, warming: 0, rounds: 1 };

const report = new Report('Pages');
const districts = {
  small: await readyDistrict(options.dir, small, options.again),
  large: await readyDistrict(options.dir, large, options.again),
};
const day = districts.large.clock.slice(0, 10);
/** A small district may have fewer plans than a page: then the page of the large one has as many. */
const plansOfPage = Math.min(50, districts.small.plans);

const QUERIES = {
  [`plans, a page of ${plansOfPage}`]: {
    query: `{ plans(first: ${plansOfPage}) { nodes { id title status edition activityCount } pageInfo { hasNextPage } } }`,
    rowsOf: ({ plans }) => plans.nodes.length,
  },
  'overdue activities, a page of 50': {
    query: `{ activities(first: 50, on: "${day}", filter: { timing: [OVERDUE] }, orderBy: { field: DUE })
      { nodes { id number title due timing(on: "${day}") timeframe { text } } pageInfo { hasNextPage } } }`,
    rowsOf: ({ activities }) => activities.nodes.length,
  },
  'audit trail of a plan, a page of 50': {
    query: `query ($id: ID) { auditTrail(first: 50, filter: { planId: $id })
      { nodes { eventType sentence recordedAt actor { name } changes { path before after } } } }`,
    rowsOf: ({ auditTrail }) => auditTrail.nodes.length,
  },
  'monitoring of a plan': {
    query: `query ($id: ID) { monitoring(on: "${day}", filter: { planId: $id }, groupBy: SECTION)
      { total { total firm pastDue } groups { label total byTiming { timing count } } } }`,
    rowsOf: ({ monitoring }) => monitoring.groups.length,
  },
  'a plan with its sections and activities': {
    query: `query ($id: ID!) { plan(id: $id) { title sections { title activities { nodes { number title due } } } } }`,
    rowsOf: ({ plan }) => plan.sections.length,
  },
};
/** Queries that sum the whole district, so that their time grows with it. */
const WHOLE = {
  'monitoring of the whole district': {
    query: `{ monitoring(on: "${day}", groupBy: MONTH) { total { total firm pastDue } groups { key total } } }`,
    rowsOf: ({ monitoring }) => monitoring.groups.length,
  },
};

const servers = {};
try {
  for (const [name, each] of Object.entries(districts)) servers[name] = await served(each);
  for (const [what, query] of Object.entries(QUERIES)) await compare(what, query, OFTEN, NOISE);
  for (const [what, query] of Object.entries(WHOLE)) await compare(what, query, ONCE);
} finally {
  for (const server of Object.values(servers)) await server.close();
}
report.note(
  `${districts.small.written} events against ${districts.large.written}; ${options.rounds} rounds of ${REQUESTS} ` +
    `requests each, alternating, on ${Math.min(DIFFERENT, districts.small.plans)} to ${DIFFERENT} different plans; queries of the whole district run once.`,
);
report.finish();

/** Queries both servers alternately and compares the medians of each round. */
async function compare(what, { query, rowsOf }, { requests, warming, rounds }, goal) {
  const taken = { small: [], large: [] };
  const rows = {};
  const once = async (name, number) => {
    const variables = { id: planAt(districts[name], number) };
    const start = performance.now();
    const data = await servers[name].ask(query, variables);
    const time = performance.now() - start;
    rows[name] = Math.max(rows[name] ?? 0, rowsOf(data));
    return time;
  };
  const turns = async (count) => {
    const round = { small: [], large: [] };
    for (let number = 0; number < count; number += 1) {
      for (const [name, list] of Object.entries(round)) list.push(await once(name, number));
    }
    return round;
  };
  await turns(warming);
  if (options.profile) {
    await profiled(`${what}, ${large} events`, async () => {
      for (let number = 0; number < requests; number += 1) await once('large', number);
    });
  }
  for (let number = 0; number < rounds; number += 1) {
    const round = await turns(requests);
    for (const [name, list] of Object.entries(round)) taken[name].push(list);
  }
  const medians = (name) => taken[name].map((list) => median(list));
  const share = ratio(medians('large'), medians('small'));
  const told = (name) =>
    `${milliseconds(median(taken[name].flat()))} (p95 ${milliseconds(quantile(taken[name].flat(), 0.95))})`;
  const absolutes = `${told('large')} against ${told('small')}, ${rows.large} and ${rows.small} rows`;
  if (goal) report.goal(what, times(share), `≤ ${goal}`, share <= goal, absolutes);
  else report.figure(what, times(share), absolutes);
  progress(`pages: ${what}`);
}

/** Returns the global id of one of the queried plans, which are spread over the district. */
function planAt({ plans }, number) {
  const place = Math.floor(((number % DIFFERENT) * plans) / DIFFERENT);
  return `plan_${importedPlanId(hashOf(place + 1))}`;
}
