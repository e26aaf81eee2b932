import type { PlacedStamp } from '../../domain/approval.js';
import { dayText, type LocalDate } from '../../domain/dates.js';
import { ownValue } from '../../domain/objects.js';
import type { PaperRow, PlanPaper } from '../../domain/paper.js';
import { type PrintedText, printOf } from '../../domain/personal.js';
import { readResponsible } from '../../domain/wording/responsible.js';
import { documentText } from './dates.js';
import { cellLines, type PrintedCell, type PrintedColumn, type PrintedDocument, type PrintedLine } from './printed.js';
import { statusWords } from './status.js';

/** Options of {@link planDocument}. */
export interface PlanPrinting {
  readonly print: (text: PrintedText) => string;
  /** True to print the column «Отметка о выполнении». */
  readonly execution: boolean;
  readonly planId: string;
}

/** Returns a plan as a document to sign: stamps, title, table and amendments. */
export function planDocument(paper: PlanPaper, { print, execution, planId }: PlanPrinting): PrintedDocument {
  const columns = planColumns(paper, execution);
  const rows = paper.sections.flatMap(({ numberText, title, rows: own }) => {
    const heading = [numberText, title].filter((part) => part !== '').join(' ');
    const section = heading === '' ? [] : [{ kind: 'section' as const, text: heading }];
    const printed = own.map((row) => ({
      kind: 'row' as const,
      id: row.activityId,
      cells: cellsOf(row, paper, print, execution),
    }));
    return [...section, ...printed];
  });
  return {
    title: paper.title,
    stamps: stampsInOrder(paper.stamps).map((stamp) => stampLines(stamp, print)),
    heading: [paper.title],
    remarks: editionLines(paper),
    tables: [{ caption: '', columns, rows }],
    notes: paper.amendments.map(({ number, amendedOn, reason, document }) =>
      [`Изменения № ${number} от ${dayText(amendedOn)}`, ...(document ? [documentText(document)] : []), reason].join(
        ', ',
      ),
    ),
    landscape: columns.length > 4,
    planId,
  };
}

/** «Редакция 2. План закрыт» */
export function editionLines({ edition, status }: Pick<PlanPaper, 'edition' | 'status'>): string[] {
  return [[edition > 0 ? `Редакция ${edition}` : 'Проект', ...statusWords(status)].join('. ')];
}

function planColumns({ extras }: PlanPaper, execution: boolean): PrintedColumn[] {
  const more = [...extras, ...(execution ? ['Отметка о выполнении'] : [])];
  const share = more.length === 0 ? 0 : Math.min(18, 45 / more.length);
  const rest = 94 - share * more.length;
  return [
    { name: '№', width: 6 },
    { name: 'Мероприятие', width: rest * 0.46 },
    { name: 'Срок исполнения', width: rest * 0.19 },
    { name: 'Ответственные', width: rest * 0.35 },
    ...more.map((name) => ({ name, width: share })),
  ];
}

function cellsOf(
  row: PaperRow,
  { extras }: PlanPaper,
  print: PlanPrinting['print'],
  execution: boolean,
): PrintedCell[] {
  const { number, amendedBy, excluded } = row;
  const amended = amendedBy.length > 0 ? [[{ text: `(изм. ${amendedBy.join(', ')})`, mark: 'note' as const }]] : [];
  const numbered: PrintedLine[] = [numberText(number), ...amended];
  const more = extras.length + (execution ? 1 : 0);
  if (excluded) return [numbered, ['Исключено'], [], [], ...Array.from({ length: more }, () => [])];
  return [
    numbered,
    wordingLines(row),
    cellLines(row.timeframeText),
    responsibleLines(row, print),
    ...extras.map((name) => cellLines(ownValue(row.extras, name) ?? '')),
    ...(execution ? [executionLines(row)] : []),
  ];
}

function numberText(number: string | null): string {
  return number === null ? '' : /\d$/.test(number) ? `${number}.` : number;
}

/** Returns the wording as printed, each sub-item on a separate line with its mark. */
function wordingLines({ title, text, subItems }: PaperRow): string[] {
  const starts: number[] = [];
  // Search behind the title, because an item may repeat words of the title.
  let from = text.startsWith(title) ? title.length : 0;
  for (const item of subItems) {
    const at = text.indexOf(item, from);
    if (at < 0) return [text];
    const mark = /(?:[-–—•]|\d{1,2}[.)]|[а-яё]\))\s*$/u.exec(text.slice(from, at));
    starts.push(mark ? from + mark.index : at);
    from = at + item.length;
  }
  return [0, ...starts].map((start, index) => text.slice(start, starts[index]).trim()).filter((line) => line !== '');
}

/** Returns the printed text if it names exactly these parties; otherwise one line for each party. */
function responsibleLines({ responsible, parties }: PaperRow, print: PlanPrinting['print']): PrintedCell {
  const text = print(responsible);
  const names = parties.map(({ name }) => print(name));
  const again = readResponsible(text).parties.map(({ name }) => printOf(name));
  if (again.length === names.length && again.every((name, index) => name === names[index])) return cellLines(text);
  return parties.map(({ name, agreement, joint }, index) => {
    const marked = `${joint ? 'совместно с ' : ''}${print(name)}${agreement ? ' (по согласованию)' : ''}`;
    return index === parties.length - 1 ? marked : `${marked},`;
  });
}

/** «Выполнено 15.01.2021», «Выполнено 3 из 9 …», «Срок истёк …» */
function executionLines({ execution }: Pick<PaperRow, 'execution'>): string[] {
  const { done, of, lastDoneOn, overdue, left } = execution;
  const lines: string[] = [];
  if (done > 0) {
    const last = lastDoneOn === null ? '' : of > 1 ? `, последнее ${dayText(lastDoneOn)}` : ` ${dayText(lastDoneOn)}`;
    lines.push(of > 1 ? `Выполнено ${done} из ${of}${last}` : `Выполнено${last}`);
  }
  const [first] = overdue;
  if (first !== undefined) {
    const more = overdue.length > 1 ? ` (сроков: ${overdue.length})` : '';
    lines.push(`Не выполнено, срок истёк ${dayText(first)}${more}`);
  }
  for (const { outcome, explanation } of left) {
    lines.push(`${outcome === 'NOT_DONE' ? 'Не выполнено' : 'Перенесено на следующий период'}: ${explanation}`);
  }
  return lines;
}

/** Returns the stamps with the approving one last, at the right. */
function stampsInOrder(stamps: readonly PlacedStamp[]): PlacedStamp[] {
  return [...stamps.filter(({ kind }) => kind !== 'approve'), ...stamps.filter(({ kind }) => kind === 'approve')];
}

function stampLines(
  { marker, post, organisation, person, date, document }: PlacedStamp,
  print: PlanPrinting['print'],
): string[] {
  const posts = organisation !== null && !post.includes(organisation) ? [post, organisation] : [post];
  return [
    marker,
    ...posts.filter((line) => line !== ''),
    ...(document ? [documentText(document)] : []),
    person === null ? '' : `____________ ${print(person)}`,
    date === null ? '«___» ____________ 20__ г.' : stampDate(date),
  ].filter((line) => line !== '');
}

const GENITIVES = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');

/** «21» сентября 2020 г. */
function stampDate(day: LocalDate): string {
  return `«${day.slice(8)}» ${GENITIVES[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)} г.`;
}
