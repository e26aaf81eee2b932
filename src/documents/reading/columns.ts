import { type Cell, NO_CELL, type Row } from '../model.js';
import { MONTH_NAMES } from '../months.js';
import { NUMBER } from './numbers.js';

/** The role of a column of a plan. */
export type ColumnRole = 'number' | 'title' | 'timeframe' | 'responsible';

/** The columns of a table by their role; the other columns by their printed names. */
export interface Columns {
  /** The printed names, each in one line. A name is empty if a cell of the head continues in the column. */
  readonly names: readonly string[];
  readonly roles: Readonly<Partial<Record<ColumnRole, number>>>;
  /** The columns in which cells of the head begin. */
  readonly starts: readonly number[];
  /**
   * The column of the last day, beside the column of the first day; null if one column contains the whole timeframe.
   */
  readonly until: number | null;
  /** Columns of one month or quarter each, in which marks show the time of a row; usually empty. */
  readonly months: readonly { readonly index: number; readonly name: string }[];
  /** Columns that have no role in the plan, stored by name. */
  readonly extras: readonly { readonly index: number; readonly name: string }[];
}

/** The place of the head of a table, and its number of rows. */
export interface Head {
  readonly index: number;
  readonly height: number;
  readonly columns: Columns;
}

/** Maximum number of rows above a head: titles and stamps typed into the table. */
const MAX_ABOVE = 40;
const MAX_HEADING = 90;

/** Columns that are filled in later or have another meaning, although they share words with the known columns. */
const OTHER =
  /^(отметка|отм\.|выполнен|о выполнении|об исполнении|результат|примечани|вывод|ожидаем|место(?! и время)|итог|форма (отч|представл)|подпись|документ|ф\.?\s?и\.?\s?о(?!.{0,40}(?:ответств|исполн))|дата (рождения|аттестац|при[её]ма|курс|прохожд)|тема самообраз)/iu;

/** Patterns of column names for each role, the most certain first. The first pattern that matches a column is used. */
const ROLE_NAMES: Readonly<Record<ColumnRole, readonly RegExp[]>> = {
  number: [/^№/u, /^(n|no\.?|(?:n|no\.?|номер)\s?п\.?\s?[/\\.]?\s?п\.?|п\.?\s?[/\\.]?\s?п\.?|номер.*|#)$/iu],
  responsible: [
    /^ответствен/iu,
    /^исполнител/iu,
    /^отв[.-]/iu,
    /ответствен|исполнител|осуществля/iu,
    /^организатор|^докладчик/iu,
    /^кто\s/iu,
  ],
  timeframe: [
    /^сроки?(?![а-яё])/iu,
    /^дата|^даты/iu,
    /^период|^время\s(проведения|исполнения)|^когда/iu,
    /(?<![а-яё])(срок|сроки|дата|даты)(?![а-яё])/iu,
    /^(время|месяц|график|неделя|календарные|день недели|число|начало)|^ср\.\s?исп/iu,
    /(?<![а-яё])(время|период)(?![а-яё])/iu,
  ],
  title: [
    /мероприяти/iu,
    /^наименование|^название/iu,
    /содержани/iu,
    /^тем[аы](?![а-яё])|тематика/iu,
    /^что\s/iu,
    /^(виды?|формы?)\s(деятельности|работы?)|^(направлени|вопрос|действи|задач|событи|работа|работы|деятельность|план|дел[ао])/iu,
    /наименование|название|(?<![а-яё])дел[ао]?(?![а-яё])/iu,
  ],
};
const ORDER: readonly ColumnRole[] = ['number', 'responsible', 'timeframe', 'title'];

/** Returns the head of the table of a plan; undefined if there is none. */
export function findHead(rows: readonly Row[]): Head | undefined {
  const most = Math.min(rows.length, MAX_ABOVE);
  for (let index = 0; index < most; index += 1) {
    const row = rows[index];
    if (!row) continue;
    const height = heightOf(row.cells, rows[index + 1]);
    const second = height === 2 ? rows[index + 1] : undefined;
    const columns = columnsNamed(namesOf(row, second));
    if (!columns) continue;
    const starts = [...row.cells.keys()].filter(
      (at) => beginsAt(row, at) || (second !== undefined && beginsAt(second, at)),
    );
    const below = rows.slice(index + height, index + height + NUMBERED_ROWS);
    return { index, height, columns: withNumbers({ ...columns, starts }, below) };
  }
  return undefined;
}

function beginsAt({ cells }: Row, at: number): boolean {
  return (cells[at]?.span ?? 0) > 0;
}

/** Number of rows below a head that are searched for numbers. */
const NUMBERED_ROWS = 20;

/** The first column contains the numbers if it has no heading and all its cells are numbers. */
function withNumbers(columns: Columns, below: readonly Row[]): Columns {
  const { roles, names, extras } = columns;
  if (roles.number !== undefined || names[0] !== '' || Object.values(roles).includes(0)) return columns;
  const texts = below
    .map(({ cells }) => cells[0])
    .filter((cell) => cell !== undefined && cell.span === 1 && cell.text !== '');
  if (texts.length === 0 || !texts.every((cell) => NUMBER.test(cell?.text ?? ''))) return columns;
  return { ...columns, roles: { ...roles, number: 0 }, extras: extras.filter(({ index }) => index !== 0) };
}

/**
 * Returns a row with its cells below those of the head. If the table continues with other column widths, or has cells
 * that are wider than its head, the first cells are put below the cells of the head in order.
 */
export function alignedTo({ names, starts }: Columns, row: Row): Row {
  const own = [...row.cells.entries()].filter(([, { span }]) => span > 0);
  if (row.cells.length <= names.length && own.every(([at]) => starts.includes(at))) return row;
  const [only] = own;
  if (only && own.length === 1)
    return { ...row, cells: cellsByColumn(names.length, [[0, { ...only[1], span: names.length }]]) };
  if (own.length !== starts.length) return row;
  return {
    ...row,
    cells: cellsByColumn(
      names.length,
      own.map(([, cell], index) => [starts[index] ?? 0, { ...cell, span: 1 }]),
    ),
  };
}

function cellsByColumn(width: number, cells: readonly (readonly [number, Cell])[]): Cell[] {
  const row: Cell[] = Array.from({ length: width }, () => NO_CELL);
  for (const [at, cell] of cells) row[at] = cell;
  return row;
}

/**
 * Returns the head if a row below a head is a further head: at least three columns of a plan with short names.
 * Undefined for any other row.
 */
export function isFurtherHead(row: Row, next: Row | undefined): Head | undefined {
  // This cheap check comes first, because every row is checked: heads are short and contain no digits.
  const filled = row.cells.filter(({ text }) => text !== '');
  const isShort = filled.every(({ text }) => text.length <= 45 && !/\d/.test(text));
  if (!isShort || filled.length < 3) return undefined;
  const head = findHead(next ? [row, next] : [row]);
  return head && head.index === 0 && Object.values(head.columns.roles).length >= 3 ? head : undefined;
}

/** Returns the roles of columns with these names; undefined if they are not columns of a plan. */
function columnsNamed(names: readonly string[]): Omit<Columns, 'starts'> | undefined {
  const isLong = names.some((name) => name.length > MAX_HEADING);
  if (isLong || names.filter((name) => name !== '').length < 2) return undefined;
  const roles: Partial<Record<ColumnRole, number>> = {};
  const free = new Set(names.keys());
  for (const index of names.keys()) if (OTHER.test(names[index] ?? '')) free.delete(index);
  for (const role of ORDER) {
    const found = ROLE_NAMES[role]
      .map((pattern) => [...free].find((index) => pattern.test(names[index] ?? '')))
      .find((index) => index !== undefined);
    if (found === undefined) continue;
    roles[role] = found;
    free.delete(found);
  }
  const months = monthColumns(names);
  const [first] = months;
  if (first) roles.timeframe = first.index;
  if (roles.timeframe === undefined && roles.responsible === undefined) return undefined;
  if (roles.title === undefined) {
    // A table with times and parties is one of a plan, whatever the name of the column with the activities.
    const rest = [...free].find((index) => names[index] !== '');
    if (rest === undefined || roles.timeframe === undefined || roles.responsible === undefined) return undefined;
    roles.title = rest;
  }
  // «Месяц | Число», «Сроки: Месяц | Неделя»: the days belong to the month, so they are the timeframe.
  const days = MONTH_COLUMN.test(names[roles.timeframe ?? -1] ?? '')
    ? [...free].find((index) => DAY_COLUMN.test(names[index] ?? ''))
    : undefined;
  if (days !== undefined) roles.timeframe = days;
  const isBegin = /начал/iu.test(names[roles.timeframe ?? -1] ?? '');
  const end = isBegin ? [...free].find((index) => /окончани|заверш|конец/iu.test(names[index] ?? '')) : undefined;
  const taken = new Set([...Object.values(roles), ...months.map(({ index }) => index), end]);
  const extras = [...names.keys()]
    .filter((index) => !taken.has(index))
    .map((index) => ({ index, name: distinct(names, index) }));
  return { names, roles, until: end ?? null, months, extras };
}

/** The name of a column of months beside a column of days. */
export const MONTH_COLUMN = /^(?:срок.{0,40}\s)?месяц/iu;
const DAY_COLUMN = /^(?:срок.{0,40}\s)?(?:числ[оа]|д(?:ень|ни)(?:\sнедели)?|дат[аы]|недел[яи])$/iu;

const ROMANS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
const HALF_YEAR = 'полугодие';
/** Minimum number of columns that are named after times. Two half-years are enough too. */
const MIN_MONTHS = 3;
/** Parts of a year in the names of columns, with the word that follows their number in a timeframe. */
const PARTS_OF_YEAR: readonly (readonly [word: string, pattern: RegExp])[] = [
  ['квартал', /(?<![\p{L}\d])(?<nth>IV|I{1,3}|[1-4])(?:-?[йи])?\s?кв(?:артал|\.)?$/iu],
  ['четверть', /(?<![\p{L}\d])(?<nth>IV|I{1,3}|[1-4])(?:-?[йяи])?\s?четв(?:ерть|\.)?$/iu],
  ['триместр', /(?<![\p{L}\d])(?<nth>I{1,3}|[1-3])(?:-?[йи])?\s?трим(?:естр|\.)?$/iu],
  [HALF_YEAR, /(?<![\p{L}\d])(?<nth>I{1,2}|[12])(?:-?о?е)?\s?пол(?:угодие|уг?\.|\.)?$/iu],
];

/**
 * Returns the columns that each stand for a time: «IX | X | XI», «сен | окт | …», «I квартал | II квартал | …»,
 * «1 полугодие | 2 полугодие».
 */
function monthColumns(names: readonly string[]): Columns['months'] {
  const found = [...names.entries()].flatMap(([index, name]) => {
    const time = timeNamed(name);
    return time === undefined ? [] : [{ index, name: time }];
  });
  const areHalves = found.length === 2 && found.every(({ name }) => name.endsWith(HALF_YEAR));
  return found.length >= MIN_MONTHS || areHalves ? found : [];
}

function timeNamed(name: string): string | undefined {
  for (const [part, pattern] of PARTS_OF_YEAR) {
    const nth = pattern.exec(name)?.groups?.nth;
    if (nth) return `${nth.toUpperCase()} ${part}`;
  }
  const word = (name.split(' ').at(-1) ?? '').replace(/\.$/u, '');
  const small = word.toLocaleLowerCase('ru');
  const isShort = (month: string) => small.length >= 3 && month.startsWith(small.replace(/^сент$/u, 'сен'));
  return MONTH_NAMES[ROMANS.indexOf(word)] ?? MONTH_NAMES.find(isShort);
}

/** Returns the name of a column. If two columns have the same name, their positions are added. */
function distinct(names: readonly string[], index: number): string {
  const name = names[index] ?? '';
  if (name === '') return `Столбец ${index + 1}`;
  return names.indexOf(name) === index ? name : `${name} (${index + 1})`;
}

/** Returns 2 for a head of two rows: a cell of the first row covers several columns that the second row names. */
function heightOf(cells: readonly Cell[], next: Row | undefined): 1 | 2 {
  const isSpread = cells.some((cell, index) => {
    const below = next?.cells.slice(index, index + cell.span) ?? [];
    return (
      cell.span > 1 &&
      cell.text !== '' &&
      cell.span < cells.length &&
      below.filter(({ text }) => text !== '').length > 1
    );
  });
  // Below the other cells of the head, the next row is empty or continues them.
  const isHalf = next?.cells.every((cell, index) => {
    const above = cells[index];
    return cell.text === '' || cell.continued || above === undefined || above.span !== 1;
  });
  return isSpread && isHalf ? 2 : 1;
}

function namesOf({ cells }: Row, second: Row | undefined): string[] {
  let above = '';
  return cells.map((cell, index) => {
    if (cell.span > 0) above = headingLine(cell.text);
    const below = second?.cells[index];
    return below && !below.continued && below.text !== ''
      ? `${above} ${headingLine(below.text)}`
      : cell.span > 0
        ? above
        : '';
  });
}

function headingLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
