// Keeps a copy of all plans that a key sees in step with Letopis: node copy.mjs http://localhost:4000 copy.json
// Killed at any moment, here or there, it goes on where it was: nothing is missed, and what is told twice is the same.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const [address, file] = process.argv.slice(2);
const headers = { authorization: `Bearer ${process.env.LETOPIS_KEY}`, 'content-type': 'application/json' };

/** The plans of an export, and the position from which changes go on. Throws when it was cut. */
async function exported(query = '') {
  const response = await fetch(`${address}/plans.jsonl${query}`, { headers });
  if (!response.ok) throw new Error(await response.text());
  const lines = (await response.text()).split('\n').filter(Boolean).map(JSON.parse);
  if (lines.at(-1)?.kind !== 'END') throw new Error('the export was cut: ask again');
  return { position: lines[0].position, plans: lines.slice(1, -1) };
}

const CHANGES = `query($after: Position) { changes(after: $after, first: 200) { position hasMore changes { planId gone } } }`;

async function changesAfter(after) {
  const body = JSON.stringify({ query: CHANGES, variables: { after } });
  const { data, errors } = await (await fetch(`${address}/graphql`, { method: 'POST', headers, body })).json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data.changes;
}

/** Position and plans are one file, written at once: the one is never ahead of the other. */
async function saved(copy) {
  await writeFile(`${file}.new`, JSON.stringify(copy));
  await rename(`${file}.new`, file);
  return copy;
}

async function begun() {
  const { position, plans } = await exported();
  return saved({ position, plans: Object.fromEntries(plans.map((plan) => [plan.id, plan])) });
}

async function step(copy) {
  const { position, hasMore, changes } = await changesAfter(copy.position);
  for (const id of new Set(changes.flatMap(({ planId }) => planId ?? []))) {
    const [plan] = (await exported(`?planId=${id}&atLeast=${encodeURIComponent(position)}`)).plans;
    if (plan) copy.plans[id] = plan;
    else delete copy.plans[id]; // it is not to be seen any more
  }
  if (position !== copy.position) await saved({ ...copy, position });
  if (!hasMore) await wait(200);
  return { ...copy, position };
}

let copy = await readFile(file, 'utf8')
  .then(JSON.parse)
  .catch(() => undefined);
for (;;) {
  try {
    copy = await (copy ? step(copy) : begun());
  } catch (error) {
    process.stderr.write(`${error.message}\n`); // the server is away, or busy: from the same place again
    await wait(500);
  }
}
