import type { RowDifference } from '../../domain/comparison.js';
import type { PrintedRow } from '../../domain/editions.js';
import type { PrintedText } from '../../domain/personal.js';
import type { Evidence } from '../../domain/timing.js';
import { oneLine } from '../reading/wording.js';
import type { PrintedCell, PrintedDocument, PrintedLine, PrintedRun } from './printed.js';
import { type TextPart, wordDifferences } from './words.js';

/** What is compared. */
export interface Comparison {
  readonly title: string;
  /** What the sides are called: «редакция 1», «на 15.10.2020». */
  readonly from: string;
  readonly to: string;
  readonly differences: readonly RowDifference[];
}

type Print = (text: PrintedText) => string;

/** Two times of a plan beside each other («было / стало»), with the words that differ marked. */
export function comparisonDocument({ title, from, to, differences }: Comparison, print: Print): PrintedDocument {
  const rows = differences.map((difference) => {
    const sides = linesOf(difference, print);
    const cellOf = (side: Side, empty: string): PrintedCell => {
      const lines = sides.flatMap((line) => lineOn(side, line));
      return lines.length > 0 ? lines : [empty];
    };
    const number = (difference.after ?? difference.before)?.number ?? '';
    const gone = difference.changes.includes('REMOVED') ? 'Удалено' : 'Исключено';
    return { kind: 'row' as const, cells: [[number], cellOf('removed', '—'), cellOf('added', gone)] };
  });
  return {
    title: `Сравнение: ${from} и ${to}. ${title}`,
    stamps: [],
    heading: ['Сравнительная таблица', title],
    remarks: [`Было: ${from}. Стало: ${to}.`],
    tables: [
      {
        caption: '',
        columns: [
          { name: '№', width: 6 },
          { name: `Было (${from})`, width: 47 },
          { name: `Стало (${to})`, width: 47 },
        ],
        rows: rows.length > 0 ? rows : [{ kind: 'section', text: NO_DIFFERENCES }],
      },
    ],
    notes: [],
    landscape: true,
  };
}

/** The same as plain text: what was taken out stands in `[-…-]`, what was put in, in `{+…+}`. */
export function comparisonText({ title, from, to, differences }: Comparison, print: Print): string {
  const rows = differences.map((difference) =>
    linesOf(difference, print)
      .flatMap(({ name, parts }) => (parts.length > 0 ? `${name}${parts.map(markedText).join('')}` : []))
      .join('\n   '),
  );
  const body = rows.length > 0 ? rows.join('\n\n') : NO_DIFFERENCES;
  return `Сравнительная таблица\n${oneLine(title)}\nБыло: ${from}. Стало: ${to}.\n\n${body}\n`;
}

const NO_DIFFERENCES = 'Различий нет.';

type Side = 'removed' | 'added';

/** A field of a row on both sides. */
interface ComparedLine {
  readonly name: string;
  readonly parts: readonly TextPart[];
}

function lineOn(side: Side, { name, parts }: ComparedLine): PrintedLine[] {
  const own = parts.filter(({ change }) => change === null || change === side);
  if (own.length === 0) return [];
  const runs = own.map(({ text, change }): PrintedRun => (change === null ? { text } : { text, mark: change }));
  return [[{ text: name }, ...runs]];
}

function markedText({ text, change }: TextPart): string {
  switch (change) {
    case null:
      return text;
    case 'removed':
      return `[-${text}-]`;
    case 'added':
      return `{+${text}+}`;
  }
}

function linesOf({ before, after, changes, evidence }: RowDifference, print: Print): ComparedLine[] {
  const [old, now] = [before && fieldsOf(before, print), after && fieldsOf(after, print)];
  const fields = NAMES.flatMap((name, index) => {
    const [was, is] = [old?.[index] ?? '', now?.[index] ?? ''];
    // The section is told only where the row went into another one.
    if (name === NAMES[0] && was === is) return [];
    return [{ name, parts: old && now ? wordDifferences(was, is) : whole(was, is) }];
  });
  const isOther = changes.includes('EVIDENCE') && evidence.before !== null && evidence.after !== null;
  const work = isOther ? [{ name: 'Исполнение: ', parts: whole(WORK[evidence.before], WORK[evidence.after]) }] : [];
  const stays = before !== null && before.sectionTitle === after?.sectionTitle;
  const place = changes.includes('MOVED') && stays ? [{ name: '', parts: whole('', 'Перемещено в разделе') }] : [];
  return [...fields, ...place, ...work];
}

function whole(was: string, is: string): TextPart[] {
  const parts: readonly TextPart[] = [
    { text: was, change: 'removed' },
    { text: is, change: 'added' },
  ];
  return parts.filter(({ text }) => text !== '');
}

const NAMES = ['Раздел: ', '', 'Срок: ', 'Ответственные: '] as const;

function fieldsOf(row: PrintedRow, print: Print): readonly string[] {
  const joined = (parts: readonly string[], by: string) => parts.filter((part) => part !== '').join(by);
  return [
    joined([row.sectionNumber, row.sectionTitle], ' '),
    joined([row.number ?? '', row.text], '. '),
    oneLine(row.timeframeText),
    print(row.responsible),
  ];
}

/** What is known of the work, in words. */
const WORK: Readonly<Record<Evidence, string>> = {
  NONE: 'не отмечено',
  COMPLETION_MARKED: 'отмечено выполнение',
  REPORTED: 'представлен отчёт',
  RETURNED: 'отчёт возвращён',
  ACCEPTED: 'отчёт принят',
};
