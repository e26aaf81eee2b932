import { QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { type AnswerData, ApiError, ask } from './ask';
import {
  ActivityDocument,
  type ActivityQuery,
  type AsOf,
  FiguresDocument,
  type HeadFragment,
  NamedDocument,
  OrganisationsDocument,
  type OrganisationsQuery,
  PastPlanDocument,
  PlanDocument,
  PlanRowsDocument,
  type PlanRowsQuery,
  ViewerDocument,
} from './generated/graphql';
import { presentId } from './ids';
import { withShownTimings } from './timing';
import { asTree } from './tree';

/** Errors after which the same request may succeed. */
const TEMPORARY: readonly string[] = ['OFFLINE', 'UNAVAILABLE', 'READ_MODEL_BEHIND', 'TIMEOUT', 'RATE_LIMITED'];
const RETRIES = 3;

/** The answers that the page has read. Changes that the server publishes invalidate them. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      networkMode: 'always',
      retry: (count, error) => count < RETRIES && error instanceof ApiError && TEMPORARY.includes(error.code),
    },
  },
});

/** Returns true when the same request may succeed later. */
export function isTemporary(error: unknown): boolean {
  return error instanceof ApiError && TEMPORARY.includes(error.code);
}

/** Key of everything that concerns one plan. */
export function planKey(planId: string): QueryKey {
  return ['plan', planId];
}

/** Key of lists and figures over several plans. */
export const OVERVIEW_KEY: QueryKey = ['overview'];
/** Key of the audit trail. */
export const JOURNAL_KEY: QueryKey = ['journal'];

/**
 * Key of the organisations that can be chosen. It is separate from the figures, because plans change far more often.
 */
export const ORGANISATIONS_KEY: QueryKey = ['organisations'];

/** Maximum number of pages of organisations: 5,000 organisations. */
const ORGANISATION_PAGES = 25;

/** The organisations that the person sees, as a tree: each before those under it. */
export const organisationsQuery = queryOptions({
  queryKey: ORGANISATIONS_KEY,
  queryFn: async () => {
    const found: OrganisationsPage['nodes'][number][] = [];
    let after: string | null = null;
    for (let page = 0; page < ORGANISATION_PAGES; page += 1) {
      const { organisations }: AnswerData<OrganisationsQuery> = await ask(OrganisationsDocument, { after });
      found.push(...organisations.nodes);
      after = organisations.pageInfo.hasNextPage ? (organisations.pageInfo.endCursor ?? null) : null;
      if (after === null) break;
    }
    return asTree(found);
  },
});

type OrganisationsPage = AnswerData<OrganisationsQuery>['organisations'];

/** Query for the names of nodes with these ids; null for a node that this person may not see. */
export function namedQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: [...OVERVIEW_KEY, 'names', ids],
    queryFn: async () => (ids.length === 0 ? [] : (await ask(NamedDocument, { ids: [...ids] })).nodes),
  });
}

/** Query for the person who is signed in. */
export const viewerQuery = queryOptions({
  queryKey: ['viewer'],
  queryFn: () => ask(ViewerDocument, {}),
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * Query for a plan with its rows at the end of a past day. One request reads both, because each request folds the plan
 * again.
 */
function pastQuery(id: string, day: string) {
  return queryOptions({
    queryKey: [...planKey(id), 'past', day],
    queryFn: async () => (await ask(PastPlanDocument, { id, asOf: { knownOn: day } })).plan,
  });
}

/** The head of a plan, now or at the end of a day in the past. */
export function planQuery(id: string, day?: string) {
  return queryOptions({
    queryKey: [...planKey(id), 'head', day],
    queryFn: async (): Promise<HeadFragment | null> => {
      if (day === undefined) return (await ask(PlanDocument, { id })).plan;
      const plan = await queries.fetchQuery(pastQuery(id, day));
      return plan && { ...plan, sections: plan.sections.map((each) => ({ ...each, id: presentId(each.id) })) };
    },
  });
}

type RowsPage = NonNullable<PlanRowsQuery['plan']>['activities'];
/** A row of a plan as the page shows it. */
export type PlanRow = ReturnType<typeof rowFrom>;

/** Returns a row as the page shows it on a day. Ids of a past state are replaced by the present ids. */
function rowFrom(row: RowsPage['nodes'][number], today: string) {
  return { ...withShownTimings(row, today), id: presentId(row.id), sectionId: presentId(row.sectionId) };
}

/** All rows of a plan, in its order, now or at the end of a day in the past. */
export function rowsQuery(planId: string, day?: string) {
  return queryOptions({
    queryKey: [...planKey(planId), 'rows', day],
    queryFn: () => (day === undefined ? pagedRows(planId) : pastRows(planId, day)),
  });
}

async function pagedRows(planId: string, day?: string): Promise<PlanRow[]> {
  const rows: PlanRow[] = [];
  let after: string | null = null;
  do {
    const { plan }: AnswerData<PlanRowsQuery> = await ask(PlanRowsDocument, { planId, asOf: pastOf(day), after });
    if (!plan) break;
    const { nodes, pageInfo }: RowsPage = plan.activities;
    rows.push(...nodes.map((row) => rowFrom(row, plan.today)));
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return rows;
}

/** Reads all rows at once, or page by page where a section is too long for that. */
async function pastRows(planId: string, day: string): Promise<PlanRow[]> {
  const plan = await queries.fetchQuery(pastQuery(planId, day));
  if (!plan) return [];
  const pages = plan.sections.map(({ activities }) => activities);
  if (pages.some(({ pageInfo }) => pageInfo.hasNextPage)) return pagedRows(planId, day);
  return pages.flatMap(({ nodes }) => nodes.map((row) => rowFrom(row, plan.today)));
}

/** An activity as the panel shows it. */
export type ShownActivity = ReturnType<typeof activityFrom>;

/**
 * Returns an activity as the page shows it.
 *
 * @param isPast true for an activity in a past state, on which no action is possible.
 */
function activityFrom(activity: NonNullable<ActivityQuery['activity']>, isPast: boolean) {
  return { ...withShownTimings(activity, activity.plan?.today ?? ''), isPast };
}

/**
 * Query for an activity with its points, reports, requests and, for a person who may read the audit trail, its history.
 */
export function activityQuery(planId: string, id: string, audit: boolean, day?: string) {
  return queryOptions({
    queryKey: [...planKey(planId), 'activity', id, day],
    queryFn: async () => {
      const { activity } = await ask(ActivityDocument, { id, audit, asOf: pastOf(day) });
      return activity && activityFrom(activity, day !== undefined);
    },
  });
}

function pastOf(day: string | undefined): AsOf | null {
  return day === undefined ? null : { knownOn: day };
}

/** The counts by timing of an organisation and those below it, or of all, and the day for which they are counted. */
export function figuresQuery(organisationId: string | undefined) {
  return queryOptions({
    queryKey: [...OVERVIEW_KEY, 'figures', organisationId],
    queryFn: async () => (await ask(FiguresDocument, { filter: { organisationId } })).monitoring,
  });
}
