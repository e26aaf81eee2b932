import { type QuotaUnit, type Schedule, type TimeframeFlag } from '../../schedule.js';
import { type TimeUnit } from './unit.js';

/** One due day. */
export interface Due {
  readonly unit: TimeUnit;
  /** True if the report is about the whole year. */
  readonly after: boolean;
}

/** The meaning of a part of a wording. */
export interface Reading {
  readonly schedule: Schedule;
  readonly alternatives?: readonly Schedule[];
  readonly flags?: readonly TimeframeFlag[];
}

/** A reading, or that one needs the period of the plan; undefined when the words mean no time. */
export type StatementOutcome = Reading | 'needsPeriod' | 'external' | undefined;

/** One statement about time in a wording. */
export interface Statement {
  readonly reading: Reading | 'needsPeriod';
  /** Kind of the statement, which decides how it is combined with adjacent statements. */
  readonly says: Says;
  /** True for an event or document: any words may name it, so it is accepted only if no unknown words precede it. */
  readonly weak: boolean;
}

/** The kinds of statements that combine with others. */
export type Says =
  | {
      readonly kind: 'dates' | 'quota' | 'throughout' | 'other' | 'external' | 'demand' | 'duration';
    }
  /** A time of the day, without its day. */
  | { readonly kind: 'time'; readonly time: string }
  /** Months in which nothing is due. */
  | { readonly kind: 'except'; readonly months: readonly number[] }
  | { readonly kind: 'due'; readonly dues: readonly Due[] }
  | { readonly kind: 'often'; readonly unit: QuotaUnit }
  /** «2 раза»: a number of times, without its unit. */
  | { readonly kind: 'times'; readonly least: number; readonly most: number };
