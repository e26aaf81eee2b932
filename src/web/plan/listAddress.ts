import { useMemo } from 'react';
import { useSearch } from 'wouter';
import type { PlanStatus } from '../api/generated/graphql';
import { hrefWith } from '../parts/hrefWith';
import { isCalendarYear } from '../words/dates';

/** All statuses of plans, in the order of the list of choices. */
export const STATUS_CHOICES: readonly PlanStatus[] = [
  ...(['DRAFT', 'ON_AGREEMENT', 'AGREED', 'APPROVED', 'CLOSED', 'CANCELLED', 'WITHDRAWN'] as const),
];

/** The filters in the address of the list of plans. */
export interface PlanListAddress {
  readonly status?: PlanStatus | undefined;
  /** Id of an organisation that is shown with those under it. */
  readonly organisation?: string | undefined;
  /** Calendar year in which the school year begins. */
  readonly year?: number | undefined;
}

/** Returns the filters in the present address of the list of plans. Invalid values are ignored. */
export function usePlanListAddress(): PlanListAddress {
  const search = useSearch();
  return useMemo(() => {
    const given = new URLSearchParams(search);
    const year = given.get('year') ?? '';
    return {
      status: STATUS_CHOICES.find((each) => each === given.get('status')),
      organisation: given.get('organisation') ?? undefined,
      year: isCalendarYear(year) ? Number(year) : undefined,
    };
  }, [search]);
}

/** Returns the address of the list of plans with these filters. */
export function planListHref({ status, organisation, year }: PlanListAddress): string {
  return hrefWith('/plan', { status, organisation, year: year === undefined ? undefined : String(year) });
}
