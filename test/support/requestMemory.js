/**
 * Starts a server with the sample plan in this process, repeats a query, and prints how many bytes a request allocates and
 * how many of them a minor garbage collection does not free, as medians. Needs `--expose-gc`.
 *
 * @param argv directory for the data, key of the administrator.
 */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from '../../dist/app/config.js';
import { serve } from '../../dist/app/serve.js';

/** Requests until V8 has compiled the code that they run. */
const WARMING = 40;
const MEASURED = 21;

/** Loads the rows of all activities and of their control points. */
const QUERY =
  '{ plans(first: 1) { nodes { sections { activities(first: 200) { nodes { id title points { id dueOn progress activity { title } } } } } } } }';
const BODY = JSON.stringify({ query: QUERY });

const [directory, key] = process.argv.slice(2);
const settings = {
  ...{ LETOPIS_DATA: directory, LETOPIS_PORT: '0', LETOPIS_RATE: '1000000', LETOPIS_BOOTSTRAP_KEY: key },
  LETOPIS_ANSWER_CACHE_MB: '0',
};
const server = await serve(readConfig(settings), pino({ level: 'silent' }));
const { hostname, port } = new URL(server.address);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

for (let count = 0; count < WARMING; count += 1) await ask();
globalThis.gc();
const requests = [];
for (let count = 0; count < MEASURED; count += 1) {
  const before = process.memoryUsage().heapUsed;
  const characters = await ask();
  // The connection ends its work on the response.
  await wait(5);
  const allocated = process.memoryUsage().heapUsed - before;
  globalThis.gc({ type: 'minor' });
  requests.push({ characters, allocated, retained: process.memoryUsage().heapUsed - before });
}
const sizes = { characters: median('characters'), allocated: median('allocated'), retained: median('retained') };
process.stdout.write(JSON.stringify(sizes));
await server.close();
process.exit();

function median(name) {
  const sorted = requests.map((each) => each[name]).sort((one, other) => one - other);
  return sorted[Math.floor(MEASURED / 2)];
}

function ask() {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(BODY),
      authorization: `Bearer ${key}`,
    };
    const sent = request({ agent, hostname, port, path: '/graphql', method: 'POST', headers }, (response) => {
      let characters = 0;
      response.on('data', (part) => {
        characters += part.length;
      });
      response.on('end', () => resolve(characters));
    });
    sent.on('error', reject);
    sent.end(BODY);
  });
}
