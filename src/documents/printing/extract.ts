import type { LocalDate, Window } from '../../domain/dates.js';
import type { ExtractRow, PlanExtract } from '../../domain/extract.js';
import type { PrintedText } from '../../domain/personal.js';
import type { PlanStatus } from '../../domain/plan.js';
import { oneLine } from '../reading/wording.js';
import { escaped, page } from './html.js';

const MONTHS = [
  ...['январь', 'февраль', 'март', 'апрель', 'май', 'июнь'],
  ...['июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'],
];

type Print = (text: PrintedText) => string;

/** «октябрь 2020 г.» */
export function monthName(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)} г.`;
}

/** A plan of a month as plain text, cells parted by tabs. */
export function extractText(extract: PlanExtract, print: Print): string {
  const line = (row: ExtractRow) =>
    [row.number ?? '', oneLine(row.text), daysOf(row), print(row.responsible)].join('\t');
  const undated = extract.undated.length > 0 ? ['', 'Без срока', ...extract.undated.map(line)] : [];
  return [
    `План на ${monthName(extract.month)}`,
    ...headOf(extract),
    '',
    ['№', 'Мероприятие', 'Срок', 'Ответственные'].join('\t'),
    ...extract.sections.flatMap(({ numberText, title, rows }) => [
      '',
      [numberText, title].filter((part) => part !== '').join(' '),
      ...rows.map(line),
    ]),
    ...undated,
    ...(extract.sections.length === 0 && extract.undated.length === 0 ? ['', 'В этом месяце мероприятий нет.'] : []),
    '',
  ].join('\n');
}

/** The same as a page to print on A4. */
export function extractHtml(extract: PlanExtract, print: Print): string {
  const row = (each: ExtractRow) =>
    `<tr><td>${escaped(each.number ?? '')}</td><td>${escaped(each.text)}</td><td>${escaped(daysOf(each))}</td><td>${escaped(print(each.responsible))}</td></tr>`;
  const section = (title: string, rows: readonly ExtractRow[]) =>
    `<tr class="section"><th colspan="4">${escaped(title)}</th></tr>${rows.map(row).join('')}`;
  const name = `План на ${monthName(extract.month)}`;
  const body = [
    ...extract.sections.map(({ numberText, title, rows }) => section(`${numberText} ${title}`.trim(), rows)),
    ...(extract.undated.length > 0 ? [section('Без срока', extract.undated)] : []),
  ];
  const head = headOf(extract).map((line) => `<p class="center">${escaped(line)}</p>`);
  const table = `<table><thead><tr><th>№</th><th>Мероприятие</th><th>Срок</th><th>Ответственные</th></tr></thead><tbody>
${body.length > 0 ? body.join('\n') : '<tr><td colspan="4">В этом месяце мероприятий нет.</td></tr>'}
</tbody></table>`;
  return page(`${name}. ${extract.title}`, [`<h1>${escaped(name)}</h1>`, ...head, table].join('\n'), {
    styles: COLUMNS,
  });
}

const COLUMNS = 'td:first-child { width: 8mm } td:nth-child(3) { width: 36mm } td:nth-child(4) { width: 48mm }';

function headOf({ title, institution, ownerUnit, edition, status }: PlanExtract): string[] {
  const owner = institution === null || institution === ownerUnit ? ownerUnit : `${ownerUnit}, ${institution}`;
  return [title, owner, [edition > 0 ? `Редакция ${edition}` : 'Проект', ...endOf(status)].join('. ')];
}

/** A paper of a plan that holds no more must say so. */
function endOf(status: PlanStatus): string[] {
  switch (status) {
    case 'CANCELLED':
      return ['План отменён'];
    case 'WITHDRAWN':
      return ['План отозван'];
    case 'CLOSED':
      return ['План закрыт'];
    default:
      return [];
  }
}

/** The days of the month first, then the wording, which may say more. */
function daysOf({ windows, timeframeText }: ExtractRow): string {
  const days = windows.map(windowText).join(', ');
  return days === '' ? timeframeText : `${days} (${oneLine(timeframeText)})`;
}

function windowText({ start, end }: Window): string {
  return start === end ? dayText(start) : `${dayText(start)}–${dayText(end)}`;
}

/** «15.10» */
function dayText(day: LocalDate): string {
  return `${day.slice(8)}.${day.slice(5, 7)}`;
}
