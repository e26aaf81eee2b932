import type { LocalDate } from './dates.js';
import type { PlanStatus } from './plan.js';
import type { PlanPeriod } from './schedule.js';

/** Statuses of plans that were in force. Plans in other statuses are not official records and need not be retained. */
const KEPT: readonly PlanStatus[] = ['APPROVED', 'CLOSED', 'CANCELLED'];

/**
 * Returns the first day after the retention term of a plan; null for a plan that need not be retained. As usual in
 * Russian record keeping, the term begins on 1 January after the year in which the plan period ends.
 */
export function retainedUntil(
  { status, period }: { readonly status: PlanStatus; readonly period: PlanPeriod | null },
  years: number,
): LocalDate | null {
  if (!KEPT.includes(status) || period === null) return null;
  return `${Number(period.end.slice(0, 4)) + 1 + years}-01-01`;
}
