import type { LocalDate } from './dates.js';
import type { PlanStatus } from './plan.js';
import type { PlanPeriod } from './schedule.js';

/** Plans that were never in force are no records to keep. */
const KEPT: readonly PlanStatus[] = ['APPROVED', 'CLOSED', 'CANCELLED'];

/**
 * The first day on which a plan need not be kept any more: so many years from the first of January after the year in which
 * its period ends, as terms of storage are counted in Russian record keeping. Null for a plan that need not be kept.
 */
export function retainedUntil(
  { status, period }: { readonly status: PlanStatus; readonly period: PlanPeriod | null },
  years: number,
): LocalDate | null {
  if (!KEPT.includes(status) || period === null) return null;
  return `${Number(period.end.slice(0, 4)) + 1 + years}-01-01`;
}
