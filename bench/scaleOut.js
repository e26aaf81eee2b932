/**
 * Measures how commands and queries scale with the number of api processes, and read models with the number of keepers
 * that divide the plans: one, two and four on the same engines. The clients are in this process. On a machine with fewer
 * cores than processes throughput cannot grow and shows nothing: there the figure is the processor time of an answer in
 * the api processes, and of an event in the keepers. If it stays the same, the processes do not wait for each other.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { built, SAMPLE } from './lib/dist.js';
import { engines } from './lib/engines.js';
import { pressed, requestOf } from './lib/load.js';
import { median, ratio } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { processorSeconds, serveProcess } from './lib/processes.js';
import { milliseconds, perSecond, progress, Report, times } from './lib/report.js';

const { newToken } = await built('access/tokens.js');
const { passedStandings } = await built('engine/projections/parts.js');
const { mongoReadStore } = await built('engine/readstore/mongodb/store.js');
const { COLLECTIONS } = await built('projections/readModels.js');

const options = optionsOf({
  plans: { type: 'string', default: '64' },
  connections: { type: 'string', default: '16' },
  seconds: { type: 'string', default: '3' },
});
const COUNTS = [1, 2, 4];
const ROUND_MS = Number(options.quick ? 0.3 : options.seconds) * 1_000;
const connections = options.quick ? COUNTS.at(-1) : Number(options.connections);
/** More plans than connections, so that no two concurrent commands change the same plan. */
const plans = options.quick ? 2 * connections : Number(options.plans);
/** All processes need the same key, because each of them decrypts the names of persons. */
const masterKey = randomBytes(32).toString('base64');

const LIST = `query List($at: Position) {
  plans(first: 200, atLeast: $at) { edges { cursor node { id revision } } } }`;
const PAGE = `query Page($after: String) { plans(first: 10, after: $after) { nodes { id title sections {
  activities(first: 15) { nodes { number title timeframe { text } due responsible { name kind lead } } } } } } }`;
const CHANGE = `mutation Change($input: ChangePlanDetailsInput!) {
  changePlanDetails(input: $input) { position userErrors { code message } } }`;
const IMPORT = `mutation Import($input: ImportPlanInput!) {
  importPlan(input: $input) { position userErrors { code message } } }`;

const report = new Report('Scale-out');
const directory = await mkdtemp(join(tmpdir(), 'letopis-bench-scale-out-'));
const servers = await engines();
/** Cores for the api processes, the keeper, the clients and the engines that run here. */
const NEEDED_CORES = COUNTS.at(-1) + 2 + servers.processes.length;
const hasCores = availableParallelism() >= NEEDED_CORES;
const TOO_FEW_CORES = `THROUGHPUT IS NOT COMPARED: it needs ${NEEDED_CORES} cores. The rates are those of processes that share the cores.`;
const namespace = `s${randomBytes(6).toString('hex')}`;
const key = newToken();
const mongo = new URL(servers.mongo);
mongo.pathname = `/${namespace}`;
let processes = 0;
let changes = 0;
let checkedChanges = 0;

try {
  const keeper = await serve('projections,deadlines,webhooks');
  let events;
  try {
    events = await measure(keeper);
  } finally {
    await keeper.stop();
  }
  await measureKeepers(events);
  report.note(
    `${availableParallelism()} cores for all processes, the engines and the clients; ${servers.names.join(' and ')}; ` +
      `${connections} connections in all, one request at a time on each; ${options.rounds} alternating rounds of ` +
      `${ROUND_MS / 1_000} s. Commands concern ${plans} different plans; queries are pages of 10 plans without the ` +
      `response cache. ${hasCores ? '' : TOO_FEW_CORES}`,
  );
  report.finish();
} finally {
  const client = await new MongoClient(servers.mongo).connect();
  await client.db(namespace).dropDatabase();
  await client.close();
  await servers.close();
  await rm(directory, { recursive: true, force: true });
}

/** Starts a process of the cluster. */
function serve(roles, more = {}) {
  processes += 1;
  return serveProcess({
    LETOPIS_DATA: join(directory, `process-${processes}`),
    LETOPIS_EVENT_STORE: servers.events,
    LETOPIS_READ_STORE: mongo.href,
    LETOPIS_NAMESPACE: namespace,
    LETOPIS_MASTER_KEY: masterKey,
    LETOPIS_BOOTSTRAP_KEY: key,
    LETOPIS_ROLES: roles,
    LETOPIS_LOG_LEVEL: 'error',
    LETOPIS_ANSWER_CACHE_MB: '0',
    ...more,
  });
}

/**
 * Measures how fast keepers that divide the plans fill empty read models with the history that the commands have made.
 * The time begins when the processes are started, so a long history (`--plans`, `--seconds`) gives better figures.
 */
async function measureKeepers(events) {
  const figures = Object.fromEntries(COUNTS.map((count) => [count, { rates: [], used: [] }]));
  for (let at = 0; at < options.rounds; at += 1) {
    for (const count of COUNTS) {
      progress(`scale-out: ${count} of ${COUNTS.at(-1)} keepers`);
      const { seconds, processor } = await filledBy(count);
      figures[count].rates.push(events / seconds);
      figures[count].used.push((processor * 1_000) / events);
    }
  }
  for (const [count, { rates, used }] of Object.entries(figures)) {
    const [what, value] = hasCores
      ? ['throughput', ratio(rates, figures[1].rates)]
      : ['processor time of an event in them', ratio(used, figures[1].used)];
    report.figure(
      `read models: ${count} keepers, ${what} relative to one`,
      times(value),
      `${perSecond(median(rates))}; processor time of an event: ${milliseconds(median(used))}`,
    );
  }
}

/**
 * Drops the read models, and fills them with some keepers.
 *
 * @returns `seconds`, and `processor`, the seconds of processor time in the keepers.
 */
async function filledBy(count) {
  const client = await new MongoClient(servers.mongo).connect();
  const store = mongoReadStore(client.db(namespace));
  for (const spec of COLLECTIONS) await store.drop({ ...spec, build: await store.liveBuild(spec) });
  const start = performance.now();
  const keepers = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      serve('projections', { LETOPIS_PARTS: String(count), LETOPIS_PART: String(index + 1) }),
    ),
  );
  try {
    let isFilled = false;
    while (!isFilled) {
      await pause(20);
      isFilled = (await passedStandings(store, COLLECTIONS)).every(({ position }) => position !== undefined);
    }
    const seconds = (performance.now() - start) / 1_000;
    return { seconds, processor: await processorSeconds(keepers.map(({ pid }) => pid)) };
  } finally {
    await Promise.all(keepers.map((keeper) => keeper.stop()));
    await store.close();
    await client.close();
  }
}

/** Measures all numbers of processes alternately, each with processes that have just started and are warm. */
async function measure(keeper) {
  await withApis(1, ([api]) => importPlans(api));
  const byCount = () =>
    Object.fromEntries(COUNTS.map((count) => [count, { rates: [], used: { api: [], keeper: [], engines: [] } }]));
  const figures = { commands: byCount(), queries: byCount() };
  const round = (count) =>
    withApis(count, async (apis) => {
      progress(`scale-out: ${count} of ${COUNTS.at(-1)} processes`);
      const groups = { api: apis.map(({ pid }) => pid), keeper: [keeper.pid], engines: servers.processes };
      const { edges } = (await ask(apis[0], LIST)).plans;
      for (const [kind, next] of Object.entries({ queries: pagesOf(edges), commands: changesOf(edges) })) {
        await load(apis, next);
        const before = await usedBy(groups);
        const { rate, answers } = await load(apis, next);
        const after = await usedBy(groups);
        figures[kind][count].rates.push(rate);
        for (const [name, list] of Object.entries(figures[kind][count].used)) {
          list.push(((after[name] - before[name]) * 1_000) / answers);
        }
      }
      await checkEvents(apis[0], edges);
    });
  for (let at = 0; at < options.rounds; at += 1) for (const count of COUNTS) await round(count);
  const { edges } = await withApis(1, async ([api]) => (await ask(api, LIST)).plans);
  for (const [kind, counts] of Object.entries(figures)) {
    for (const [count, { rates, used }] of Object.entries(counts)) {
      const processor = Object.entries(used).map(([name, list]) => `${name} ${milliseconds(median(list))}`);
      const [what, value] = hasCores
        ? ['throughput', ratio(rates, counts[1].rates)]
        : ['processor time of an answer in them', ratio(used.api, counts[1].used.api)];
      report.figure(
        `${kind}: ${count} api processes, ${what} relative to one`,
        times(value),
        `${perSecond(median(rates))}; processor time of an answer: ${processor.join(', ')}`,
      );
    }
  }
  return edges.reduce((sum, { node }) => sum + node.revision, 0);
}

/** Starts api processes for some work, and stops them. */
async function withApis(count, work) {
  const apis = await Promise.all(Array.from({ length: count }, () => serve('api')));
  try {
    return await work(apis);
  } finally {
    await Promise.all(apis.map((api) => api.stop()));
  }
}

/** Sends requests to all processes, with the same number of connections in all however many processes there are. */
async function load(apis, next) {
  const loads = await Promise.all(
    apis.map(({ address }) =>
      pressed(address, { connections: connections / apis.length, milliseconds: ROUND_MS, next }),
    ),
  );
  const sumOf = (name) => loads.reduce((sum, each) => sum + each[name], 0);
  return { rate: sumOf('rate'), answers: sumOf('answers') };
}

function pagesOf(edges) {
  const requests = [null, ...edges.slice(0, -10).map(({ cursor }) => cursor)].map((after) =>
    requestOf(PAGE, { after }, key),
  );
  let at = 0;
  return () => requests[at++ % requests.length];
}

function changesOf(edges) {
  return () => {
    changes += 1;
    const input = { planId: edges[changes % edges.length].node.id, title: titleOf(changes) };
    return requestOf(CHANGE, { input }, key);
  };
}

/** Checks that every command of the round has become one event, so that no refusal counts as an answer. */
async function checkEvents(api, before) {
  changes += 1;
  const input = { planId: before[0].node.id, title: titleOf(changes) };
  const { position } = (await ask(api, CHANGE, { input })).changePlanDetails;
  const after = (await ask(api, LIST, { at: position })).plans.edges;
  const sumOf = (edges) => edges.reduce((sum, { node }) => sum + node.revision, 0);
  const [events, commands] = [sumOf(after) - sumOf(before), changes - checkedChanges];
  if (events !== commands) throw new Error(`${commands} commands have become ${events} events`);
  checkedChanges = changes;
}

/** Each command has another title, because one that changes nothing makes no event. */
function titleOf(change) {
  return `План работы, изменение ${change}`;
}

/** Returns the processor time that each group of processes has used so far, in seconds. */
async function usedBy(groups) {
  const used = {};
  for (const [name, pids] of Object.entries(groups)) used[name] = await processorSeconds(pids);
  return used;
}

async function importPlans(api) {
  progress(`scale-out: importing ${plans} plans`);
  const text = await readFile(SAMPLE, 'utf8');
  for (let copy = 0; copy < plans; copy += 1) {
    const content = Buffer.from(text.replace('План работы', `План работы ${copy}-го отделения`)).toString('base64');
    const { userErrors } = (await ask(api, IMPORT, { input: { fileName: `plan-${copy}.txt`, content } })).importPlan;
    if (userErrors.length > 0) throw new Error(`an import was refused: ${JSON.stringify(userErrors)}`);
  }
}

/** Sends a request until the read models have reached the position that it names. */
async function ask({ address }, query, variables = {}) {
  for (;;) {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (!errors) return data;
    if (errors[0].extensions?.code !== 'READ_MODEL_BEHIND') throw new Error(`the request failed: ${errors[0].message}`);
  }
}
