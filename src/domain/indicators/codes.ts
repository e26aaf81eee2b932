/** The indicators of field notes 5, a closed list. */
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
export type IndicatorCode = (typeof INDICATORS)[number];

/** Those that tell of a period that is over: no forecasts, and nothing of the wording of the plan. */
export const PERIOD_INDICATORS: readonly IndicatorCode[] = INDICATORS.filter(
  (code) => !['WORDINGS_UNREAD', 'DUE_IN_14_DAYS', 'DUE_IN_30_DAYS', 'EXPECTED_LATE'].includes(code),
);

/** What a value of an indicator is: a share from 0 to 1, days, or the middle one of several counts of days. */
export type Unit = 'SHARE' | 'DAYS' | 'MEDIAN_DAYS';
