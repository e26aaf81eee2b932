import { dayRange, days, deadline } from './days.js';
import { monthRange, oneMonth, severalMonths } from './months.js';
import type { Rule } from './reading.js';
import { adverb, everyWeekday, external, onDemand, quota, throughout } from './repeats.js';

/** In the order in which they are tried; the first that reads the whole wording is the reading. */
export const RULES: readonly Rule[] = [
  oneMonth,
  monthRange,
  severalMonths,
  days,
  dayRange,
  deadline,
  throughout,
  quota,
  adverb,
  everyWeekday,
  onDemand,
  external,
];
