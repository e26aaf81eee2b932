import type { PlanPeriod } from '../../domain/schedule.js';
import { isTimeframe } from '../../domain/wording/read.js';
import { oneLine } from './wording.js';

/** One of several items in the same row: its lines in each cell. */
export interface PackedItem {
  readonly number: string | null;
  readonly text: string;
  readonly timeframeText: string;
  readonly responsibleText: string;
}

/**
 * A row with several items, each of which has one or more lines in each cell. Only the order of the lines tells which
 * lines belong together.
 */
export interface Packed {
  /** The text above the first item; empty for none. */
  readonly heading: string;
  /** True if the heading has a timeframe, so that it is an item too. */
  readonly isHeadingItem: boolean;
  readonly items: readonly PackedItem[];
}

const PACKED_ITEM = /^\s*(?<number>\d{1,2})[.)]\s*(?=[^\d\s.])/u;
/** Approximate number of letters in a line of a narrow cell. */
const LINE_LETTERS = 40;

/**
 * Splits a packed row into its items: numbered items in one cell, their times in the next, in the same order. Undefined
 * if the row is not packed, or if times and items cannot be paired: then nothing is guessed.
 */
export function unpacked(
  cells: {
    readonly title: string;
    readonly timeframe: string;
    readonly responsible: string;
    readonly isNumbered: boolean;
  },
  period: PlanPeriod | null,
  hint: string,
): Packed | undefined {
  const { heading, items } = packedItems(cells.title.split('\n'));
  if (items.length < 2) return undefined;
  const isShared = heading.length === 0 && !cells.isNumbered && cells.timeframe.split('\n').length === 1;
  if (isShared) return shared(items, cells);
  const times = timesOf(cells.timeframe.split('\n'), period, hint);
  const isHeadingItem = heading.length > 0 && times.length === items.length + 1;
  if (!isHeadingItem && times.length !== items.length) return undefined;
  const all = isHeadingItem ? [{ number: null, lines: heading }, ...items] : items;
  const parties = pairedParties(
    cells.responsible.split('\n').filter((line) => line.trim() !== ''),
    all.map(({ lines }) => lines),
  );
  if (!parties) return undefined;
  return {
    heading: oneLine(heading.join(' ')),
    isHeadingItem,
    items: all.map(({ number, lines }, index) => ({
      number,
      text: oneLine(lines.join(' ')),
      timeframeText: times[index] ?? '',
      responsibleText: parties[index] ?? '',
    })),
  };
}

/** Returns the items of a cell that is a list from its first line on and has one time. Each item has that time. */
function shared(
  items: readonly { readonly number: string; readonly lines: readonly string[] }[],
  cells: { readonly timeframe: string; readonly responsible: string },
): Packed {
  const lines = cells.responsible.split('\n').filter((line) => line.trim() !== '');
  return {
    heading: '',
    isHeadingItem: false,
    items: items.map(({ number, lines: text }, index) => ({
      number,
      text: oneLine(text.join(' ')),
      timeframeText: cells.timeframe,
      responsibleText: lines.length === items.length ? (lines[index] ?? '') : cells.responsible,
    })),
  };
}

function packedItems(lines: readonly string[]) {
  const heading: string[] = [];
  const items: { readonly number: string; readonly lines: string[] }[] = [];
  for (const line of lines) {
    const number = PACKED_ITEM.exec(line)?.groups?.number;
    const text = line.replace(PACKED_ITEM, '').trim();
    if (number !== undefined && Number(number) === items.length + 1) items.push({ number, lines: [text] });
    else (items.at(-1)?.lines ?? heading).push(line.trim());
  }
  return { heading, items };
}

/** Lines that only together are a time («в течение» + «года») are one. */
function timesOf(lines: readonly string[], period: PlanPeriod | null, hint: string): string[] {
  const isRead = (text: string) => isTimeframe(text, period, hint);
  const times: string[] = [];
  let isOpen = false;
  for (const line of lines.map(oneLine).filter((text) => text !== '')) {
    const before = times.at(-1);
    if (before !== undefined && isOpen && isRead(`${before} ${line}`)) {
      times[times.length - 1] = `${before} ${line}`;
      isOpen = false;
      continue;
    }
    times.push(line);
    isOpen = !isRead(line);
  }
  return times;
}

/**
 * Costs of a group of lines that is paired with an item. `more` and `fewer…`: for each line more or less than the item
 * has. `comma`: the group ends with a comma. `twice`: it names a party twice. `strangers`: it has two adjacent lines
 * whose parties are nowhere in the cell joined by a comma.
 */
const FUNDING = { more: 1, fewerPrinted: 0.3, fewerWrapped: 0.1, comma: 0.5, twice: 3, strangers: 0.5 };

/**
 * Assigns the lines of the cell with parties to the items in order. Each item gets the most likely number of lines:
 * people who type such rows add line breaks to align the cells.
 */
function pairedParties(lines: readonly string[], items: readonly (readonly string[])[]): string[] | undefined {
  if (lines.length < items.length) return lines.length === 1 ? items.map(() => lines[0] ?? '') : undefined;
  const together = pairsIn(lines);
  interface Best {
    readonly cost: number;
    readonly sizes: readonly number[];
  }
  // best[n]: the items so far have taken n lines.
  let best = new Map<number, Best>([[0, { cost: 0, sizes: [] }]]);
  for (const [index, item] of items.entries()) {
    const next = new Map<number, Best>();
    const still = items.length - index - 1;
    for (const [taken, { cost, sizes }] of best) {
      for (let size = 1; taken + size <= lines.length - still; size += 1) {
        const end = taken + size;
        const total = cost + groupCost(lines.slice(taken, end), item, end < lines.length, together);
        const known = next.get(end);
        if (!known || total < known.cost) next.set(end, { cost: total, sizes: [...sizes, size] });
      }
    }
    best = next;
  }
  const sizes = best.get(lines.length)?.sizes;
  let from = 0;
  return sizes?.map((size) => {
    const group = lines.slice(from, from + size).map((line) => line.trim());
    from += size;
    return group.join('\n');
  });
}

/** Returns all pairs of names that a comma joins, as `first second` and `second first`. */
function pairsIn(lines: readonly string[]): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const names = namesIn(/,\s*$/.test(line) ? `${line}${lines[index + 1] ?? ''}` : line);
    for (const [at, name] of names.slice(1).entries()) pairs.add(`${names[at]} ${name}`).add(`${name} ${names[at]}`);
  }
  return pairs;
}

function namesIn(line: string): string[] {
  const names = line.split(',').map((name) => name.replace(/[.\s]/g, '').toLocaleLowerCase('ru'));
  return names.filter((name) => name !== '');
}

function groupCost(
  group: readonly string[],
  item: readonly string[],
  hasNext: boolean,
  together: ReadonlySet<string>,
): number {
  // The first line also contains the number of the item and a space, which are not in its text.
  const wrapped = item.reduce((sum, line, at) => sum + Math.ceil((line.length + (at === 0 ? 3 : 1)) / LINE_LETTERS), 0);
  const more = Math.max(0, group.length - wrapped);
  const fewerPrinted = Math.max(0, item.length - group.length);
  const fewerWrapped = Math.max(0, wrapped - Math.max(group.length, item.length));
  const named = group.flatMap(namesIn);
  const strangers = group.slice(1).filter((line, index) => {
    return !together.has(`${namesIn(group[index] ?? '').at(-1)} ${namesIn(line)[0]}`);
  });
  return (
    more * FUNDING.more +
    fewerPrinted * FUNDING.fewerPrinted +
    fewerWrapped * FUNDING.fewerWrapped +
    (hasNext && /,\s*$/.test(group.at(-1) ?? '') ? FUNDING.comma : 0) +
    strangers.length * FUNDING.strangers +
    (new Set(named).size < named.length ? FUNDING.twice : 0)
  );
}
