import { QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { ApiError, ask } from './ask';
import {
  ActivityDocument,
  FiguresDocument,
  PlanDocument,
  PlanRowsDocument,
  type PlanRowsQuery,
  ViewerDocument,
} from './generated/graphql';

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

/** Who is signed in. */
export const viewerQuery = queryOptions({
  queryKey: ['viewer'],
  queryFn: () => ask(ViewerDocument, {}),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The head of a plan. */
export function planQuery(id: string) {
  return queryOptions({
    queryKey: [...planKey(id), 'head'],
    queryFn: async () => (await ask(PlanDocument, { id })).plan,
  });
}

/** A row of a plan. */
export type PlanRow = PlanRowsQuery['activities']['nodes'][number];

/** All rows of a plan, in its order. */
export function rowsQuery(planId: string) {
  return queryOptions({
    queryKey: [...planKey(planId), 'rows'],
    queryFn: async () => {
      const rows: PlanRow[] = [];
      let after: string | null = null;
      do {
        const page: PlanRowsQuery['activities'] = (await ask(PlanRowsDocument, { planId, after })).activities;
        rows.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
      } while (after !== null);
      return rows;
    },
  });
}

/** An activity with its points, reports, requests and, for those who may read the audit trail, its history. */
export function activityQuery(planId: string, id: string, audit: boolean) {
  return queryOptions({
    queryKey: [...planKey(planId), 'activity', id],
    queryFn: async () => (await ask(ActivityDocument, { id, audit })).activity,
  });
}

/** The counts by timing, and which day the server counts from. */
export const figuresQuery = queryOptions({
  queryKey: [...OVERVIEW_KEY, 'figures'],
  queryFn: async () => (await ask(FiguresDocument, {})).monitoring,
});
