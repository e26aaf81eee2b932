/**
 * Measures queries per second over HTTP: Letopis with its access checks and limits, compared with servers without any
 * that read the same tables: Apollo Server, Mercurius with its JIT, GraphQL Yoga, graphql-js alone, and stored bytes as
 * the upper limit. Every server runs in a separate process, and so does the client.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { child } from './lib/child.js';
import { built } from './lib/dist.js';
import { seeded } from './lib/district/random.js';
import { inDirectory } from './lib/files.js';
import { paced, pressed, requestOf } from './lib/load.js';
import { interleaved, median, quantile, ratio } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { milliseconds, perSecond, progress, Report, times } from './lib/report.js';
import { readyDistrict } from './lib/server.js';

const { newToken } = await built('access/tokens.js');
const { readConfig } = await built('app/config.js');

const options = optionsOf({
  plans: { type: 'string', default: '2000' },
  connections: { type: 'string', default: '16' },
  seconds: { type: 'string' },
  again: { type: 'boolean', default: false },
  /** Comma-separated contenders. Letopis is always included, because the others are compared with its answers. */
  only: { type: 'string' },
});
const PLANS = options.quick ? 60 : Number(options.plans);
const connections = Number(options.connections);
const ROUND_MS = Number(options.seconds ?? (options.quick ? 0.2 : 2.5)) * 1_000;
const WARMING_MS = ROUND_MS;
/** Activities of a plan: with 15 a page of 20 plans has about 100 kB. */
const ACTIVITIES = 15;
/** Minimum number of events of a plan: further events would not change the results of these queries. */
const EVENTS = 20;
const SEED = 2_020;
/** Number of answers of each server that are compared with those of Letopis before the measurement. */
const COMPARED = options.quick ? 5 : 50;
/** More connections than requests that wait at any time, so that a connection is free when a request is due. */
const PACED_CONNECTIONS = 64;
const PACED_SHARE = 0.8;

const SMALL = 'query Small($id: ID!) { plan(id: $id) { id title status period { start end } revision } }';
const MEDIUM = `query Medium($after: String) { plans(first: 20, after: $after) { nodes { id title sections {
  activities(first: 15) { nodes { number title timeframe { text } due responsible { name kind lead } } } } } } }`;
const ALL =
  'query All($after: String) { plans(first: 200, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }';

/** Disables the response cache. A build without a cache rejects this setting. */
const KEEPS_NOTHING = { LETOPIS_ANSWER_CACHE_MB: '0' };

const LETOPIS = 'letopis';
const UNCACHED = 'letopis without its cache';
const JIT = 'mercurius with jit';
const PLAIN = 'graphql-js';
const LIMIT = 'stored bytes';

const report = new Report('Serving');
const found = await readyDistrict(options.dir, PLANS * EVENTS, options.again, { plans: PLANS, activities: ACTIVITIES });
await inDirectory(options.dir, async (directory) => {
  const servers = {};
  try {
    const key = newToken();
    // Letopis locks its directory and writes to it, for example a key: each of the two servers gets a copy, so that the
    // district does not change.
    const copyOf = async (name) => {
      const path = join(directory, name);
      await cp(found.files.path, path, { recursive: true });
      return { path, clock: found.clock, key };
    };
    const { readModels } = found.files;
    const made = {
      [LETOPIS]: async () => ['letopis', { ...(await copyOf('cached')), settings: {} }],
      ...(isKnown(KEEPS_NOTHING) && {
        [UNCACHED]: async () => ['letopis', { ...(await copyOf('uncached')), settings: KEEPS_NOTHING }],
      }),
      [JIT]: () => ['mercurius', { readModels }],
      'apollo server': () => ['apollo', { readModels }],
      'graphql yoga': () => ['yoga', { readModels }],
      [PLAIN]: () => ['graphql-js', { readModels }],
      [LIMIT]: () => ['raw http', {}],
    };
    const wanted = options.only?.split(',').map((name) => name.trim());
    for (const [name, make] of Object.entries(made)) {
      if (wanted && name !== LETOPIS && !wanted.includes(name)) continue;
      progress(`serving: starting ${name}`);
      const [server, given] = await make();
      const started = await child('./serving/serverChild.js', [server, JSON.stringify(given)]);
      servers[name] = { ...started, address: started.told.address };
      if (started.told.missing) {
        report.note(`«${name}» is not measured: ${started.told.missing}`);
        await started.close();
        delete servers[name];
      }
    }
    await measure(servers, key);
  } finally {
    for (const server of Object.values(servers)) await server.close();
  }
});
report.note(
  `${found.plans} plans of ${ACTIVITIES} activities; ${connections} connections, one request at a time on each; ` +
    `${options.rounds} alternating rounds of ${ROUND_MS / 1_000} s; the same queries for all. «Different»: random plans and pages; ` +
    '«repeated»: always the same query. Figures are ratios to the rate of graphql-js.',
);
report.finish();

function isKnown(settings) {
  try {
    return readConfig(settings) !== undefined;
  } catch {
    report.note(`«${UNCACHED}» is not measured: this build has no such setting.`);
    return false;
  }
}

async function measure(servers, administrator) {
  // The two Letopis servers have separate directories, and so different keys.
  for (const name of [LETOPIS, UNCACHED]) {
    if (!servers[name]) continue;
    servers[name].token = await integratorKey(servers[name].address, administrator);
    // After a start the server sums the figures of all plans in the background: measure only after that.
    await textOf(servers[name].address, servers[name].token, '{ monitoring { total { total } } }', {});
  }
  const { token } = servers[LETOPIS];
  const plans = await allPlans(servers[LETOPIS].address, token);
  const pages = [null, ...plans.slice(0, -20).map(({ cursor }) => cursor)];
  const queries = {
    small: { query: SMALL, all: plans.map(({ id }) => ({ id })) },
    medium: { query: MEDIUM, all: pages.map((after) => ({ after })) },
  };
  for (const [size, { query, all }] of Object.entries(queries)) {
    await compared(servers, size, query, all);
    const stored = await textOf(servers[LETOPIS].address, token, query, all[0]);
    await servers[LIMIT]?.ask({ ask: 'store', text: stored });
    for (const kind of ['different', 'repeated']) await load(servers, `${size}, ${kind}`, query, all, kind);
  }
}

/** Measures all servers alternately with the same queries. */
async function load(servers, what, query, all, kind) {
  const cpu = {};
  const bytes = {};
  const requests = Object.fromEntries(
    Object.entries(servers).map(([name, { token = '' }]) => [
      name,
      (kind === 'different' ? all : all.slice(0, 1)).map((variables) => requestOf(query, variables, token)),
    ]),
  );
  const nextOf = (name, round) => {
    const random = seeded(SEED + round);
    return () => random.pick(requests[name]);
  };
  const press = (name, round, duration) =>
    pressed(servers[name].address, { connections, milliseconds: duration, next: nextOf(name, round) });
  let busiest = 0;
  const contenders = Object.entries(servers).map(([name, server]) => [
    name,
    async (round) => {
      const before = await server.ask({ ask: 'processor' });
      const { rate, answers, bytes: size, busy } = await press(name, round, ROUND_MS);
      const after = await server.ask({ ask: 'processor' });
      cpu[name] = [...(cpu[name] ?? []), (after.microseconds - before.microseconds) / answers];
      bytes[name] = size;
      busiest = Math.max(busiest, busy);
      return rate;
    },
  ]);
  for (const name of Object.keys(servers)) await press(name, options.rounds, WARMING_MS);
  if (options.profile) {
    for (const name of [LETOPIS, UNCACHED]) {
      if (!servers[name]) continue;
      await servers[name].ask({ ask: 'profile', title: `${name}: ${what}` });
      await press(name, options.rounds, ROUND_MS);
      await servers[name].ask({ ask: 'endProfile' });
    }
  }
  const rates = await interleaved(options.rounds, Object.fromEntries(contenders));
  const shareOf = (name, other) => (rates[other] ? ratio(rates[name], rates[other]) : undefined);
  const goals =
    kind === 'different'
      ? [
          [LETOPIS, JIT, 1],
          [UNCACHED, JIT, 1],
        ]
      : [[LETOPIS, LIMIT, 0.8]];
  for (const [name, against, least] of goals) {
    const share = rates[name] && shareOf(name, against);
    if (!share) continue;
    const told = `${perSecond(median(rates[name]))} against ${perSecond(median(rates[against]))}`;
    report.goal(`${what}: ${name}, of ${against}`, times(share), `≥ ${least}`, share >= least, told);
  }
  for (const name of Object.keys(servers)) {
    const absolutes = [
      perSecond(median(rates[name])),
      `${Math.round(bytes[name])} B`,
      `${median(cpu[name]).toFixed(0)} µs of processor`,
      ...[JIT, LIMIT].flatMap((each) => (rates[each] ? [`${times(shareOf(name, each))} of ${each}`] : [])),
    ];
    const share = shareOf(name, PLAIN);
    report.figure(`${what}: ${name}`, share ? times(share) : '', absolutes.join(', '));
  }
  progress(`serving: ${what}; the client used ${(busiest * 100).toFixed(0)} % of a core at most`);
  if (kind === 'different') await latency(servers[LETOPIS], what, median(rates[LETOPIS]), nextOf(LETOPIS, 0));
}

/** Measures the latency at a rate below the maximum. */
async function latency({ address }, what, rate, next) {
  const asked = { connections: PACED_CONNECTIONS, milliseconds: ROUND_MS, rate: rate * PACED_SHARE, next };
  const rounds = [];
  for (let round = 0; round < options.rounds; round += 1) rounds.push(await paced(address, asked));
  const [p50, p99] = [0.5, 0.99].map((share) => median(rounds.map((taken) => quantile(taken, share))));
  report.figure(
    `${what}: ${LETOPIS}, latency at ${PACED_SHARE * 100} % of its rate`,
    `${milliseconds(p50)} (p50)`,
    `p99 ${milliseconds(p99)}; requests at ${perSecond(rate * PACED_SHARE)}, regardless of earlier answers`,
  );
}

/** Checks that all servers return the same data, because a server with wrong answers cannot be compared. */
async function compared(servers, size, query, all) {
  const random = seeded(SEED);
  const chosen = [all[0], ...Array.from({ length: COMPARED }, () => random.pick(all))];
  const { token } = servers[LETOPIS];
  for (const variables of chosen) {
    const wanted = JSON.parse(await textOf(servers[LETOPIS].address, token, query, variables));
    if (!wanted.data) throw new Error(`${LETOPIS} does not answer: ${JSON.stringify(wanted)}`);
    for (const [name, server] of Object.entries(servers)) {
      if (name === LIMIT) continue;
      const answer = JSON.parse(await textOf(server.address, server.token ?? '', query, variables));
      if (isDeepStrictEqual(answer.data, wanted.data)) continue;
      throw new Error(`${name} returns another result for «${size}»: ${JSON.stringify(answer).slice(0, 1_000)}`);
    }
  }
}

async function textOf(address, token, query, variables) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.text();
}

async function dataOf(address, token, query, variables) {
  const { data, errors } = JSON.parse(await textOf(address, token, query, variables));
  if (errors) throw new Error(`the query failed: ${JSON.stringify(errors[0])}`);
  return data;
}

/** Issues the key of an integrator: it may read all organisations, but no names of persons. */
async function integratorKey(address, administrator) {
  const issue = `mutation { issueAccess(input: { name: "Портал района", role: INTEGRATOR }) {
    token userErrors { code message } } }`;
  const { issueAccess } = await dataOf(address, administrator, issue);
  if (!issueAccess.token) throw new Error(`no key was issued: ${JSON.stringify(issueAccess.userErrors)}`);
  return issueAccess.token;
}

async function allPlans(address, token) {
  const list = [];
  for (let after = null; ; ) {
    const { edges, pageInfo } = (await dataOf(address, token, ALL, { after })).plans;
    list.push(...edges.map(({ cursor, node }) => ({ cursor, id: node.id })));
    if (!pageInfo.hasNextPage) return list;
    after = pageInfo.endCursor;
  }
}
