/** The columns of a plan's table as a person states them, counted from 1; null for a missing column. */
export interface StatedColumns {
  readonly activity: number;
  readonly time: number | null;
  readonly responsible: number | null;
  readonly number: number | null;
}

type Name = keyof StatedColumns;

/** Greatest number of a column. */
const MAX_COLUMN = 100;

/** Names of the columns, in English and in Russian. */
const STATED_NAMES: ReadonlyMap<string, Name> = new Map([
  ['activity', 'activity'],
  ['time', 'time'],
  ['responsible', 'responsible'],
  ['number', 'number'],
  ['мероприятие', 'activity'],
  ['срок', 'time'],
  ['ответственные', 'responsible'],
  ['номер', 'number'],
]);

/** Columns that cannot be those of a plan. The message says how to state columns. */
export class InvalidColumns extends Error {
  override readonly name = 'InvalidColumns';
}

const HOW = 'write it as activity=2,time=4 (and responsible=5, number=1 if there are such columns), counted from 1';

/** Returns the columns of a text such as `activity=2,time=4`. @throws InvalidColumns */
export function statedColumnsFrom(text: string): StatedColumns {
  const stated = new Map<Name, number>();
  for (const part of text.split(',')) {
    const [, name = '', digits = ''] = /^\s*([a-zа-я]+)\s*=\s*(\d{1,3})\s*$/iu.exec(part) ?? [];
    const column = STATED_NAMES.get(name.toLocaleLowerCase('ru'));
    if (column === undefined || stated.has(column))
      throw new InvalidColumns(`columns «${part.trim().slice(0, 40)}»: ${HOW}`);
    stated.set(column, Number(digits));
  }
  const column = (name: Name) => stated.get(name) ?? null;
  return checkedColumns({
    activity: column('activity'),
    time: column('time'),
    responsible: column('responsible'),
    number: column('number'),
  });
}

/** Returns the columns if they can be those of a plan. @throws InvalidColumns */
export function checkedColumns({
  activity,
  ...others
}: Omit<StatedColumns, 'activity'> & { readonly activity: number | null }): StatedColumns {
  const { time, responsible } = others;
  if (activity === null || (time === null && responsible === null)) {
    throw new InvalidColumns(
      `columns: the one of activities is needed, and that of times or of responsible parties: ${HOW}`,
    );
  }
  const columns = [activity, ...Object.values(others)].filter((column) => column !== null);
  const isInside = columns.every((column) => Number.isInteger(column) && column >= 1 && column <= MAX_COLUMN);
  if (!isInside || new Set(columns).size < columns.length) {
    throw new InvalidColumns(`columns: each is another one, from 1 to ${MAX_COLUMN}: ${HOW}`);
  }
  return { activity, ...others };
}
