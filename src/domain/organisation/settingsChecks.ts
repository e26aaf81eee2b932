import { type Check, fewEnough, firstOf, validDate } from '../plan/checks.js';
import { refuse } from '../refusal.js';
import type { ControlSettings } from '../settings.js';

/** Maximum number of days that a working calendar lists, enough for ten years. */
const MAX_DAYS = 2_000;
/** Maximum number of school terms, enough for ten years. */
const MAX_TERMS = 100;

/** Refuses settings outside their limits, overlapping terms, and days that are both off and working. */
export function validSettings({ dueSoonDays, reportDueDay, terms, calendar, discipline }: ControlSettings): Check {
  const { daysOff, workingDays } = calendar;
  const working = new Set(workingDays);
  const twice = daysOff.find((day) => working.has(day));
  return firstOf(
    inBounds('settings.dueSoonDays', dueSoonDays, 0, 90),
    reportDueDay === null ? undefined : inBounds('settings.reportDueDay', reportDueDay, 1, 28),
    fewEnough('settings.terms', terms, MAX_TERMS),
    ...terms.flatMap(({ kind, start, end }, index) => [
      validDate(`settings.terms.${index}.start`, start),
      validDate(`settings.terms.${index}.end`, end),
      start > end ? refuse('PERIOD_INVALID', `settings.terms.${index}`) : undefined,
      terms.some((other, place) => place < index && other.kind === kind && other.start <= end && start <= other.end)
        ? refuse('TERMS_OVERLAP', `settings.terms.${index}`)
        : undefined,
    ]),
    fewEnough('settings.calendar.daysOff', daysOff, MAX_DAYS),
    fewEnough('settings.calendar.workingDays', workingDays, MAX_DAYS),
    ...daysOff.map((day, index) => validDate(`settings.calendar.daysOff.${index}`, day)),
    ...workingDays.map((day, index) => validDate(`settings.calendar.workingDays.${index}`, day)),
    twice === undefined ? undefined : refuse('DAY_BOTH_WAYS', 'settings.calendar', { date: twice }),
    discipline === null
      ? undefined
      : firstOf(
          inBounds('settings.discipline.limitDays', discipline.limitDays, 1, 365),
          inBounds('settings.discipline.orderWeight', discipline.orderWeight, 1, 100),
        ),
  );
}

function inBounds(field: string, value: number, min: number, max: number): Check {
  const fits = Number.isInteger(value) && value >= min && value <= max;
  return fits ? undefined : refuse('OUT_OF_BOUNDS', field, { min, max });
}
