import { type Window } from '../../dates.js';
import { type Schedule, type TimeframeFlag } from '../../schedule.js';

/** Another plausible reading of a unit: days, printed as a month or a range, or a schedule without days. */
export type Other =
  | { readonly window: Window; readonly as: 'month' | 'range' }
  | { readonly window: null; readonly schedule: Schedule };

/** The reading that the time is in another document. */
export const EXTERNAL: Other = { window: null, schedule: { kind: 'external' } };

/** The days of a unit, its other readings, and its days in each year of a plan of several years. */
export interface Placed {
  readonly window: Window;
  readonly others: readonly Other[];
  readonly flags: readonly TimeframeFlag[];
  readonly years: readonly Window[];
}

/**
 * The days of a unit; `needsPeriod` without the period of the plan; `external` for another document; undefined for no
 * days.
 */
export type Placing = Placed | 'needsPeriod' | 'external' | undefined;
