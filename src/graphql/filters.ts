import type { LocalDate } from '../domain/dates.js';
import type { Timing } from '../domain/timing.js';
import { wordsOf } from '../projections/model.js';
import type { Condition, Filter } from '../readstore/port.js';

/** Most words of a search, and most values of a list in a filter. */
const MAX_WORDS = 12;

/** Documents whose timing on the day is one of these: dates compared, since a timing is never stored. */
export function timingFilter(timings: readonly Timing[], on: LocalDate): Filter {
  return [{ anyOf: timings.map((timing) => timingConditions(timing, on)) }];
}

function timingConditions(timing: Timing, on: LocalDate): readonly Condition[] {
  const open: Condition = { field: 'settled', op: 'eq', value: '' };
  switch (timing) {
    // The day shown is never after the one that makes it late: with it, the order by day is the order of an index.
    case 'OVERDUE':
      return [open, { field: 'due', op: 'range', before: on }, { field: 'dueOn', op: 'range', before: on }];
    case 'DUE_TODAY':
      return [open, { field: 'due', op: 'range', to: on }, { field: 'dueOn', op: 'eq', value: on }];
    case 'DUE_SOON':
      return [open, { field: 'dueOn', op: 'range', after: on }, { field: 'soonFrom', op: 'range', to: on }];
    case 'IN_WINDOW':
      return [
        open,
        { field: 'dueOn', op: 'range', after: on },
        { field: 'soonFrom', op: 'range', after: on },
        { field: 'startsOn', op: 'range', to: on },
      ];
    case 'PLANNED':
      return [
        open,
        { field: 'dueOn', op: 'range', after: on },
        { field: 'soonFrom', op: 'range', after: on },
        { field: 'startsOn', op: 'range', after: on },
      ];
    case 'NOT_DATED':
    case 'NOT_TRACKED':
    case 'DONE_ON_TIME':
    case 'DONE_LATE':
    case 'NOT_DONE':
    case 'EXCLUDED':
    case 'CARRIED_OVER':
      return [{ field: 'settled', op: 'eq', value: timing }];
  }
}

/** Every word of the text begins a word of the document. */
export function textFilter(text: string | null | undefined): Filter {
  return wordsOf(text ?? '')
    .slice(0, MAX_WORDS)
    .map((value) => ({ field: 'words', op: 'hasPrefix', value }));
}

/** A condition when there is a value for it. */
export function when<T>(value: T | null | undefined, condition: (value: T) => Condition): Condition[] {
  return value === null || value === undefined ? [] : [condition(value)];
}

/** A range from `from` to `to`, both included; none when neither is given. */
export function range(field: string, from: string | null | undefined, to: string | null | undefined): Condition[] {
  if (from == null && to == null) return [];
  return [{ field, op: 'range', ...(from == null ? {} : { from }), ...(to == null ? {} : { to }) }];
}
