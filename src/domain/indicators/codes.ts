/** Codes of all indicators. */
export const INDICATORS = [
  'DONE',
  'DONE_IN_TIME',
  'DONE_BY_FIRST_TERM',
  'OVERDUE',
  'MEAN_DELAY',
  'MEDIAN_DELAY',
  'MOVED',
  'MOVED_AGAIN',
  'MEAN_SHIFT',
  'REQUESTED_LATE',
  'DISCIPLINE',
  'REPORTED_IN_TIME',
  'REPORTS_RETURNED',
  'ACTIVITIES_AMENDED',
  'WORDINGS_UNREAD',
  'DUE_IN_14_DAYS',
  'DUE_IN_30_DAYS',
  'EXPECTED_LATE',
] as const;
/** A code of an indicator. */
export type IndicatorCode = (typeof INDICATORS)[number];

/** The indicators of a period that is over: without forecasts and without the wording of the plan. */
export const PERIOD_INDICATORS: readonly IndicatorCode[] = INDICATORS.filter(
  (code) => !['WORDINGS_UNREAD', 'DUE_IN_14_DAYS', 'DUE_IN_30_DAYS', 'EXPECTED_LATE'].includes(code),
);

/** The unit of an indicator: a share from 0 to 1, days (a mean), or the median of days. */
export type Unit = 'SHARE' | 'DAYS' | 'MEDIAN_DAYS';
