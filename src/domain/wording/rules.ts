import { dayRange, days, daysOfTheHeading, deadline, deadlineAtEnd, deadlineOfTheHeading, fromDay } from './days.js';
import { dayOfEachMonth, dueDay, dueYearly, workingDay } from './dueDays.js';
import { emergency, external, holidays, occasion, onDemand, routine, within } from './events.js';
import { fromMonth, monthOfTheHeading, monthRange, oneMonth, severalMonths, severalSpans } from './months.js';
import {
  edgeOfSchoolYear,
  halfOfMonth,
  halves,
  quarters,
  season,
  terms,
  thirdOfMonth,
  weekdayOfMonth,
  weeks,
} from './parts.js';
import { quota } from './quota.js';
import type { Rule } from './reading.js';
import { adverb, allDay, everyWeekday, onceInEach } from './repeats.js';
import { throughout } from './wholePlan.js';

/** In the order in which they are tried; the first that reads the whole wording is the reading. */
export const RULES: readonly Rule[] = [
  ...[oneMonth, monthRange, severalMonths, severalSpans, fromMonth, monthOfTheHeading],
  ...[days, dayRange, daysOfTheHeading, fromDay, deadline, deadlineAtEnd, deadlineOfTheHeading],
  ...[weeks, thirdOfMonth, halfOfMonth, edgeOfSchoolYear, weekdayOfMonth, quarters, halves, terms, season],
  ...[throughout, quota, adverb, onceInEach, allDay, everyWeekday, dueDay, dayOfEachMonth, dueYearly, workingDay],
  ...[onDemand, within, emergency, external, holidays, occasion, routine],
];
