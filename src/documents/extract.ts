import type { LocalDate, Window } from '../domain/dates.js';
import type { ExtractRow, PlanExtract } from '../domain/extract.js';
import type { PrintedText } from '../domain/personal.js';
import type { PlanStatus } from '../domain/plan.js';

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
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>${escaped(`${name}. ${extract.title}`)}</title>
<style>
@page { size: A4; margin: 15mm }
body { font: 12pt/1.35 "PT Serif", "Times New Roman", serif; color: #000 }
h1 { font-size: 14pt; text-align: center; margin: 0 0 4mm } p { text-align: center; margin: 0 0 2mm }
table { width: 100%; border-collapse: collapse; margin-top: 4mm } thead { display: table-header-group }
th, td { border: 0.5pt solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top } tr { break-inside: avoid }
.section th { text-align: center } td:first-child { width: 8mm } td:nth-child(3) { width: 36mm } td:nth-child(4) { width: 48mm }
</style></head><body>
<h1>${escaped(name)}</h1>
${headOf(extract)
  .map((line) => `<p>${escaped(line)}</p>`)
  .join('\n')}
<table><thead><tr><th>№</th><th>Мероприятие</th><th>Срок</th><th>Ответственные</th></tr></thead><tbody>
${body.length > 0 ? body.join('\n') : '<tr><td colspan="4">В этом месяце мероприятий нет.</td></tr>'}
</tbody></table></body></html>
`;
}

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

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
