import type { IndicatorCode, Unit } from './codes.js';

/** One figure. A denominator of 0 is «нет данных», never 0 % or 100 %. */
export interface Figure {
  readonly code: IndicatorCode;
  readonly unit: Unit;
  readonly numerator: number;
  readonly denominator: number;
  /** Null: no data. */
  readonly value: number | null;
}

/** The figures of one group, with what they are shares of. */
export interface Figures {
  /** N: firm points due in the period by the term in force. */
  readonly points: number;
  /** N₀: firm points due in the period by the term that was approved first. */
  readonly firstTermPoints: number;
  readonly softPoints: number;
  readonly figures: readonly Figure[];
}
