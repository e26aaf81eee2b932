// Keeps a local copy of all plans that a key sees up to date: LETOPIS_KEY=… npm start -- http://localhost:4000
// copy.json
// If this program or the server is killed, it continues after the stored position. No change is missed, and applying a
// change twice is harmless.
import { setTimeout as wait } from 'node:timers/promises';
import { request } from './client.js';
import { ChangesDocument, type ChangesQuery, RingsDocument } from './generated/graphql.js';
import { LetopisError } from './http.js';
import { type Copy, kept, saved } from './kept.js';
import { exported, exportedPlan } from './plans.js';
import { followed } from './stream.js';

type Page = NonNullable<ChangesQuery['changes']>;

/** Codes of a key that gives no access any more. */
const LOST_ACCESS = ['UNAUTHENTICATED', 'INVALID_KEY', 'FORBIDDEN'];
/** Pause between rounds, in milliseconds. Without a stream the program polls at this interval. */
const PAUSE_MS = 500;

const [address = 'http://localhost:4000', file = 'copy.json'] = process.argv.slice(2);
const letopis = { address, key: process.env.LETOPIS_KEY ?? '' };

/** Exports all plans again. */
async function begun(): Promise<Copy> {
  const { position, plans } = await exported(letopis);
  return saved(file, { position, plans: Object.fromEntries(plans.map((plan) => [plan.id, plan])) });
}

/** Returns the copy with all changes so far. With `atLeast`, waits until the server has reached that position. */
async function caughtUp(copy: Copy, atLeast: string | null = null): Promise<Copy> {
  for (let now = copy; ; ) {
    const { changes: page } = await request(letopis, ChangesDocument, { after: now.position, atLeast });
    if (!page) throw new LetopisError('NO_ANSWER', 'the answer has no changes');
    if (page.position !== now.position) now = await saved(file, await applied(now, page));
    if (!page.hasMore) return now;
  }
}

async function applied(copy: Copy, { position, changes }: Page): Promise<Copy> {
  const plans = { ...copy.plans };
  const last = new Map(changes.map((change) => [change.planId, change]));
  for (const [planId, change] of last) {
    if (planId === null) continue; // a change of an organisation or of access
    const plan = hasLeft(change) ? undefined : await exportedPlan(letopis, planId, position);
    if (plan) plans[planId] = plan;
    else delete plans[planId];
  }
  return { position, plans };
}

/** Returns true if the key no longer sees the plan. If only an activity was removed, the plan remains. */
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
    // The stream only signals that there are changes. All changes are read page by page, so there is one way to apply
    // them.
    for await (const rings of followed(letopis, RingsDocument, {}, copy.position)) {
      copy = await caughtUp(copy, rings.at(-1)?.changes.position);
    }
  } catch (error) {
    process.stderr.write(`${error}\n`);
    const code = error instanceof LetopisError ? error.code : undefined;
    if (code !== undefined && LOST_ACCESS.includes(code)) process.exit(1); // a retry does not help
    if (code === 'BAD_POSITION') copy = undefined; // the server was restored from a backup or replaced: export again
  }
  await wait(PAUSE_MS);
}
