import { readableText } from '../../engine/readable.js';
import { PLAN_META } from './planMark.js';
import { type PrintedCell, type PrintedDocument, type PrintedRun, type PrintedTable, runsOf } from './printed.js';

/** Returns a text escaped for HTML. */
export function escaped(text: string): string {
  return readableText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Styles of all printed pages. */
const PAPER = `body { font: 12pt/1.35 "PT Serif", "Liberation Serif", "Times New Roman", serif; color: #000 }
h1 { font-size: 14pt; text-align: center; margin: 0 0 4mm } p { margin: 0 0 2mm }
table { width: 100%; border-collapse: collapse; margin-top: 4mm } thead { display: table-header-group }
th, td { border: 0.5pt solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top } tr { break-inside: avoid }
.section th { text-align: center } .center { text-align: center }
.stamps { margin: 0 0 6mm } .stamps td { border: 0; width: 50%; padding: 0 4mm 2mm 0 }
del { color: #555 } ins { font-weight: bold; text-decoration: none } .note { font-size: 9pt; color: #333 }`;

/** A page to print on A4. */
export function page(
  title: string,
  body: string,
  options: { readonly landscape?: boolean; readonly styles?: string; readonly planId?: string | undefined } = {},
): string {
  const { landscape = false, styles = '', planId } = options;
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8">${planId === undefined ? '' : `<meta name="${PLAN_META}" content="${escaped(planId)}">`}<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>
@page { size: A4${landscape ? ' landscape' : ''}; margin: 15mm }
${PAPER}${styles === '' ? '' : `\n${styles}`}
</style></head><body>
${body}
</body></html>
`;
}

/** Returns a document as an HTML page to print on A4. */
export function printedHtml(document: PrintedDocument): string {
  const { title, stamps, heading, remarks, tables, notes, landscape, planId } = document;
  const paragraphs = (lines: readonly string[], styled = '') => lines.map((line) => `<p${styled}>${escaped(line)}</p>`);
  const body = [
    ...(stamps.length > 0 ? [stampsHtml(stamps)] : []),
    ...heading.map((line) => `<h1>${escaped(line)}</h1>`),
    ...paragraphs(remarks, ' class="center"'),
    ...tables.map(tableHtml),
    ...(notes.length > 0 ? ['<br>'] : []),
    ...paragraphs(notes),
  ];
  return page(title, body.join('\n'), { landscape, planId });
}

/** Returns the stamps as HTML, in pairs; a single one is at the right. */
function stampsHtml(stamps: readonly (readonly string[])[]): string {
  const cell = (lines: readonly string[] | undefined) => `<td>${(lines ?? []).map(escaped).join('<br>')}</td>`;
  return `<table class="stamps">${stampRows(stamps)
    .map((pair) => `<tr>${pair.map(cell).join('')}</tr>`)
    .join('')}</table>`;
}

/** Returns stamps in rows of two. The last stamp is at the right. */
export function stampRows<T>(stamps: readonly T[]): readonly (readonly [T | undefined, T | undefined])[] {
  const padded = stamps.length % 2 === 1 ? [undefined, ...stamps] : stamps;
  return padded.flatMap((stamp, index) => (index % 2 === 0 ? [[stamp, padded[index + 1]] as const] : []));
}

function tableHtml({ caption, columns, rows }: PrintedTable): string {
  const widths = columns.map(({ width }) => `<col style="width: ${width.toFixed(1)}%">`).join('');
  const head = columns.map(({ name }) => `<th>${escaped(name)}</th>`).join('');
  const body = rows.map((row) =>
    row.kind === 'section'
      ? `<tr class="section"><th colspan="${columns.length}">${escaped(row.text)}</th></tr>`
      : `<tr${row.id === undefined ? '' : ` id="${escaped(row.id)}"`}>${row.cells.map((cell) => `<td>${cellHtml(cell)}</td>`).join('')}</tr>`,
  );
  const titled = caption === '' ? '' : `<p class="center"><b>${escaped(caption)}</b></p>`;
  return `${titled}<table><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`;
}

function cellHtml(cell: PrintedCell): string {
  return cell.map((line) => runsOf(line).map(runHtml).join('')).join('<br>');
}

function runHtml({ text, mark }: PrintedRun): string {
  if (mark === undefined) return escaped(text);
  switch (mark) {
    case 'removed':
      return `<del>${escaped(text)}</del>`;
    case 'added':
      return `<ins>${escaped(text)}</ins>`;
    case 'note':
      return `<span class="note">${escaped(text)}</span>`;
  }
}
