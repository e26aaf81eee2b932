import { type Window } from '../../dates.js';
import { type Schedule, type TimeframeFlag } from '../../schedule.js';

/** Another good reading of a unit: days, printed as a month or a range, or no days at all. */
export type Other =
  | { readonly window: Window; readonly as: 'month' | 'range' }
  | { readonly window: null; readonly schedule: Schedule };

/** The time stands in another document. */
export const EXTERNAL: Other = { window: null, schedule: { kind: 'external' } };

/** The days of a unit, its other readings, and all years that it may be of where the plan has several. */
export interface Placed {
  readonly window: Window;
  readonly others: readonly Other[];
  readonly flags: readonly TimeframeFlag[];
  readonly years: readonly Window[];
}

/** The days of a unit; or that the period of the plan is needed, that the time stands elsewhere, or no such days. */
export type Placing = Placed | 'needsPeriod' | 'external' | undefined;
