import { useMemo } from 'react';
import { useSearch } from 'wouter';
import type { IndicatorCode, MonitoringGroupBy, Timing } from '../api/generated/graphql';
import { hrefWith } from '../parts/hrefWith';
import { isCalendarYear, isDay } from '../words/dates';
import { words } from '../words/words';

/** The dimensions by which the figures of the overview are divided. */
export const GROUPINGS = ['ORGANISATION', 'SECTION', 'ACCOUNTABLE', 'MONTH', 'PLAN'] as const;

/** The values in the address of the overview. */
export interface OverviewAddress {
  /** Id of the organisation that is shown with those under it; undefined for all. */
  readonly organisation: string | undefined;
  /**
   * Calendar year in which the school year begins; undefined for the latest school year that has begun and has plans.
   */
  readonly year: number | undefined;
  readonly by: MonitoringGroupBy;
  /** True to show everything that waits for this person. */
  readonly allWaiting?: boolean;
}

/** Returns the values in the present address of the overview. Invalid values are ignored. */
export function useOverviewAddress(): OverviewAddress {
  const search = useSearch();
  return useMemo(() => {
    const given = new URLSearchParams(search);
    const year = given.get('year') ?? '';
    return {
      organisation: given.get('organisation') ?? undefined,
      year: isCalendarYear(year) ? Number(year) : undefined,
      by: GROUPINGS.find((each) => each === given.get('by')) ?? 'ORGANISATION',
      allWaiting: given.get('waiting') === 'all',
    };
  }, [search]);
}

/** Returns the address of the overview, or of its form for a wall. */
export function overviewHref(
  { organisation, year, by, allWaiting }: OverviewAddress,
  path: '/' | '/wall' = '/',
): string {
  return hrefWith(path, {
    organisation,
    year: year === undefined ? undefined : String(year),
    by: by === 'ORGANISATION' ? undefined : by,
    waiting: allWaiting === true && path === '/' ? 'all' : undefined,
  });
}

const FILTERS = ['organisationId', 'planId', 'sectionId', 'accountableId', 'dueFrom', 'dueTo'] as const;

/** Selects the plans and the period of figures. */
export type FiguresFilter = { readonly [Field in (typeof FILTERS)[number]]?: string | undefined } & {
  /** True to leave out the plans of organisations under `organisationId`; without it, all but plans of no organisation. */
  readonly ownPlansOnly?: boolean | undefined;
};

/** The values in the address of a list behind a figure. */
export interface PointsAddress {
  readonly filter: FiguresFilter;
  /** The indicator that counts them; undefined: all control points. */
  readonly indicator?: IndicatorCode | undefined;
  /** True: only what the numerator counts. */
  readonly hits?: boolean | undefined;
  readonly timing?: readonly Timing[] | undefined;
  /** The day for which the figure is computed; undefined: today. */
  readonly on?: string | undefined;
}

const CODES: readonly IndicatorCode[] = [
  ...(['DONE', 'DONE_IN_TIME', 'DONE_BY_FIRST_TERM', 'OVERDUE', 'MEAN_DELAY', 'MEDIAN_DELAY', 'MOVED'] as const),
  ...(['MOVED_AGAIN', 'MEAN_SHIFT', 'REQUESTED_LATE', 'DISCIPLINE', 'REPORTED_IN_TIME', 'REPORTS_RETURNED'] as const),
  ...(['ACTIVITIES_AMENDED', 'WORDINGS_UNREAD', 'DUE_IN_14_DAYS', 'DUE_IN_30_DAYS', 'EXPECTED_LATE'] as const),
];

/** Returns the address of the list behind a figure. */
export function pointsHref({ filter, indicator, hits, timing, on }: PointsAddress): string {
  const named = FILTERS.map((field) => [field, filter[field]] as const);
  return hrefWith('/points', {
    indicator,
    hits: hits === true ? '' : undefined,
    timing: timing?.join('.'),
    on,
    ownPlansOnly: filter.ownPlansOnly === true ? '' : undefined,
    ...Object.fromEntries(named),
  });
}

/** Returns the values in the present address of the list. Invalid values are ignored. */
export function usePointsAddress(): PointsAddress {
  const search = useSearch();
  return useMemo(() => {
    const given = new URLSearchParams(search);
    const [on, timing] = [given.get('on') ?? '', given.get('timing')?.split('.') ?? []];
    const named = FILTERS.map((field) => [field, given.get(field)] as const);
    const read = named.filter(([field, value]) => value !== null && (!field.startsWith('due') || isDay(value)));
    const own = given.has('ownPlansOnly') ? { ownPlansOnly: true } : {};
    return {
      filter: { ...Object.fromEntries(read), ...own },
      indicator: CODES.find((each) => each === given.get('indicator')),
      hits: given.has('hits') || undefined,
      timing: timing.length === 0 ? undefined : timing.filter(isTiming),
      on: isDay(on) ? on : undefined,
    };
  }, [search]);
}

function isTiming(text: string): text is Timing {
  return Object.hasOwn(words.timing, text);
}
