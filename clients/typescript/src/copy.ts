import { LetopisError } from './errors.js';
import { currentPosition, followTogether } from './follow.js';
import { ChangesDocument, PlanPageDocument } from './generated/graphql.js';
import type { Connection, Options } from './http.js';
import { type Plan, readPlan } from './plans.js';
import { request } from './request.js';

/** How far a copy is. */
export type CopyProgress =
  /** Some pages of plans are copied. `after` is the cursor of the last one; changes follow after `position`. */
  | { readonly stage: 'COPYING'; readonly position: string; readonly after: string | null }
  /** All plans are copied, in their state at `position`. */
  | { readonly stage: 'COPIED'; readonly position: string };

/** What one step changes in a copy. */
export interface CopyStep {
  /** True for the first step: delete all plans of an older copy. */
  readonly startsOver: boolean;
  /** Plans to insert or replace. */
  readonly plans: readonly Plan[];
  /** Ids of plans to delete; some may not be in the copy. */
  readonly gone: readonly string[];
  /** Store it last, or in the same transaction. */
  readonly progress: CopyProgress;
}

/** Where a copy is stored, such as a database. */
export interface CopyStore {
  /** Returns the progress of the last stored step; undefined before the first one. */
  progress(): Promise<CopyProgress | undefined>;
  /** Stores a step. Storing a step twice is harmless. */
  save(step: CopyStep): Promise<void>;
}

/** Options of {@link copy}. */
export interface CopyOptions extends Options {
  /** Plans of one step, at most 200. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 50;
/** Errors of a progress that is of another chronicle or of another version: copy again. */
const STARTS_OVER: readonly string[] = ['BAD_POSITION', 'BAD_CURSOR'];

/**
 * Copies all plans that the key sees, or brings a copy up to date, and returns its position. A copy that was
 * interrupted, even by a kill, continues after the last stored step.
 *
 * @throws LetopisError
 */
export function copy(to: Connection, store: CopyStore, options: CopyOptions = {}): Promise<string> {
  return bringUpToDate({ to, store, options }, null);
}

/**
 * Keeps a copy up to date for ever: copies what is missing, then applies each change as it happens.
 *
 * @throws LetopisError when a retry does not help, such as `INVALID_KEY` for a key that was revoked
 */
export async function keepCopy(to: Connection, store: CopyStore, options: CopyOptions = {}): Promise<never> {
  const work = { to, store, options };
  for (;;) {
    try {
      const after = await bringUpToDate(work, null);
      for await (const changes of followTogether(to, { ...options, after })) {
        await bringUpToDate(work, changes.at(-1)?.position ?? null);
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      // One call retries a few times; this function retries for ever.
      if (!(error instanceof LetopisError && (error.passes || STARTS_OVER.includes(error.code)))) throw error;
    }
  }
}

interface Work {
  readonly to: Connection;
  readonly store: CopyStore;
  readonly options: CopyOptions;
}

/** Returns the position of the copy when it has everything up to now, and up to a position. */
async function bringUpToDate(work: Work, atLeast: string | null): Promise<string> {
  try {
    return await applyChanges(work, await copyPages(work), atLeast);
  } catch (error) {
    if (!(error instanceof LetopisError && STARTS_OVER.includes(error.code))) throw error;
    await begin(work);
    return applyChanges(work, await copyPages(work), null);
  }
}

async function begin({ to, store, options }: Work): Promise<CopyProgress> {
  // Taken before the first page: what changes meanwhile is read again with the changes.
  const progress = { stage: 'COPYING', position: await currentPosition(to, options), after: null } as const;
  await store.save({ startsOver: true, plans: [], gone: [], progress });
  return progress;
}

/** Copies the pages that are missing. Returns the position after which changes are to be applied. */
async function copyPages(work: Work): Promise<string> {
  const { to, store, options } = work;
  let progress = (await store.progress()) ?? (await begin(work));
  while (progress.stage === 'COPYING') {
    const { position, after } = progress;
    const variables = { first: options.pageSize ?? PAGE_SIZE, after, atLeast: position };
    const { plans: page } = await request(to, PlanPageDocument, variables, options);
    if (!page) throw new LetopisError('INTERNAL_SERVER_ERROR', 'the answer has no plans');
    const { hasNextPage, endCursor } = page.pageInfo;
    progress = hasNextPage ? { stage: 'COPYING', position, after: endCursor ?? null } : { stage: 'COPIED', position };
    const ids = page.nodes.map(({ id }) => id);
    await store.save({ startsOver: false, ...(await readPlans(work, ids, position)), progress });
  }
  return progress.position;
}

/** Applies all changes after a position. Returns the position after the last one. */
async function applyChanges(work: Work, position: string, atLeast: string | null): Promise<string> {
  const { to, store, options } = work;
  for (let after = position; ; ) {
    const { changes: page } = await request(to, ChangesDocument, { after, atLeast }, options);
    if (!page) throw new LetopisError('INTERNAL_SERVER_ERROR', 'the answer has no changes');
    if (page.position !== after) {
      const ids = new Set(page.changes.flatMap(({ planId }) => planId ?? []));
      const plans = await readPlans(work, [...ids], page.position);
      await store.save({ startsOver: false, ...plans, progress: { stage: 'COPIED', position: page.position } });
    }
    after = page.position;
    if (!page.hasMore) return after;
  }
}

/** Reads plans in their state at a position or later. Those that the key does not see are `gone`. */
async function readPlans({ to, options }: Work, ids: readonly string[], atLeast: string) {
  const plans: Plan[] = [];
  const gone: string[] = [];
  for (const id of ids) {
    const plan = await readPlan(to, id, { atLeast, signal: options.signal });
    if (plan) plans.push(plan);
    else gone.push(id);
  }
  return { plans, gone };
}
