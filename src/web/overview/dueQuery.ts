import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { DueListsDocument, type Timing } from '../api/generated/graphql';
import { OVERVIEW_KEY } from '../api/queries';
import { daysAfter } from '../words/dates';
import type { PointsAddress } from './address';
import { ofCounted } from './dueItem';

/** Lines of each list. */
const LISTED_POINTS = 5;
/** Timings of work that is still in time. */
const OPEN: Timing[] = ['DUE_TODAY', 'DUE_SOON', 'IN_WINDOW', 'PLANNED'];

/** Which control points are due when, as addresses of lists. `month` is all that is due within 30 days. */
export function dueAddresses(organisationId: string | undefined, on: string) {
  const between = (dueFrom: string, dueTo: string): PointsAddress => ({
    filter: { organisationId, dueFrom, dueTo },
    timing: OPEN,
  });
  return {
    overdue: { filter: { organisationId }, timing: ['OVERDUE'] } satisfies PointsAddress,
    today: between(on, on),
    week: between(daysAfter(on, 1), daysAfter(on, 7)),
    later: between(daysAfter(on, 8), daysAfter(on, 30)),
    month: between(daysAfter(on, 1), daysAfter(on, 30)),
  };
}

/** A wall display has nobody to press a button, so it repeats a failed request after this many milliseconds. */
const AGAIN_MS = 10_000;

/**
 * Returns after how many milliseconds a wall display repeats a query: a number only after an error, otherwise false.
 */
export function afterError({ state }: { readonly state: { readonly status: string } }): number | false {
  return state.status === 'error' && AGAIN_MS;
}

/** Query for the points that are overdue, due today, in 7 days and in 8 to 30 days. */
export function dueQuery(organisationId: string | undefined, on: string) {
  return queryOptions({
    queryKey: [...OVERVIEW_KEY, 'due', organisationId, on],
    queryFn: async () => {
      const { overdue, today, week, later } = dueAddresses(organisationId, on);
      const filters = { filter: overdue.filter, today: today.filter, week: week.filter, later: later.filter };
      const found = await ask(DueListsDocument, { ...filters, open: OPEN, first: LISTED_POINTS });
      return {
        overdue: ofCounted(found.overdue),
        today: ofCounted(found.today),
        week: ofCounted(found.week),
        later: ofCounted(found.later),
      };
    },
  });
}
