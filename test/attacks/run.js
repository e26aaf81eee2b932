/**
 * Attacks a server with default limits: the most expensive requests that are admitted, and fourteen floods. Meanwhile a
 * bystander with another key sends a small query twenty times a second. Prints for each attack how long the bystander
 * waited (p99), how much memory the server took and the longest stall of its event loop.
 *
 * - `npm run attacks`: on a quiet machine, against the goals
 * - `npm run attacks -- --quick`: short, with generous bounds, as in CI
 * - `npm run attacks -- --only 3,dear`: some of them
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { child } from '../../bench/lib/child.js';
import { built } from '../../bench/lib/dist.js';
import { inDirectory } from '../../bench/lib/files.js';
import { quantile } from '../../bench/lib/measure.js';
import { optionsOf } from '../../bench/lib/options.js';
import { readyDistrict } from '../../bench/lib/server.js';
import { dataOf, post } from './clients.js';
import { DEAR } from './dear.js';
import { FLOODS } from './floods.js';

const { newToken } = await built('access/tokens.js');

const options = optionsOf({ only: { type: 'string' }, plans: { type: 'string' } });
const PLANS = Number(options.plans ?? (options.quick ? 60 : 600));
const ACTIVITIES = 25;
const EVENTS = 30;
/** Bounds for a busy machine with `--quick`; otherwise the goals for a quiet machine. */
const BOUNDS = options.quick ? { p99: 5_000, peak: 1.5e9, stall: 3_000 } : { p99: 250, peak: 1e9, stall: 200 };
const FLOOD_MS = options.quick ? 2_000 : 8_000;
const SMALL = 'query($id: ID!) { plan(id: $id) { id title status revision sections { id title } } }';
const BYSTANDER_MS = 50;

const found = await readyDistrict(options.dir, PLANS * EVENTS, false, { plans: PLANS, activities: ACTIVITIES });
const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
const isWanted = (name) => !options.only || options.only.split(',').some((part) => name.includes(part));
const failures = [];

await inDirectory(options.dir, async (directory) => {
  const path = join(directory, 'data');
  await cp(found.files.path, path, { recursive: true });
  const key = newToken();
  const server = await child('../../test/attacks/attacked.js', [JSON.stringify({ path, clock: found.clock, key })]);
  const { address } = server.told;
  try {
    await dataOf(address, key, '{ monitoring { total { total } } }');
    const { plans } = await dataOf(address, key, '{ plans(first: 200) { nodes { id } } }');
    const bystander = await newKey(address, key, 'INTEGRATOR');
    for (const attack of [...DEAR, ...FLOODS]) {
      if (!isWanted(attack.name)) continue;
      await wait(500);
      const keyFor = (role) => newKey(address, key, role);
      const attacker = await keyFor('INTEGRATOR');
      await measured(server, address, attack, { attacker, keyFor, bystander, plans: plans.nodes });
    }
  } finally {
    await server.close();
  }
});

if (failures.length > 0) {
  process.stdout.write(`\n${failures.length} failures:\n${failures.join('\n')}\n`);
  process.exitCode = 1;
}

async function measured(server, address, { name, run }, parties) {
  const waited = [];
  let isOver = false;
  const { plans, bystander } = parties;
  const watching = (async () => {
    for (let number = 0; !isOver; number += 1) {
      const begun = performance.now();
      const { code } = await post(address, bystander, SMALL, { id: plans[number % plans.length].id });
      waited.push(code === 'ok' ? performance.now() - begun : Number.POSITIVE_INFINITY);
      await wait(BYSTANDER_MS);
    }
  })();
  await server.ask({ ask: 'begin' });
  const ended = await run({ address, ...parties, milliseconds: FLOOD_MS });
  // Floods are expected to be refused, and return only their outcome.
  const { outcome, refused } = typeof ended === 'string' ? { outcome: ended, refused: [] } : ended;
  isOver = true;
  await watching;
  const { stall, peak, heap, external } = await server.ask({ ask: 'fared' });
  const p99 = quantile(waited, 0.99);
  const row = [
    name.padEnd(46),
    `p99 ${p99.toFixed(0)} ms`,
    `${megabytes(peak)} MB (heap ${megabytes(heap)}, buffers ${megabytes(external)})`,
    `stall ${stall.toFixed(0)} ms`,
    outcome,
    refused.length > 0 ? 'REFUSED: nothing was measured' : '',
  ];
  process.stdout.write(`${row.join('  ')}\n`);
  if (refused.length > 0) failures.push(`${name}: refused (${refused.join()}), so nothing was measured`);
  for (const [what, value] of Object.entries({ p99, peak, stall })) {
    if (value > BOUNDS[what]) failures.push(`${name}: ${what} ${value.toFixed(0)} exceeds ${BOUNDS[what]}`);
  }
}

async function newKey(address, administrator, role) {
  const issue = `mutation { issueAccess(input: { name: "Портал", role: ${role} }) { token userErrors { message } } }`;
  return (await dataOf(address, administrator, issue)).issueAccess.token;
}
