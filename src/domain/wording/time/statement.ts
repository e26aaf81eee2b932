import { type QuotaUnit, type Schedule, type TimeframeFlag } from '../../schedule.js';
import { type TimeUnit } from './unit.js';

/** One due day. */
export interface Due {
  readonly unit: TimeUnit;
  /** The report is on the whole year. */
  readonly after: boolean;
}

/** What a part of a wording means. */
export interface Reading {
  readonly schedule: Schedule;
  readonly alternatives?: readonly Schedule[];
  readonly flags?: readonly TimeframeFlag[];
}

/** A reading, or that one needs the period of the plan; undefined when the words mean no time. */
export type StatementOutcome = Reading | 'needsPeriod' | 'external' | undefined;

/** One statement of a wording on its time. */
export interface Statement {
  readonly reading: Reading | 'needsPeriod';
  /** What it says decides how it combines with its neighbours. */
  readonly says: Says;
  /** An event or another document, which any words may name: it is read only where nothing unknown stands before it. */
  readonly weak: boolean;
}

/** The kinds of statements that combine with others. */
export type Says =
  | {
      readonly kind: 'dates' | 'quota' | 'throughout' | 'other' | 'external' | 'demand' | 'duration';
    }
  /** A time of the day, without its day. */
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'due'; readonly dues: readonly Due[] }
  | { readonly kind: 'often'; readonly unit: QuotaUnit };
