import { post } from './clients.js';

const aliases = (count, field) => Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');
const ROW = 'id number title text due evidence timing';
const SCHEMA = '__schema { types { name fields { name args { name type { name } } type { name } } } }';

const MONTHS = 'months(from: "2020-09-01", to: "2022-08-31") { key planned indicators { numerator denominator } }';
/** As many months as the groups of all sections may have. */
const TWO_MONTHS = MONTHS.replace('2020-09-01', '2022-07-01');
const DAYS = JSON.stringify(
  Array.from({ length: 60 }, (_, n) => `2021-${n < 30 ? '01' : '03'}-${String(1 + (n % 28)).padStart(2, '0')}`),
);

/**
 * Expensive queries, by the reason of their cost. Several connections send each at once. A refused query measures
 * nothing; then make it smaller.
 */
const QUESTIONS = {
  'the widest page of activities': `{ activities(first: 200) { nodes { ${ROW} } } }`,
  'the same by ten aliases': `{ ${aliases(10, `activities(first: 200) { nodes { ${ROW} } }`)} }`,
  'plans with rows': `{ plans(first: 150) { nodes { id title sections { title activities(first: 30) { nodes { ${ROW} } } } } } }`,
  'plans with rows and points': `{ plans(first: 30) { nodes { sections { activities(first: 40) { nodes { title points { id dueOn timing } } } } } } }`,
  'rows with responsible parties': `{ activities(first: 200) { nodes { title responsible { name kind party { name activityCount } } } } }`,
  'the calendar of a year': `{ calendar(from: "2000-01-01", to: "2100-01-01", first: 200) { nodes { id dueOn timing activity { title plan { title } } } } }`,
  'figures by plan': '{ monitoring(groupBy: PLAN) { groups { key label total firm pastDue } } }',
  'figures by section': '{ monitoring(groupBy: SECTION) { groups { key label total firm pastDue } } }',
  'figures by party': '{ monitoring(groupBy: ACCOUNTABLE) { groups { key label total firm pastDue } } }',
  'figures by month': '{ monitoring(groupBy: MONTH) { groups { key label total firm pastDue } } }',
  'figures by organisation and month': `{ monitoring(groupBy: ORGANISATION) { groups { key label ${MONTHS} } } }`,
  'figures by section and month': `{ monitoring(groupBy: SECTION) { groups { key label ${TWO_MONTHS} } } }`,
  'figures of sixty days': `{ monitoring { series(days: ${DAYS}) { on planned indicators { numerator denominator } } } }`,
  'figures by many aliases': `{ ${aliases(12, 'monitoring(groupBy: PLAN) { groups { key total } }')} }`,
  'totals by many aliases': `{ ${aliases(29, 'monitoring { total { total firm pastDue } }')} }`,
  'what stands behind an indicator':
    '{ indicatorItems(indicator: DONE, first: 200) { nodes { numerator activity { title } } } }',
  'the schema': `{ ${SCHEMA} }`,
  'the schema by aliases': `{ ${aliases(10, SCHEMA)} }`,
  'parties and their plans': '{ parties(first: 200) { totalCount nodes { name kind activityCount } } }',
  'plans found by a word': `{ ${aliases(29, 'plans(first: 200, filter: { text: "пл" }) { totalCount nodes { id title } }')} }`,
  'counting everything': `{ ${aliases(29, 'activities(first: 1) { totalCount }')} }`,
  'two hundred nodes by id': undefined,
  'rows of plans of plans':
    '{ activities(first: 50) { nodes { plan { sections { activities(first: 50) { nodes { title } } } } } } }',
};
const CONNECTIONS = 8;

/** The most expensive requests that the server admits. Each returns its outcome, and the codes of refused requests. */
export const DEAR = Object.entries(QUESTIONS).map(([name, query]) => ({
  name: `dear: ${name}`,
  async run({ address, attacker, plans }) {
    const ids = plans.map(({ id }) => id);
    const asked =
      query ??
      'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Plan { title sections { activities { nodes { title } } } } } }';
    const answers = await Promise.all(
      // An undeclared variable makes each request different, so that no response comes from the cache.
      Array.from({ length: CONNECTIONS }, (_, number) => post(address, attacker, asked, { ids, number })),
    );
    const codes = [...new Set(answers.map(({ code }) => code))];
    return {
      outcome: `${codes.join()} ${Math.max(...answers.map(({ text }) => text.length))} B`,
      // At the time limit all admitted work was done.
      refused: codes.filter((code) => code !== 'ok' && code !== 'TIMEOUT'),
    };
  },
}));
