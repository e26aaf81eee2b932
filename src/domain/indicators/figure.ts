import type { IndicatorCode, Unit } from './codes.js';

/** The value of an indicator. A denominator of 0 means «нет данных», never 0 % or 100 %. */
export interface Figure {
  readonly code: IndicatorCode;
  readonly unit: Unit;
  readonly numerator: number;
  readonly denominator: number;
  /** Null when the denominator is 0. */
  readonly value: number | null;
}

/** The values of the indicators of one group, with its numbers of points. */
export interface Figures {
  /** N: firm points due in the period by the present timeframe. */
  readonly points: number;
  /** N₀: firm points due in the period by the timeframe that was approved first. */
  readonly firstTermPoints: number;
  /** Soft points due in the period. */
  readonly softPoints: number;
  readonly figures: readonly Figure[];
}
