import type { LocalDate } from '../dates.js';

/**
 * The scope of a query on indicators: the state as of `on`, of what was due from `from` to `to`. Null ends are open.
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
  /** The day as of which reports are counted, because they are due after the period; omitted: as of `on`. */
  readonly reportsOn?: LocalDate;
}
