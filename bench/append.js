// Appends to the embedded chronicle, one at a time and 32 at once, as ratios against raw write + fdatasync of the
// same bytes in the same run. Machines are noisy: the ratios are the result, the absolutes are not.
import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '../dist/eventstore/sqlite/store.js';

const ROUNDS = 3;
const COUNT = 1_000;
const body = JSON.stringify({ filler: 'x'.repeat(300) });
const event = () => ({ id: randomUUID(), type: 'Benched', body });
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function rate(count, work) {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}

const directory = await mkdtemp(join(tmpdir(), 'letopis-bench-'));
const store = await openSqliteEventStore(join(directory, 'chronicle.db'));
const file = await open(join(directory, 'raw'), 'w');
const results = { raw: [], single: [], grouped: [] };
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    results.raw.push(
      await rate(COUNT, async () => {
        for (let i = 0; i < COUNT; i += 1) {
          await file.write(body);
          await file.datasync();
        }
      }),
    );
    results.single.push(
      await rate(COUNT, async () => {
        for (let i = 0; i < COUNT; i += 1) await store.append(`one-${round}-${i}`, 'noStream', [event()]);
      }),
    );
    results.grouped.push(
      await rate(COUNT * 4, async () => {
        const writers = Array.from({ length: 32 }, async (_, writer) => {
          for (let i = 0; i < (COUNT * 4) / 32; i += 1) {
            await store.append(`many-${round}-${writer}-${i}`, 'noStream', [event()]);
          }
        });
        await Promise.all(writers);
      }),
    );
  }
} finally {
  await file.close();
  await store.close();
  await rm(directory, { recursive: true });
}
const raw = median(results.raw);
process.stdout.write(`raw write + fdatasync     ${raw.toFixed(0)}/s   1.00\n`);
for (const [name, list] of [
  ['append, one at a time  ', results.single],
  ['append, 32 at once     ', results.grouped],
]) {
  const value = median(list);
  process.stdout.write(`${name}   ${value.toFixed(0)}/s   ${(value / raw).toFixed(2)}\n`);
}
