import { type TimeframeFlag } from '../../schedule.js';
import { type Weekday } from './lexicon.js';

/** A printed year: a number, the year of the plan, the year after the plan, or none. */
export type Year = number | 'this' | 'next' | null;

/** A part of a year that is counted. */
export type CountedUnit = 'quarter' | 'halfYear' | 'term' | 'trimester' | 'week' | 'decade' | 'half';

/** A printed moment or range of time. Values that are null follow from the context. The day −1 is the last of its month. */
export type TimeUnit =
  | { readonly is: 'day'; readonly day: number; readonly month: number | null; readonly year: Year }
  | { readonly is: 'month'; readonly month: number | null; readonly year: Year }
  /** `school` is the first year of the printed school year. Weeks, decades and halves are those of a month. */
  | {
      readonly is: 'counted';
      readonly of: CountedUnit;
      readonly nth: number;
      readonly month: number | null;
      readonly year: Year;
      readonly school: number | null;
      /** A dash joins it to the one before: «II-III квартал». */
      readonly dashed?: true;
    }
  | { readonly is: 'season'; readonly month: number; readonly holidays: boolean; readonly year: Year }
  | { readonly is: 'years'; readonly first: number; readonly last: number; readonly school: boolean }
  | { readonly is: 'edge'; readonly edge: Edge; readonly whole: TimeUnit }
  /** The year of the plan; `school` when it is called so. */
  | { readonly is: 'ownYear'; readonly school: boolean; readonly year: 'this' | 'next' }
  | {
      readonly is: 'weekday';
      readonly nth: number;
      readonly weekday: Weekday;
      readonly month: number | null;
      readonly year: Year;
    };

/** A part of a unit without exact bounds. */
export type Edge = 'start' | 'middle' | 'end';

/** A unit with details of how it is printed. */
export interface Printed {
  readonly unit: TimeUnit;
  readonly flags: readonly TimeframeFlag[];
}
