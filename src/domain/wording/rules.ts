import { dayRange, days, daysOfTheHeading, deadline, deadlineAtEnd, fromDay } from './days.js';
import { dayOfEachMonth, dueDay, dueYearly, workingDay } from './dueDays.js';
import { emergency, external, occasion, onDemand, routine, within } from './events.js';
import { monthOfTheHeading, monthRange, oneMonth, severalMonths } from './months.js';
import { halves, quarters, season, terms, thirdOfMonth, weekdayOfMonth, weeks } from './parts.js';
import { quota } from './quota.js';
import type { Rule } from './reading.js';
import { adverb, allDay, everyWeekday, onceInEach } from './repeats.js';
import { throughout } from './wholePlan.js';

/** In the order in which they are tried; the first that reads the whole wording is the reading. */
export const RULES: readonly Rule[] = [
  ...[oneMonth, monthRange, severalMonths, monthOfTheHeading],
  ...[days, dayRange, daysOfTheHeading, fromDay, deadline, deadlineAtEnd],
  ...[weeks, thirdOfMonth, weekdayOfMonth, quarters, halves, terms, season],
  ...[throughout, quota, adverb, onceInEach, allDay, everyWeekday, dueDay, dayOfEachMonth, dueYearly, workingDay],
  ...[onDemand, within, emergency, external, occasion, routine],
];
