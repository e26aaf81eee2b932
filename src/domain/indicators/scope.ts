import type { LocalDate } from '../dates.js';

/** For which days figures are asked: as of `on`, about what was due from `from` to `to`; null: without an end. */
export interface Scope {
  readonly on: LocalDate;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** The day `on` is over: what was due on it and is open is overdue. */
  readonly isOver?: true;
  /** A part of a longer period: what belongs to no day is told of the whole of it alone. */
  readonly isPart?: true;
  /** Reports are looked at as of this day, since they are due after the period; left out: as of `on`. */
  readonly reportsOn?: LocalDate;
}
