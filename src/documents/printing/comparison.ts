import { diffArrays } from 'diff';
import type { EditionDifference, PrintedRow } from '../../domain/editions.js';
import type { PrintedText } from '../../domain/personal.js';
import { oneLine } from '../reading/wording.js';
import type { PrintedCell, PrintedDocument, PrintedRun } from './printed.js';

/** What is compared. */
export interface Comparison {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly differences: readonly EditionDifference[];
}

/** Two editions beside each other («было / стало»), with the words that differ marked. */
export function comparisonDocument(
  { title, from, to, differences }: Comparison,
  print: (text: PrintedText) => string,
): PrintedDocument {
  const rows = differences.map(({ before, after }) => {
    const [was, is] = cellsOf(before, after, print);
    const number = (after ?? before)?.number ?? '';
    return { kind: 'row' as const, cells: [[number], was, is] };
  });
  return {
    title: `Сравнение редакций ${from} и ${to}. ${title}`,
    stamps: [],
    heading: ['Сравнительная таблица', title],
    remarks: [`Редакции ${from} и ${to}`],
    tables: [
      {
        caption: '',
        columns: [
          { name: '№', width: 6 },
          { name: `Было (редакция ${from})`, width: 47 },
          { name: `Стало (редакция ${to})`, width: 47 },
        ],
        rows: rows.length > 0 ? rows : [{ kind: 'section', text: 'Различий нет.' }],
      },
    ],
    notes: [],
    landscape: true,
  };
}

function cellsOf(
  before: PrintedRow | null,
  after: PrintedRow | null,
  print: (text: PrintedText) => string,
): readonly [PrintedCell, PrintedCell] {
  const fields = (row: PrintedRow | null): readonly (readonly [string, string])[] =>
    row
      ? [
          ['Раздел: ', [row.sectionNumber, row.sectionTitle].filter((part) => part !== '').join(' ')],
          ['', [row.number ?? '', row.text].filter((part) => part !== '').join('. ')],
          ['Срок: ', oneLine(row.timeframeText)],
          ['Ответственные: ', print(row.responsible)],
        ]
      : [];
  const [old, now] = [fields(before), fields(after)];
  if (old.length === 0)
    return [[[{ text: '—' }]], now.map(([name, text]) => [{ text: name }, { text, mark: 'added' }])];
  if (now.length === 0) {
    return [old.map(([name, text]) => [{ text: name }, { text, mark: 'removed' }]), [[{ text: 'Исключено' }]]];
  }
  const lines = old.flatMap(([name, text], index) => {
    const other = now[index]?.[1] ?? '';
    // The section is told only where the row went into another one.
    if (index === 0 && text === other) return [];
    const changes = diffArrays(wordsOf(text), wordsOf(other));
    const side = (own: 'removed' | 'added', others: 'removed' | 'added'): PrintedRun[] => [
      { text: name },
      ...changes
        .filter((change) => !change[others])
        .map(
          ({ value, [own]: isOwn }): PrintedRun =>
            isOwn ? { text: value.join(''), mark: own } : { text: value.join('') },
        ),
    ];
    return [[side('removed', 'added'), side('added', 'removed')] as const];
  });
  return [lines.map(([was]) => was), lines.map(([, is]) => is)];
}

/** Words, signs and spaces: what a reader sees change. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}
