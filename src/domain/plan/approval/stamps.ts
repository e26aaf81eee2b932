import type { Given } from '../../actor.js';
import type { Stamp, StampKind } from '../../approval.js';
import { type LocalDate, localDay } from '../../dates.js';
import type { ExistingPlan } from '../../plan.js';
import { refuse } from '../../refusal.js';
import { MAX_NUMBER } from '../../texts.js';
import { type Check, firstOf, optionalLine, requiredLine, validDate } from '../checks.js';

/** The printed word above each kind of stamp. */
export const STAMP_WORDS: Readonly<Record<StampKind, string>> = {
  approve: 'Утверждаю',
  agree: 'Согласовано',
  accept: 'Принято',
  consider: 'Рассмотрено',
};

/** A stamp in a command. Its kind and marker follow from the command. */
export type GivenStamp = Omit<Stamp, 'kind' | 'marker'>;

/** Refuses a stamp with invalid fields. */
export function validStamp(stamp: GivenStamp, plan: ExistingPlan, given: Given): Check {
  return firstOf(
    requiredLine('stamp.post', stamp.post),
    optionalLine('stamp.organisation', stamp.organisation),
    pastDate('stamp.date', stamp.date, plan, given),
    pastDate('stamp.document.date', stamp.document?.date ?? null, plan, given),
    optionalLine('stamp.document.number', stamp.document?.number, MAX_NUMBER),
    optionalLine('stamp.document.issuer', stamp.document?.issuer),
  );
}

/** Refuses a date in the future: a document cannot have been signed later than today. */
export function pastDate(field: string, date: LocalDate | null, plan: ExistingPlan, given: Given): Check {
  return (
    validDate(field, date) ??
    (date !== null && date > localDay(given.now, plan.details.timeZone)
      ? refuse('ACTUAL_DATE_IN_FUTURE', field, { date })
      : undefined)
  );
}
