import type { Cell, Row } from '../model.js';
import { MONTH_NAMES } from '../months.js';

/** What a plan's column is for. */
export type Role = 'number' | 'title' | 'timeframe' | 'responsible';

/** The columns of a table by what they are for; the others by the names that they print. */
export interface Columns {
  /** As printed, each in one line. */
  readonly names: readonly string[];
  readonly roles: Readonly<Partial<Record<Role, number>>>;
  /** The column of the last day, beside the one of the first; null where one column tells the time. */
  readonly until: number | null;
  /** Columns of a month each, where the time of a row is told by marks in them; none as a rule. */
  readonly months: readonly { readonly index: number; readonly name: string }[];
  /** Columns that are for nothing of the plan, kept by name. */
  readonly extras: readonly { readonly index: number; readonly name: string }[];
}

/** Where a table's head stands, and how many rows it takes. */
export interface Head {
  readonly index: number;
  readonly height: number;
  readonly columns: Columns;
}

/** Rows above a head: titles and stamps typed into the table. */
const MAX_ABOVE = 40;
const MAX_NAME = 90;

/** Columns that are filled in later, or tell of something else, whatever words they share with the others. */
const OTHER =
  /^(отметка|отм\.|выполнен|о выполнении|об исполнении|результат|примечани|вывод|ожидаем|место(?! и время)|итог|форма (отч|представл)|подпись|документ|ф\.?\s?и\.?\s?о|дата (рождения|аттестац|при[её]ма|курс|прохожд)|тема самообраз)/iu;

/** Each role's names from the surest on: the first that any column has decides. */
const NAMES: Readonly<Record<Role, readonly RegExp[]>> = {
  number: [/^№/u, /^(n|no\.?|п\.?\s?[/\\.]?\s?п\.?|номер.*|#)$/iu],
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
    /^(виды?|формы?)\s(деятельности|работы?)|^(направлени|вопрос|действи|задач|событи|работа|работы|деятельность|план|дел[ао])/iu,
    /наименование|название|(?<![а-яё])дел[ао]?(?![а-яё])/iu,
  ],
};
const ORDER: readonly Role[] = ['number', 'responsible', 'timeframe', 'title'];

/** The head of a table of a plan; undefined when it has none. */
export function findHead(rows: readonly Row[]): Head | undefined {
  const most = Math.min(rows.length, MAX_ABOVE);
  for (let index = 0; index < most; index += 1) {
    const row = rows[index];
    if (!row) continue;
    const height = heightOf(row.cells, rows[index + 1]);
    const columns = columnsOf(namesOf(row, height === 2 ? rows[index + 1] : undefined));
    if (columns) return { index, height, columns };
  }
  return undefined;
}

/** True when a row below a head is another one: three columns of a plan by short names that are no cells of a row. */
export function isFurtherHead(row: Row, next: Row | undefined): Head | undefined {
  // Told first, since it is asked of every row: heads are short, and no numbers stand in them.
  const filled = row.cells.filter(({ text }) => text !== '');
  const isShort = filled.every(({ text }) => text.length <= 45 && !/\d/.test(text));
  if (!isShort || filled.length < 3) return undefined;
  const head = findHead(next ? [row, next] : [row]);
  return head && head.index === 0 && Object.values(head.columns.roles).length >= 3 ? head : undefined;
}

/** What columns of these names are for; undefined when they are no columns of a plan. */
function columnsOf(names: readonly string[]): Columns | undefined {
  const isLong = names.some((name) => name.length > MAX_NAME);
  if (isLong || names.filter((name) => name !== '').length < 2) return undefined;
  const roles: Partial<Record<Role, number>> = {};
  const free = new Set(names.keys());
  for (const index of names.keys()) if (OTHER.test(names[index] ?? '')) free.delete(index);
  for (const role of ORDER) {
    const found = NAMES[role]
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
    // A table of times and parties is one of a plan, whatever it calls what is done.
    const rest = [...free].find((index) => names[index] !== '');
    if (rest === undefined || roles.timeframe === undefined || roles.responsible === undefined) return undefined;
    roles.title = rest;
  }
  const isBegin = /начал/iu.test(names[roles.timeframe ?? -1] ?? '');
  const end = isBegin ? [...free].find((index) => /окончани|заверш|конец/iu.test(names[index] ?? '')) : undefined;
  const taken = new Set([...Object.values(roles), ...months.map(({ index }) => index), end]);
  const extras = [...names.keys()]
    .filter((index) => !taken.has(index))
    .map((index) => ({ index, name: distinct(names, index) }));
  return { names, roles, until: end ?? null, months, extras };
}

const ROMANS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
/** Fewer columns named so are no calendar. */
const MIN_MONTHS = 3;

/** «IX | X | XI», «сентябрь | октябрь | …»: columns that each stand for a month. */
function monthColumns(names: readonly string[]): Columns['months'] {
  const found = [...names.entries()].flatMap(([index, name]) => {
    const word = name.split(' ').at(-1) ?? '';
    const month =
      MONTH_NAMES.find((each) => each === word.toLocaleLowerCase('ru')) ?? MONTH_NAMES[ROMANS.indexOf(word)];
    return month === undefined ? [] : [{ index, name: month }];
  });
  return found.length >= MIN_MONTHS ? found : [];
}

/** Two columns of one name are told apart by their place. */
function distinct(names: readonly string[], index: number): string {
  const name = names[index] ?? '';
  if (name === '') return `Столбец ${index + 1}`;
  return names.indexOf(name) === index ? name : `${name} (${index + 1})`;
}

/** Two rows where a cell of the first covers several columns that the second names one by one. */
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
  // Under the other cells of the head stands nothing, or they go on.
  const isHalf = next?.cells.every((cell, index) => {
    const above = cells[index];
    return cell.text === '' || cell.continued || above === undefined || above.span !== 1;
  });
  return isSpread && isHalf ? 2 : 1;
}

function namesOf({ cells }: Row, second: Row | undefined): string[] {
  let above = '';
  return cells.map((cell, index) => {
    if (cell.span > 0) above = oneLine(cell.text);
    const below = second?.cells[index];
    return below && !below.continued && below.text !== ''
      ? `${above} ${oneLine(below.text)}`
      : cell.span > 0
        ? above
        : '';
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
