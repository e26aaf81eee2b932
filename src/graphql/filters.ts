import type { LocalDate } from '../domain/dates.js';
import type { Timing } from '../domain/timing.js';
import type { Condition, Filter } from '../engine/readstore/port.js';
import { searchWords } from '../projections/model.js';

/** Maximum number of words of a search. */
const MAX_WORDS = 12;

/**
 * Returns the condition for rows with one of these timings on a day. It compares dates, because timings are not stored.
 */
export function timingFilter(timings: readonly Timing[], on: LocalDate): Filter {
  return [{ anyOf: timings.map((timing) => timingConditions(timing, on)) }];
}

function timingConditions(timing: Timing, on: LocalDate): readonly Condition[] {
  const open: Condition = { field: 'settled', op: 'eq', value: '' };
  switch (timing) {
    // `due` is never after `dueOn`. With the condition on `due` the query can use the index of the order by day.
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

/** Returns the conditions of a text search: every word of the text is the beginning of a word of the row. */
export function textFilter(text: string | null | undefined): Filter {
  return searchWords(text ?? '')
    .slice(0, MAX_WORDS)
    .map((value) => ({ field: 'words', op: 'hasPrefix', value }));
}

/** Returns the condition for a value; an empty filter if there is no value. */
export function when<T>(value: T | null | undefined, condition: (value: T) => Condition): Condition[] {
  return value === null || value === undefined ? [] : [condition(value)];
}

/** Returns the condition of a range, both ends included; an empty filter if neither end is given. */
export function rangeCondition(
  field: string,
  from: string | null | undefined,
  to: string | null | undefined,
): Condition[] {
  if (from == null && to == null) return [];
  return [{ field, op: 'range', ...(from == null ? {} : { from }), ...(to == null ? {} : { to }) }];
}
