import type { IndicatorCode, Unit } from '../../domain/indicators/codes.js';
import type { PeriodReportKind } from '../../domain/indicators/periodReport.js';
import { mapValues } from '../../domain/objects.js';
import type { GroupBy } from '../monitoring/groups.js';
import { enumOf } from './enumOf.js';

/** The numerator and the denominator of each indicator in words. docs/monitoring.md uses the same words. */
export const INDICATOR_WORDS: Readonly<Record<IndicatorCode, readonly [counted: string, outOf: string]>> = {
  DONE: ['done', 'N'],
  DONE_IN_TIME: ['done on or before the day in force', 'N'],
  DONE_BY_FIRST_TERM: ['done on or before the day approved first; shows what rescheduling hides', 'N₀'],
  OVERDUE: ['not done', 'of N, due before `on`'],
  MEAN_DELAY: ['days from the due day to the work, or to `on` if the point is open', 'points with a delay'],
  MEDIAN_DELAY: ['days from the due day to the work, or to `on` if the point is open', 'points with a delay'],
  MOVED: ['rescheduled', 'N'],
  MOVED_AGAIN: ['rescheduled more than once', 'N'],
  MEAN_SHIFT: ['days by which timeframes were moved', 'moves in the period'],
  REQUESTED_LATE: ['requested after the due day', 'requests in the period'],
  DISCIPLINE: ['Σ weight × max(0, 1 − delay in working days / limit)', 'Σ weight'],
  REPORTED_IN_TIME: ['reported by the day for reports', 'of N, those whose report is due'],
  REPORTS_RETURNED: ['returned', 'reports of the period'],
  ACTIVITIES_AMENDED: ['touched by an amendment', 'activities'],
  WORDINGS_UNREAD: ['timeframe not understood, or ambiguous', 'activities that are not excluded'],
  DUE_IN_14_DAYS: ['due within 14 days', 'open and not overdue on `on`'],
  DUE_IN_30_DAYS: ['due within 30 days', 'open and not overdue on `on`'],
  EXPECTED_LATE: ['expected later than due (`recordProgress` with `expectedOn`)', 'open points with an expected day'],
};

export const IndicatorEnum = enumOf<IndicatorCode>(
  'IndicatorCode',
  'Indicators of execution. N is the number of firm points due in the period by the timeframe in force, N₀ by the one that was approved first.',
  mapValues(INDICATOR_WORDS, ([counted, outOf]) => `Numerator: ${counted}. Denominator: ${outOf}.`),
);
export const FigureUnitEnum = enumOf<Unit>('FigureUnit', 'What a value is.', {
  SHARE: 'A share from 0 to 1.',
  DAYS: 'Days on average.',
  MEDIAN_DAYS: 'The median of several delays, in days.',
});
export const PeriodReportKindEnum = enumOf<PeriodReportKind>('PeriodReportKind', 'The period a report is issued on.', {
  MONTH: 'A calendar month.',
  QUARTER: 'A calendar quarter.',
  HALF_YEAR: 'A half of the year; of a school year, up to 31 December and from 1 January.',
  YEAR: 'The period of the plan; of an organisation, the school year.',
});
export const GroupByEnum = enumOf<GroupBy>('MonitoringGroupBy', 'What figures are grouped by.', {
  PLAN: 'By plan.',
  SECTION: 'By section of a plan.',
  ACCOUNTABLE: 'By accountable party; wordings that the organisation has merged are one.',
  MONTH: 'By month: points due in it, and reports, moves and requests made in it.',
  ORGANISATION: 'By organisation.',
});
