import { useMemo } from 'react';
import { useSearch } from 'wouter';
import { isDay, isMonth } from '../words/dates';

const PLAN_FORMS = ['table', 'month', 'year'] as const;
/** A view of a plan. */
export type PlanForm = (typeof PLAN_FORMS)[number];

/** The plan, the view and the dates in the address of a page. */
export interface PlanAddress {
  readonly planId: string;
  readonly view: PlanForm;
  /** Month of the calendar, YYYY-MM; undefined for the present one. */
  readonly month: string | undefined;
  /** Day in the past on which the plan is shown, YYYY-MM-DD; undefined for the present. */
  readonly day: string | undefined;
}

/** Returns the view and the dates in the present address. Ignores an invalid month or day. */
export function usePlanAddress(planId: string): PlanAddress {
  const search = useSearch();
  return useMemo(() => {
    const given = new URLSearchParams(search);
    const [month, day] = [given.get('month') ?? '', given.get('on') ?? ''];
    return {
      planId,
      view: PLAN_FORMS.find((each) => each === given.get('view')) ?? 'table',
      month: isMonth(month) ? month : undefined,
      day: isDay(day) ? day : undefined,
    };
  }, [planId, search]);
}

/** Returns the address of a plan with this view and these dates, and with an activity open if one is given. */
export function hrefOf({ planId, view, month, day }: PlanAddress, activityId?: string): string {
  const query = new URLSearchParams();
  if (view !== 'table') query.set('view', view);
  if (view === 'month' && month !== undefined) query.set('month', month);
  if (day !== undefined) query.set('on', day);
  const path = activityId === undefined ? `/plan/${planId}` : `/plan/${planId}/${activityId}`;
  return query.size === 0 ? path : `${path}?${query}`;
}

/**
 * Returns the address of a comparison of two sides of a plan: days, editions as `2`, or revisions as `r12`. The present
 * is empty.
 */
export function comparisonHref(planId: string, from = '', to = ''): string {
  const given = Object.entries({ from, to }).filter(([, side]) => side !== '');
  const path = `/plan/${planId}/compare`;
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
