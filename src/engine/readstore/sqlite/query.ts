import { checkSums, type Layout } from '../layout.js';
import type { Condition, FieldKind, Filter, PageRequest, SumRequest } from '../port.js';
import {
  checkedField,
  type KeysetPlace,
  pageQuery,
  prefixRange,
  type QueryWords,
  type RangeBounds,
  rangeBounds,
} from '../query.js';
import type { Bound, Sql } from './connection.js';
import type { RowShape } from './rows.js';
import { columnOf, sideTableOf, termTableOf } from './schema.js';
import { boundText, boundValue } from './values.js';

// SQLite allows 32,766 parameters in one statement.
const MAX_VALUES = 32_000;

const QUERY_WORDS: QueryWords<Bound> = { nameOf: columnOf, id: 'id', comparable: boundValue };
const RANGE_OPERATORS = { from: '>=', to: '<=', after: '>', before: '<' } as const;

const SQL_ALL: Sql = { text: '1', values: [] };
const SQL_NONE: Sql = { text: '0', values: [] };
// Part of the text, not a bound value: the planner uses the partial indexes only if it sees their condition.
const LIVE: Sql = { text: 'deleted = 0', values: [] };

/**
 * Returns the query of a page. It reads one record beyond the limit, to detect more records.
 *
 * @throws TypeError for an unknown field, an operation that does not fit it, or a value of another kind; RangeError for
 * a limit that is not a whole number, a keyset of another order, or too many values.
 */
export function pageSql({ layout, columns }: RowShape, page: PageRequest): Sql {
  const { order, bounds } = pageQuery(layout, page, QUERY_WORDS);
  const where = live([filterSql(layout, page.filter, page.groupedBy), ...bounds.map(beyond)]);
  const sorted = order.map(({ name, descending }) => `${name} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  return checkedValues(layout, {
    text: `SELECT ${columns} FROM ${layout.table} WHERE ${where.text} ORDER BY ${sorted} LIMIT ?`,
    values: [...where.values, page.limit + 1],
  });
}

/** Returns the query of a count. Throws as {@link pageSql} does. */
export function countSql(layout: Layout, filter: Filter): Sql {
  const where = live([filterSql(layout, filter)]);
  return checkedValues(layout, {
    text: `SELECT count(*) AS count FROM ${layout.table} WHERE ${where.text}`,
    values: where.values,
  });
}

/** Returns the query of sums. Throws as {@link pageSql} does. */
export function sumsSql(layout: Layout, { filter, by, of }: SumRequest): Sql {
  checkSums(layout, { by, of });
  const where = live([filterSql(layout, filter)]);
  const value = layout.keys.has(by)
    ? `(SELECT text FROM ${termTableOf(layout, by)} WHERE term = ${columnOf(by)})`
    : columnOf(by);
  return checkedValues(layout, {
    text: `SELECT ${value} AS value, sum(${columnOf(of)}) AS total FROM ${layout.table} WHERE ${where.text} GROUP BY ${columnOf(by)}`,
    values: where.values,
  });
}

/**
 * Returns a parameter list, padded with its last value to a power of two, so that few distinct statements are prepared.
 */
export function parameterListSql(values: readonly Bound[]): Sql {
  const padded = [...values];
  const last = values.at(-1);
  if (last === undefined) return { text: '()', values: [] };
  while ((padded.length & (padded.length - 1)) !== 0) padded.push(last);
  // Padding must not push a list over the limit.
  const list = padded.length > MAX_VALUES / 2 ? values : padded;
  return { text: `(${list.map(() => '?').join(', ')})`, values: list };
}

function live(parts: readonly Sql[]): Sql {
  return joinSql(' AND ', [LIVE, ...parts.filter((part) => part !== SQL_ALL)]);
}

function checkedValues(layout: Layout, sql: Sql): Sql {
  if (sql.values.length <= MAX_VALUES) return sql;
  throw new RangeError(`${layout.table}: ${sql.values.length} values in one query, ${MAX_VALUES} at most`);
}

/**
 * Returns the condition of a filter.
 *
 * @param indexed the field whose index is used; default: the planner chooses.
 */
function filterSql(layout: Layout, filter: Filter, indexed?: string): Sql {
  return allConditions(
    filter.map((part) =>
      'anyOf' in part
        ? any(
            part.anyOf.map((conjunction) =>
              allConditions(conjunction.map((condition) => conditionSql(layout, condition, indexed))),
            ),
          )
        : conditionSql(layout, part, indexed),
    ),
  );
}

function conditionSql(layout: Layout, condition: Condition, indexed?: string): Sql {
  const { field } = condition;
  const { what, kind } = checkedField(layout, condition);
  // The planner knows no numbers of rows, and may read all published ones instead of some lists. It does not use an
  // index for a term with a plus sign.
  const column = indexed === undefined || indexed === field ? columnOf(field) : `+${columnOf(field)}`;
  switch (condition.op) {
    case 'eq': {
      const values = [boundValue(what, kind, condition.value)];
      return layout.keys.has(field) ? isTerm(layout, field, column, values) : { text: `${column} = ?`, values };
    }
    case 'in': {
      if (condition.values.length === 0) return SQL_NONE;
      const list = parameterListSql(condition.values.map((value) => boundValue(what, kind, value)));
      if (layout.keys.has(field)) return isTerm(layout, field, column, list.values);
      return { text: `${column} IN ${list.text}`, values: list.values };
    }
    case 'range':
      return rangeSql(what, kind, column, condition);
    case 'prefix':
      return prefixSql(what, column, condition.value);
    case 'has':
      return ofSide(layout, field, isTerm(layout, field, 'term', [boundValue(what, kind, condition.value)]));
    case 'hasPrefix':
      return ofSide(layout, field, termIn(layout, field, prefixSql(what, 'text', condition.value)));
    case 'hasRange':
      return ofSide(layout, field, termIn(layout, field, rangeSql(what, 'text', 'text', condition)));
    default:
      throw new TypeError(`${what}: there is no such condition`);
  }
}

/** Returns the condition that a list of the row contains a term. */
function ofSide(layout: Layout, field: string, condition: Sql): Sql {
  return {
    text: `number IN (SELECT number FROM ${sideTableOf(layout, field)} WHERE ${condition.text})`,
    values: condition.values,
  };
}

/** Returns the condition that a column contains the number of one of these texts. */
function isTerm(layout: Layout, field: string, column: string, texts: readonly Bound[]): Sql {
  if (texts.length > 1)
    return termIn(layout, field, { text: `text IN ${parameterListSql(texts).text}`, values: texts }, column);
  return { text: `${column} = (SELECT term FROM ${termTableOf(layout, field)} WHERE text = ?)`, values: texts };
}

/** Returns the condition that a column holds the number of a term whose text fulfils a condition. */
function termIn(layout: Layout, field: string, condition: Sql, column = 'term'): Sql {
  return {
    text: `${column} IN (SELECT term FROM ${termTableOf(layout, field)} WHERE ${condition.text})`,
    values: condition.values,
  };
}

function rangeSql(what: string, kind: FieldKind, column: string, range: RangeBounds): Sql {
  return allConditions(
    rangeBounds(range).map(({ is, value }) => ({
      text: `${column} ${RANGE_OPERATORS[is]} ?`,
      values: [boundValue(what, kind, value)],
    })),
  );
}

/** Uses bounds: LIKE ignores case and does not use the index. */
function prefixSql(what: string, column: string, prefix: unknown): Sql {
  const { from, before } = prefixRange(what, prefix, boundText);
  if (before === undefined) return { text: `${column} >= ?`, values: [from] };
  return { text: `${column} >= ? AND ${column} < ?`, values: [from, before] };
}

/** Returns the condition «strictly after the keyset», in the direction of the terms. */
function beyond(places: readonly KeysetPlace<Bound>[]): Sql {
  const directions = new Set(places.map(({ descending }) => descending));
  if (directions.size === 1 && places.length > 1) {
    // A comparison of row values in one direction is a single index seek.
    const columns = places.map(({ name }) => name).join(', ');
    const marks = places.map(() => '?').join(', ');
    return {
      text: `(${columns}) ${directions.has(true) ? '<' : '>'} (${marks})`,
      values: places.map(({ value }) => value),
    };
  }
  // With mixed directions, the conditions are nested from the last term outwards. The index can seek by the bound of
  // the outer term.
  return places.reduceRight<Sql>((inner, { name, descending, value }) => {
    const operator = descending ? '<' : '>';
    if (inner === SQL_NONE) return { text: `${name} ${operator} ?`, values: [value] };
    return {
      text: `(${name} ${operator}= ? AND (${name} ${operator} ? OR ${inner.text}))`,
      values: [value, value, ...inner.values],
    };
  }, SQL_NONE);
}

function allConditions(parts: readonly Sql[]): Sql {
  if (parts.includes(SQL_NONE)) return SQL_NONE;
  return joinSql(
    ' AND ',
    parts.filter((part) => part !== SQL_ALL),
  );
}

function any(parts: readonly Sql[]): Sql {
  if (parts.includes(SQL_ALL)) return SQL_ALL;
  const some = parts.filter((part) => part !== SQL_NONE);
  if (some.length === 0) return SQL_NONE;
  // The planner examines each branch of an OR separately, so each must contain the condition of the partial indexes.
  return joinSql(
    ' OR ',
    some.map((part) => joinSql(' AND ', [LIVE, part])),
  );
}

function joinSql(by: ' AND ' | ' OR ', parts: readonly Sql[]): Sql {
  const [first] = parts;
  if (first === undefined) return SQL_ALL;
  if (parts.length === 1) return first;
  return {
    text: parts.map(({ text }) => `(${text})`).join(by),
    values: parts.flatMap(({ values }) => values),
  };
}
