// Previews a table of 200,000 rows repeatedly, and the largest accepted plan, with a key and without one, and measures
// how long the main thread of the server is blocked. Exits with 1 if that is longer than LETOPIS_ATTACK_STALL_MS
// (default 1000), or if an attack measured nothing, because it was refused or answered unexpectedly. Run it with
// `npm run attack:previews`. The server runs in this thread; the callers run in another one.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const MOST_MS = Number(process.env.LETOPIS_ATTACK_STALL_MS ?? 1_000);
const CALLERS = 20;
const QUERY =
  'query($content: String!) { importPreview(fileName: "a.csv", content: $content) { activityCount structure asHtml differences } }';

/** Returns a table with a number of rows, in base64. */
function table(rows) {
  const head = 'План работы на 2020-2021 учебный год\n№;Мероприятие;Срок;Ответственные\n';
  const lines = Array.from({ length: rows }, (_, index) => `${index + 1};Семинар;май;Методист\n`);
  return Buffer.from(head + lines.join('')).toString('base64');
}

/** The attacks: how many rows, with a key or without one, and whether some of the callers must be answered. */
const ATTACKS = [
  { rows: 200_000, hasKey: true, isAnswered: false },
  { rows: 200_000, hasKey: false, isAnswered: false },
  { rows: 5_000, hasKey: true, isAnswered: true },
];

/** Sends a document by many concurrent callers. Returns the number of responses of each code. */
async function attack({ address, rows, key }) {
  const content = table(rows);
  const ask = async () => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query: QUERY, variables: { content } }),
    });
    const { errors } = await response.json();
    return errors?.[0]?.extensions?.code ?? 'ANSWERED';
  };
  const counts = {};
  for (const code of await Promise.all(Array.from({ length: CALLERS }, ask))) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

async function main() {
  const { pino } = await import('pino');
  const { readConfig } = await import('../../dist/app/config.js');
  const { serve } = await import('../../dist/app/serve.js');
  const { newToken } = await import('../../dist/access/tokens.js');
  const directory = await mkdtemp(join(tmpdir(), 'letopis-attack-'));
  const key = newToken();
  const settings = {
    ...{ LETOPIS_DATA: directory, LETOPIS_PORT: '0', LETOPIS_SAMPLE: 'off', LETOPIS_PUBLIC: 'on' },
    LETOPIS_BOOTSTRAP_KEY: key,
  };
  const server = await serve(readConfig(settings), pino({ level: 'silent' }));
  let last = performance.now();
  let stall = 0;
  const ticks = setInterval(() => {
    const now = performance.now();
    stall = Math.max(stall, now - last);
    last = now;
  }, 5);
  try {
    for (const { rows, hasKey, isAnswered } of ATTACKS) {
      stall = 0;
      const workerData = { address: server.address, rows, key: hasKey ? key : undefined };
      const attacker = new Worker(new URL(import.meta.url), { workerData });
      const counts = await new Promise((resolve, reject) => attacker.once('message', resolve).once('error', reject));
      process.stdout.write(
        `${rows} rows by ${CALLERS} callers ${hasKey ? 'with' : 'without'} a key: ${JSON.stringify(counts)}; longest stall ${Math.round(stall)} ms\n`,
      );
      if (stall > MOST_MS || 'ANSWERED' in counts !== isAnswered) process.exitCode = 1;
    }
  } finally {
    clearInterval(ticks);
    await server.close();
    await rm(directory, { recursive: true });
  }
}

if (isMainThread) await main();
else parentPort.postMessage(await attack(workerData));
