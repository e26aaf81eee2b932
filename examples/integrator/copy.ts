// Keeps a copy of all plans that a key sees in step with Letopis: LETOPIS_KEY=… npm start -- http://localhost:4000 copy.json
// Killed at any moment, here or there, it goes on where it was: nothing is missed, and what is told twice is the same.
import { setTimeout as wait } from 'node:timers/promises';
import { request } from './client.js';
import { ChangesDocument, type ChangesQuery, RingsDocument } from './generated/graphql.js';
import { LetopisError } from './http.js';
import { type Copy, kept, saved } from './kept.js';
import { exported, exportedPlan } from './plans.js';
import { followed } from './stream.js';

type Page = ChangesQuery['changes'];

/** Between rounds, in milliseconds: this often it pages where no stream can be had. */
const PAUSE_MS = 500;

const [address = 'http://localhost:4000', file = 'copy.json'] = process.argv.slice(2);
const letopis = { address, key: process.env.LETOPIS_KEY ?? '' };

/** All plans anew. */
async function begun(): Promise<Copy> {
  const { position, plans } = await exported(letopis);
  return saved(file, { position, plans: Object.fromEntries(plans.map((plan) => [plan.id, plan])) });
}

/** The copy with all changes so far, at least up to a position that was told of. */
async function caughtUp(copy: Copy, atLeast: string | null = null): Promise<Copy> {
  for (let now = copy; ; ) {
    const { changes: page } = await request(letopis, ChangesDocument, { after: now.position, atLeast });
    if (page.position !== now.position) now = await saved(file, await applied(now, page));
    if (!page.hasMore) return now;
  }
}

async function applied(copy: Copy, { position, changes }: Page): Promise<Copy> {
  const plans = { ...copy.plans };
  const last = new Map(changes.map((change) => [change.planId, change]));
  for (const [planId, change] of last) {
    if (planId === null) continue; // about an organisation, or access
    const plan = hasLeft(change) ? undefined : await exportedPlan(letopis, planId, position);
    if (plan) plans[planId] = plan;
    else delete plans[planId];
  }
  return { position, plans };
}

/** Whether the plan is no more to be seen; of an activity that is gone the rest of the plan stays. */
function hasLeft({ kind, gone }: Page['changes'][number]): boolean {
  switch (kind) {
    case 'PLAN_LEFT_SCOPE':
      return true;
    case 'PLAN_ENTERED_SCOPE':
    case 'ACTIVITY':
      return false;
    default:
      return gone;
  }
}

let copy = await kept(file);
for (;;) {
  try {
    copy ??= await begun();
    copy = await caughtUp(copy);
    // The stream only rings, and pages are what is applied: one way to do it, and many changes at a time.
    for await (const rings of followed(letopis, RingsDocument, {}, copy.position)) {
      copy = await caughtUp(copy, rings.at(-1)?.changes.position);
    }
  } catch (error) {
    process.stderr.write(`${error}\n`);
    const code = error instanceof LetopisError ? error.code : undefined;
    if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') process.exit(1); // asking again does not help
    if (code === 'BAD_POSITION') copy = undefined; // Letopis was restored from a backup, or is another one: begin again
  }
  await wait(PAUSE_MS);
}
