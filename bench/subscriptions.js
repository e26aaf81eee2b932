/**
 * Measures the processor time that a server needs to publish a change to a thousand subscribers, per delivered message:
 * Letopis, and graphql-ws as documented, which executes every subscription separately, with the schema of Letopis (the
 * comparison) and with a minimal schema. Changes of Letopis are made by real mutations. The cost of the same mutations
 * without subscribers is subtracted, so that the cost of publishing remains. The other servers publish changes of the
 * same size, with the same subtraction. The last server builds the bytes once and writes them to each socket: the upper
 * limit.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { child } from './lib/child.js';
import { built } from './lib/dist.js';
import { inDirectory } from './lib/files.js';
import { interleaved, median, ratio } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { milliseconds, progress, Report, times } from './lib/report.js';
import { readyDistrict } from './lib/server.js';
import { subscribers } from './lib/subscribers.js';

const { newToken } = await built('access/tokens.js');

const options = optionsOf({
  clients: { type: 'string' },
  again: { type: 'boolean', default: false },
});
const CLIENTS = Number(options.clients ?? (options.quick ? 100 : 1_000));
/** Number of concurrent changes, each of another plan, so that they do not wait for each other. */
const BURST = 50;
/** Number of sequential changes: each is made when every client has received the one before. */
const SINGLES = options.quick ? 5 : 100;
/**
 * Milliseconds between sequential changes without subscribers, about as long as their delivery takes: an idle process
 * starts more slowly.
 */
const APART_MS = 25;
/** Number of bursts in a round: a single one is too short to measure. */
const BURSTS = options.quick ? 1 : 3;
/** Number of bursts before the measurement, so that the code that makes changes is compiled. */
const WARMING = options.quick ? 1 : 20;
/** Maximum number of connections per key. */
const PER_KEY = 100;
const PLANS = 60;
const EVENTS = 20;
/** Maximum number of changes until all subscriptions have begun. */
const TRIES = 50;
const FEWER = { burst: 10, single: 5 };

const QUERY =
  'subscription { changes { position eventType planId statusChanges { activityId after { timing evidence } } } }';
const LETOPIS = 'letopis';
const SAME = 'graphql-ws as documented';
const SMALLEST = 'graphql-ws as documented, smallest schema';
const LIMIT = 'stored frames';
const OTHERS = [SAME, SMALLEST];

const report = new Report('Subscriptions');
const found = await readyDistrict(options.dir, PLANS * EVENTS, options.again, { plans: PLANS, activities: 15 });
await inDirectory(options.dir, async (directory) => {
  const path = join(directory, 'data');
  await cp(found.files.path, path, { recursive: true });
  const key = newToken();
  const servers = {};
  try {
    servers[LETOPIS] = await started('letopis', { path, clock: found.clock, key, settings: {} });
    servers[SAME] = await started('graphql-ws over the same schema', {});
    servers[SMALLEST] = await started('graphql-ws', {});
    servers[LIMIT] = await started('raw sockets', {});
    await measure(servers, key);
  } finally {
    for (const server of Object.values(servers)) await server.close();
  }
});
report.note(
  `${CLIENTS} clients, ${options.rounds} alternating rounds of ${BURSTS} bursts of ${BURST} changes and of ${SINGLES} single changes. ` +
    'Every client received every message exactly once, in order, with the same bytes.',
);
report.finish();

async function started(name, given) {
  const server = await child('./serving/serverChild.js', [name, JSON.stringify(given)], ['--expose-gc']);
  return { ...server, address: server.told.address };
}

async function measure(servers, key) {
  const desk = await deskOf(servers[LETOPIS].address, key);
  const pattern = await desk.pattern();
  let number = 0;
  /**
   * Functions that make concurrent changes. They return the positions in the expected order, or for Letopis in any
   * order.
   */
  const makers = {
    [LETOPIS]: (count) => desk.turn(count),
    ...Object.fromEntries([...OTHERS, LIMIT].map((name) => [name, (count) => published(servers[name], count)])),
  };
  async function published(server, count) {
    const changes = Array.from({ length: count }, () => {
      number += 1;
      // As long as the real change, and different each time.
      return { ...pattern, position: `${number}`.padStart(pattern.position.length, '0') };
    });
    await server.ask({ ask: 'publish', changes });
    return changes.map(({ position }) => position);
  }
  const names = Object.keys(makers);

  const alone = {};
  for (const name of names) {
    const make = makers[name];
    for (let round = 0; round < WARMING; round += 1) await make(BURST);
    const burst = [];
    const single = [];
    for (let round = 0; round < options.rounds; round += 1) {
      burst.push(await processorOf(servers[name], () => repeated(BURSTS, () => make(BURST))));
      single.push(await processorOf(servers[name], () => repeated(SINGLES, () => apart(make))));
    }
    alone[name] = { burst: median(burst), single: median(single) };
  }

  const clients = {};
  try {
    for (const name of names) {
      progress(`subscriptions: ${CLIENTS} clients of ${name}`);
      const before = await memoryOf(servers[name]);
      const tokens = name === LETOPIS ? await desk.keys(Math.ceil(CLIENTS / PER_KEY)) : [''];
      clients[name] = await subscribers(servers[name].address, { count: CLIENTS, tokens, query: QUERY });
      await begun(clients[name], makers[name]);
      const after = await memoryOf(servers[name]);
      const each = (what) => `${((after[what] - before[what]) / CLIENTS / 1_024).toFixed(1)} kB`;
      report.figure(
        `memory of an idle subscription: ${name}`,
        each('rss'),
        `resident; ${each('heapUsed')} of the heap, both after a collection`,
      );
    }
    const kinds = {
      burst: { changes: BURSTS * BURST, work: (make) => repeatedTold(BURSTS, BURST, make) },
      single: { changes: SINGLES, work: (make) => repeatedTold(SINGLES, 1, make) },
    };
    for (const [kind, { changes, work }] of Object.entries(kinds)) {
      const wall = {};
      let bytes = {};
      const round = async (name) => {
        const start = performance.now();
        let size = 0;
        const spent = await processorOf(servers[name], async () => {
          size = await work({ clients: clients[name], make: makers[name], checked: name === LETOPIS && desk.order });
        });
        wall[name] = [...(wall[name] ?? []), performance.now() - start];
        bytes = { ...bytes, [name]: size };
        return Math.max(0.01, (spent - alone[name][kind]) / (changes * CLIENTS));
      };
      for (const name of names) await round(name);
      if (options.profile) {
        await servers[LETOPIS].ask({ ask: 'profile', title: `${LETOPIS}: ${kind}` });
        await round(LETOPIS);
        await servers[LETOPIS].ask({ ask: 'endProfile' });
      }
      const costs = await interleaved(
        options.rounds,
        Object.fromEntries(names.map((name) => [name, () => round(name)])),
      );
      const what = kind === 'burst' ? `bursts of ${BURST}` : 'single changes';
      const told = (name) =>
        `${median(costs[name]).toFixed(2)} µs per message of ${bytes[name]} B ` +
        `(${milliseconds(median(wall[name]) / (kind === 'burst' ? BURSTS : SINGLES))} until all clients have ${kind === 'burst' ? 'one burst' : 'it'})`;
      for (const other of OTHERS) {
        const fewer = ratio(costs[other], costs[LETOPIS]);
        const row = [`${what}: saving of processor time per message over ${other}`, times(fewer)];
        const absolutes = `${told(LETOPIS)} against ${told(other)}`;
        if (other === SAME) report.goal(...row, `≥ ${FEWER[kind]}`, fewer >= FEWER[kind], absolutes);
        else report.figure(...row, absolutes);
      }
      report.figure(
        `${what}: processor time per message, relative to ${LIMIT} written without other work`,
        times(ratio(costs[LETOPIS], costs[LIMIT])),
        `${told(LETOPIS)} against ${told(LIMIT)}; ${SAME} relative to the limit: ${times(ratio(costs[SAME], costs[LIMIT]))}`,
      );
      progress(`subscriptions: ${what}`);
    }
    await wait(500);
    for (const each of Object.values(clients)) each.check();
  } finally {
    for (const each of Object.values(clients)) each.close();
  }
}

async function repeated(count, work) {
  for (let number = 0; number < count; number += 1) await work();
}

async function apart(make) {
  await make(1);
  await wait(APART_MS);
}

/** Makes changes repeatedly, each time until every client has received them. Returns the bytes of one message. */
async function repeatedTold(count, changes, { clients, make, checked }) {
  let size = 0;
  for (let number = 0; number < count; number += 1) {
    const { result, messages, bytes } = await clients.told(changes, () => make(changes));
    const positions = messages.map(({ position }) => position);
    const wanted = checked ? checked(result) : result;
    if (`${positions}` !== `${wanted}`) throw new Error(`received: ${positions}; expected: ${wanted}`);
    size = bytes;
  }
  return size;
}

/** Returns the microseconds of processor time that a server needs for some work. */
async function processorOf(server, work) {
  const before = await server.ask({ ask: 'processor' });
  await work();
  const after = await server.ask({ ask: 'processor' });
  return after.microseconds - before.microseconds;
}

/** Returns the memory of an idle server after garbage collection. */
async function memoryOf(server) {
  let memory;
  for (let pass = 0; pass < 3; pass += 1) {
    await wait(options.quick ? 50 : 500);
    memory = await server.ask({ ask: 'memory' });
  }
  return memory;
}

/**
 * Waits until all subscriptions have begun: the protocol does not acknowledge them, so a change must reach every
 * client.
 */
async function begun(clients, make) {
  for (let number = 0; number < TRIES; number += 1) {
    clients.forget();
    await make(1);
    for (let pass = 0; pass < 20 && clients.reached() < CLIENTS; pass += 1) await wait(100);
    await wait(200);
    if (clients.reached() === CLIENTS) return;
  }
  throw new Error('not all subscriptions have begun');
}

/**
 * Returns functions that mark activities as done and withdraw the marks, one activity per plan, so that plans do not
 * grow.
 */
async function deskOf(address, key) {
  const ask = async (query, variables, token = key) => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(`the request failed: ${JSON.stringify(errors[0])}`);
    return data;
  };
  const actualOn = found.clock.slice(0, 10);
  const command = (name, type) => async (input) => {
    const mutation = `mutation ($input: ${type}!) { done: ${name}(input: $input) { position userErrors { code message } } }`;
    return (await ask(mutation, { input })).done;
  };
  const completed = command('completeActivity', 'CompleteActivityInput');
  const withdrawn = command('withdrawCompletion', 'WithdrawCompletionInput');
  const complete = (activityId) => completed({ activityId, actualOn });
  const withdraw = (activityId) => withdrawn({ activityId, reason: 'Проба' });

  const { plans } = await ask('{ plans(first: 60) { nodes { id } } }');
  const chosen = [];
  for (const { id } of plans.nodes) {
    const { activities } = await ask(
      'query ($id: ID!) { activities(first: 15, filter: { planId: $id, evidence: [NONE] }) { nodes { id } } }',
      { id },
    );
    for (const { id: activityId } of activities.nodes) {
      // Skip activities that were excluded or have no open point.
      const isTaken = (await complete(activityId)).userErrors.length === 0;
      if (!isTaken || (await withdraw(activityId)).userErrors.length > 0) continue;
      chosen.push({ activityId, isDone: false });
      break;
    }
  }
  if (chosen.length < BURST) throw new Error(`only ${chosen.length} plans have an activity that can be marked as done`);
  let next = 0;
  return {
    /** Executes this many concurrent commands. Returns the positions of their events. */
    turn: (count) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const activity = chosen[next % BURST];
          next += 1;
          const { position, userErrors } = await (activity.isDone ? withdraw : complete)(activity.activityId);
          if (userErrors.length > 0) throw new Error(`refused: ${JSON.stringify(userErrors[0])}`);
          activity.isDone = !activity.isDone;
          return position;
        }),
      ),
    /** Returns the positions in the order of the event store. */
    order: (positions) =>
      positions
        .map((position) => ({ position, at: JSON.parse(Buffer.from(position, 'base64url').toString())[3] }))
        .sort((a, b) => (a.at < b.at ? -1 : 1))
        .map(({ position }) => position),
    async keys(count) {
      const tokens = [];
      for (let number = 1; number <= count; number += 1) {
        const issue = `mutation { issueAccess(input: { name: "Портал ${number}", role: INTEGRATOR }) { token } }`;
        tokens.push((await ask(issue)).issueAccess.token);
      }
      return tokens;
    },
    /** Returns one change as subscribers receive it. */
    async pattern() {
      const clients = await subscribers(address, { count: 1, tokens: [key], query: QUERY });
      try {
        await wait(500);
        const { messages } = await clients.told(1, () => this.turn(1), 10_000);
        return messages[0];
      } finally {
        clients.close();
      }
    },
  };
}
