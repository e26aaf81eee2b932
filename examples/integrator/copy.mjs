// Keeps a local copy of all plans that a key sees up to date: node copy.mjs http://localhost:4000 copy.json
// If this program or the server is killed, it continues after the stored position. No change is missed, and applying a
// change twice is harmless.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const [address, file] = process.argv.slice(2);
const headers = { authorization: `Bearer ${process.env.LETOPIS_KEY}`, 'content-type': 'application/json' };

/** Returns the plans of an export and the position after which changes follow. Throws if the export is incomplete. */
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

/** Writes position and plans in one file at once, so that neither is newer than the other. */
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
    else delete copy.plans[id]; // the key no longer sees the plan
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
    process.stderr.write(`${error.message}\n`); // the server is down or busy: retry from the stored position
    await wait(500);
  }
}
