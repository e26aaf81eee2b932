import { readTimeframe } from '../../domain/wording/read.js';
import { isFresh, type Row } from '../model.js';
import type { StatedColumns } from '../statedColumns.js';
import type { ColumnRole, Head } from './columns.js';
import { isCounting, NUMBER } from './numbers.js';
import { oneLine } from './wording.js';

/** Number of rows from the top in which the first row of the plan is searched. */
const MAX_ABOVE_STATED = 40;

/**
 * Returns the head of a table whose columns the user stated: the row above the first row whose time can be read. The
 * head has no rows if there is none above. Undefined if the table has no such columns, or they are empty.
 */
export function statedHead(rows: readonly Row[], stated: StatedColumns): Head | undefined {
  const roles = rolesOf(stated);
  const isFilled = ({ cells }: Row) => {
    const [title, other] = [cells[roles.title], cells[roles.timeframe ?? roles.responsible ?? -1]];
    return title !== undefined && other !== undefined && isFresh(title) && other.text !== '';
  };
  const filled = [...rows.slice(0, MAX_ABOVE_STATED).entries()].filter(([, row]) => isFilled(row) && !isCounting(row));
  const hasTime = ({ cells }: Row) => {
    const { schedule, flags } = readTimeframe(cells[roles.timeframe ?? -1]?.text ?? '', null);
    return schedule.kind !== 'unknown' || flags.includes('PERIOD_MISSING');
  };
  const [first] = filled;
  if (!first) return undefined;
  // If no time can be read, the first row is the head, as in most tables.
  const dated = filled.findIndex(([, row]) => hasTime(row));
  const above = dated < 0 ? first : filled[dated - 1];
  const isHead = above !== undefined && !above[1].cells.some(({ text }) => NUMBER.test(text));
  if (!isHead) return { index: first[0], height: 0, columns: headColumns(first[1], false, roles) };
  return { index: above[0], height: 1, columns: headColumns(above[1], true, roles) };
}

function rolesOf({
  activity,
  time,
  responsible,
  number,
}: StatedColumns): Partial<Record<ColumnRole, number>> & { readonly title: number } {
  return {
    title: activity - 1,
    ...(time === null ? {} : { timeframe: time - 1 }),
    ...(responsible === null ? {} : { responsible: responsible - 1 }),
    ...(number === null ? {} : { number: number - 1 }),
  };
}

function headColumns({ cells }: Row, isHead: boolean, roles: Partial<Record<ColumnRole, number>>): Head['columns'] {
  const used = new Set<string>();
  const names = cells.map(({ text }, index) => {
    const printed = isHead ? oneLine(text) : '';
    const name = printed === '' || used.has(printed) ? `Столбец ${index + 1}` : printed;
    used.add(name);
    return name;
  });
  const taken = new Set(Object.values(roles));
  const extras = [...names.entries()].filter(([index]) => !taken.has(index)).map(([index, name]) => ({ index, name }));
  const starts = [...cells.entries()].filter(([, { span }]) => span > 0).map(([index]) => index);
  return { names, roles, starts, until: null, months: [], extras };
}
