import type { LocalDate } from '../dates.js';

/**
 * The scope of a query on indicators: the state on the day `on` of work that was due from `from` to `to`. Null ends are
 * open.
 */
export interface FiguresScope {
  readonly on: LocalDate;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** True when the day `on` is over: open work that was due on it is overdue. */
  readonly isOver?: true;
  /**
   * True for a part of a longer period. Facts that belong to every period are then counted only for the whole period.
   */
  readonly isPart?: true;
  /** The day on which reports are counted, if it differs from `on` because they are due after the period. */
  readonly reportsOn?: LocalDate;
}
