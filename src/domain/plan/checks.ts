import { unreadableWithin } from '../../engine/readable.js';
import type { Given } from '../actor.js';
import { addMonths, CALENDAR, isLocalDate, isTimeZone, type LocalDate, within } from '../dates.js';
import type { DocumentReference } from '../documents.js';
import { isRecurrenceRule } from '../recurrence.js';
import { type Refused, refuse } from '../refusal.js';
import { MAX_QUOTA, type PlanPeriod, type Schedule } from '../schedule.js';
import { hasLineBreak, MAX_EXTERNAL_ID, MAX_NUMBER, MAX_REASON, MAX_SHORT } from '../texts.js';

/** Maximum number of sub-items, parties, links, steps or changes in one command. */
export const MAX_ITEMS = 200;

/** The refusal of a failed check; undefined when the check passes. */
export type Check = Refused | undefined;

/** Returns the refusal of the first check that fails. */
export function firstOf(...checks: readonly (Check | (() => Check))[]): Check {
  for (const check of checks) {
    const result = typeof check === 'function' ? check() : check;
    if (result) return result;
  }
  return undefined;
}

/** Refuses invalid circumstances of a command: its reason, effective day and basis. */
export function circumstances({ reason, basis, effectiveOn }: Given): Check {
  const document = basis?.kind === 'document' ? basis.document : null;
  return (
    optionalText('reason', reason, MAX_REASON) ??
    validDate('effectiveOn', effectiveOn) ??
    (document === null ? undefined : basisDocument(document))
  );
}

/** Refuses a basis that cannot be identified: it needs a number and a date. The number may be «б/н». */
function basisDocument({ number, date, issuer }: DocumentReference): Check {
  return (
    requiredLine('basis.document.number', number ?? '', MAX_NUMBER) ??
    (date === null ? refuse('REQUIRED', 'basis.document.date') : validDate('basis.document.date', date)) ??
    optionalLine('basis.document.issuer', issuer)
  );
}

/** Refuses a time zone that is unknown. */
export function validTimeZone(timeZone: string): Check {
  return isTimeZone(timeZone) ? undefined : refuse('INVALID_TIME_ZONE', 'timeZone', { timeZone });
}

/** Refuses a command without a reason. */
export function reasonGiven({ reason }: Pick<Given, 'reason'>): Check {
  return (reason?.trim() ?? '') === '' ? refuse('REASON_REQUIRED', 'reason') : undefined;
}

/** Refuses a text that is empty or too long. */
export function requiredText(field: string, text: string, max = MAX_SHORT): Check {
  return text.trim() === '' ? refuse('REQUIRED', field) : optionalText(field, text, max);
}

/** Refuses a text that is too long; a missing text passes. */
export function optionalText(field: string, text: string | null | undefined, max: number): Check {
  const length = text?.length ?? 0;
  return length > max ? refuse('TOO_LONG', field, { max, length }) : undefined;
}

/** Refuses a title or name that is empty, too long, or of several lines. */
export function requiredLine(field: string, text: string, max = MAX_SHORT): Check {
  return requiredText(field, text, max) ?? checkOneLine(field, text);
}

/** Refuses a number, name or post that is too long or of several lines; a missing text passes. */
export function optionalLine(field: string, text: string | null | undefined, max = MAX_SHORT): Check {
  return optionalText(field, text, max) ?? checkOneLine(field, text ?? '');
}

function checkOneLine(field: string, text: string): Check {
  return hasLineBreak(text) ? refuse('LINE_BREAK', field) : undefined;
}

/** Refuses an external id that is empty, too long, or of several lines; a missing one passes. */
export function validExternalId(externalId: string | null | undefined): Check {
  return externalId == null ? undefined : requiredLine('externalId', externalId, MAX_EXTERNAL_ID);
}

/** Refuses an external id that another of these parts of the plan has, and names that part. */
export function freeExternalId(
  kind: 'activity' | 'section',
  things: Iterable<{ readonly id: string; readonly externalId: string | null }>,
  externalId: string | null,
): Check {
  if (externalId === null) return undefined;
  const taken = [...things].find((thing) => thing.externalId === externalId);
  return taken && refuse('EXTERNAL_ID_TAKEN', 'externalId', { externalId, [kind]: taken.id });
}

/** Refuses a command with a text that some formats cannot represent. */
export function readable(command: object): Check {
  const found = unreadableWithin(command);
  return found && refuse('UNREADABLE_TEXT', found.path, { character: found.character, place: found.place });
}

/** Refuses a list that is too long. */
export function fewEnough(field: string, list: readonly unknown[], max = MAX_ITEMS): Check {
  return list.length > max ? refuse('TOO_MANY', field, { max }) : undefined;
}

/** Refuses a text that is not a date; a missing date passes. */
export function validDate(field: string, date: LocalDate | null | undefined): Check {
  return date === null || date === undefined || isLocalDate(date) ? undefined : refuse('INVALID_DATE', field, { date });
}

/** Refuses a period that ends before its start or is longer than two years; a missing period passes. */
export function validPeriod(period: PlanPeriod | null | undefined): Check {
  if (!period) return undefined;
  return (
    firstOf(validDate('period.start', period.start), validDate('period.end', period.end)) ??
    (within(period.start, CALENDAR) &&
    within(period.end, { start: period.start, end: CALENDAR.end }) &&
    period.end < addMonths(period.start, 24)
      ? undefined
      : refuse('PERIOD_INVALID', 'period'))
  );
}

/** Refuses a schedule that cannot be entered by hand; a missing schedule passes. */
export function validSchedule(field: string, schedule: Schedule | null): Check {
  const invalid = refuse('INVALID_SCHEDULE', field);
  switch (schedule?.kind) {
    case undefined:
    case 'onDemand':
    case 'external':
      return undefined;
    case 'unknown':
      return invalid;
    case 'dates':
      return firstOf(
        schedule.windows.length === 0 ? invalid : undefined,
        fewEnough(field, schedule.windows, 400),
        ...schedule.windows.map((window) => validWindow(field, window)),
      );
    case 'deadline':
      return firstOf(
        schedule.dates.length === 0 ? invalid : undefined,
        fewEnough(field, schedule.dates, 400),
        ...schedule.dates.map((date) => validDate(field, date)),
      );
    case 'throughout':
      return validWindow(field, schedule.window);
    case 'recurring':
      return isRecurrenceRule(schedule.rule) ? undefined : invalid;
    case 'quota':
      return Number.isInteger(schedule.count) && schedule.count > 0 && schedule.count <= MAX_QUOTA
        ? undefined
        : invalid;
  }
}

function validWindow(field: string, window: PlanPeriod): Check {
  return (
    firstOf(validDate(field, window.start), validDate(field, window.end)) ??
    (window.start > window.end ? refuse('INVALID_SCHEDULE', field) : undefined)
  );
}
