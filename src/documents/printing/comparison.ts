import type { Role } from '../../domain/actor.js';
import type { RowDifference } from '../../domain/comparison.js';
import { dayText, type LocalDate } from '../../domain/dates.js';
import type { DocumentReference } from '../../domain/documents.js';
import type { EditionRow } from '../../domain/editions.js';
import { HIDDEN_NAME, type PrintedText } from '../../domain/personal.js';
import type { Evidence } from '../../domain/timing.js';
import { oneLine } from '../reading/wording.js';
import { documentText } from './dates.js';
import { fieldLabel } from './fieldLabels.js';
import { fieldInWords } from './fieldValues.js';
import type { PrintedCell, PrintedDocument, PrintedLine, PrintedRun } from './printed.js';
import { ROLE_TEXTS } from './roles.js';
import { type TextPart, wordDifferences } from './words.js';

/** A comparison of two states of a plan. */
export interface Comparison {
  readonly title: string;
  /** Names of the two states: «редакция 1», «на 15.10.2020». */
  readonly from: string;
  readonly to: string;
  /** Differences in the data above the table. */
  readonly fields: readonly FieldDifference[];
  readonly differences: readonly ComparedRow[];
  /** True when one of the states is an edition: only the rows on paper are compared. */
  readonly ofPaper: boolean;
  /** Number of audit entries between the two states that caused none of these differences. */
  readonly notCompared: number;
}

/** Who caused a difference, when and why. */
export interface ComparedCause {
  readonly day: LocalDate;
  /** The name of the author at that time. */
  readonly name: PrintedText;
  /** The post of the author at that time; null for a program. */
  readonly post: string | null;
  readonly role: Role;
  readonly reason: string | null;
  /** The order that is the basis of the change; null for none. */
  readonly document: DocumentReference | null;
}

/** A row that differs, with the events that changed it, oldest first. */
export type ComparedRow = RowDifference & { readonly causes: readonly ComparedCause[] };

/** A field of the plan itself in both states; null where it is missing. */
export interface FieldDifference {
  /** Dotted path of the field, such as `stamps[0].date`. */
  readonly path: string;
  readonly before: PrintedText | null;
  readonly after: PrintedText | null;
  /** The events that changed it, oldest first. */
  readonly causes: readonly ComparedCause[];
}

type Print = (text: PrintedText) => string;

/** Returns two states of a plan side by side («было / стало»), with the different words marked. */
export function comparisonDocument(comparison: Comparison, print: Print): PrintedDocument {
  const { title, from, to, fields, differences } = comparison;
  const head = fields.map((field) => {
    const line = fieldLine(field, print);
    const sides = (['removed', 'added'] as const).map((side) => lineOn(side, line));
    const cells = [[''], ...sides, field.causes.map((cause) => causeText(cause, print))];
    return { kind: 'row' as const, cells };
  });
  const rows = differences.map((difference) => {
    const sides = differenceLines(difference, print);
    const cellOf = (side: Side, empty: string): PrintedCell => {
      const lines = sides.flatMap((line) => lineOn(side, line));
      return lines.length > 0 ? lines : [empty];
    };
    const number = (difference.after ?? difference.before)?.number ?? '';
    const gone = difference.changes.includes('REMOVED') ? 'Удалено' : 'Исключено';
    return {
      kind: 'row' as const,
      cells: [
        [number],
        cellOf('removed', '—'),
        cellOf('added', gone),
        difference.causes.map((cause) => causeText(cause, print)),
      ],
    };
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
          { name: `Было (${from})`, width: 37 },
          { name: `Стало (${to})`, width: 37 },
          { name: 'Когда, кем и почему', width: 20 },
        ],
        rows: head.length + rows.length > 0 ? [...head, ...rows] : [{ kind: 'section', text: NO_DIFFERENCES }],
      },
    ],
    notes: notComparedText(comparison),
    landscape: true,
  };
}

/**
 * Returns a comparison of two states of a plan as plain text: removed words in `[-…-]`, added words in `{+…+}`.
 *
 * @param turn is awaited before each field and each row, so that a long comparison can yield to other work.
 */
export async function comparisonText(comparison: Comparison, print: Print, turn: () => Promise<void>): Promise<string> {
  const { title, from, to, fields, differences } = comparison;
  const marked = ({ name, parts }: ComparedLine): string[] =>
    parts.length > 0 ? [`${name}${parts.map(markedText).join('')}`] : [];
  const changed = (cause: ComparedCause) => `Изменено: ${causeText(cause, print)}`;
  const head: string[] = [];
  for (const field of fields) {
    await turn();
    head.push(...marked(fieldLine(field, print)), ...field.causes.map(changed));
  }
  const blocks = head.length > 0 ? [head.join('\n')] : [];
  for (const difference of differences) {
    await turn();
    const lines = [...differenceLines(difference, print).flatMap(marked), ...difference.causes.map(changed)];
    blocks.push(lines.join('\n   '));
  }
  const body = blocks.length > 0 ? blocks.join('\n\n') : NO_DIFFERENCES;
  const rest = notComparedText(comparison).map((note) => `\n${note}\n`);
  return `Сравнительная таблица\n${oneLine(title)}\nБыло: ${from}. Стало: ${to}.\n\n${body}\n${rest.join('')}`;
}

/** Returns the cause of a difference as text: «16.10.2020, Орлова, Директор. Переезд. Приказ №143 от 10.10.2020 г.» */
function causeText({ day, name, post, role, reason, document }: ComparedCause, print: Print): string {
  const author = new Set([print(name), post ?? ROLE_TEXTS[role][0]]);
  const whoAndWhen = [dayText(day), ...author].filter((part) => part !== '' && part !== HIDDEN_NAME).join(', ');
  const why = [reason ?? '', document ? documentText(document) : ''].filter((part) => part !== '');
  return [whoAndWhen, ...why].map((part) => oneLine(part)).join('. ');
}

const NO_DIFFERENCES = 'Различий нет.';

/** Returns a sentence with the number of audit entries that the comparison does not show; empty if it shows all. */
function notComparedText({ ofPaper, notCompared }: Comparison): string[] {
  if (notCompared === 0) return [];
  const what = ofPaper
    ? 'Редакции сравниваются только по строкам плана. Записей в журнале за это время, которые этих различий не внесли'
    : 'Сравнение не показывает просьб о переносе и решений по ним, шагов отчётов, хода работы, уведомлений и отменённых изменений. Таких записей в журнале за это время';
  return [`${what}: ${notCompared}.`];
}

/** Returns a line for a difference in the data above the table. */
function fieldLine({ path, before, after }: FieldDifference, print: Print): ComparedLine {
  const said = (text: PrintedText | null) => (text === null ? '' : print(fieldInWords(path, text, 'ru')));
  const label = fieldLabel(path, 'ru');
  return {
    name: `${label.slice(0, 1).toUpperCase()}${label.slice(1)}: `,
    parts: wordDifferences(said(before), said(after)),
  };
}

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

function differenceLines({ before, after, changes, evidence }: RowDifference, print: Print): ComparedLine[] {
  const [old, now] = [before && fieldsOf(before, print), after && fieldsOf(after, print)];
  const fields = FIELD_NAMES.flatMap((name, index) => {
    const [was, is] = [old?.[index] ?? '', now?.[index] ?? ''];
    // The section is printed only if the row was moved to another one.
    if (name === FIELD_NAMES[0] && was === is) return [];
    return [{ name, parts: old && now ? wordDifferences(was, is) : whole(was, is) }];
  });
  const isOther = changes.includes('EVIDENCE') && evidence.before !== null && evidence.after !== null;
  const work = isOther
    ? [{ name: 'Исполнение: ', parts: whole(EVIDENCE_WORDS[evidence.before], EVIDENCE_WORDS[evidence.after]) }]
    : [];
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

const FIELD_NAMES = ['Раздел: ', '', 'Срок: ', 'Ответственные: '] as const;

function fieldsOf(row: EditionRow, print: Print): readonly string[] {
  const joined = (parts: readonly string[], by: string) => parts.filter((part) => part !== '').join(by);
  return [
    joined([row.sectionNumber, row.sectionTitle], ' '),
    joined([row.number ?? '', row.text], '. '),
    oneLine(row.timeframeText),
    print(row.responsible),
  ];
}

/** Words for the evidence of an activity. */
const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  NONE: 'не отмечено',
  COMPLETION_MARKED: 'отмечено выполнение',
  REPORTED: 'представлен отчёт',
  RETURNED: 'отчёт возвращён',
  ACCEPTED: 'отчёт принят',
};
