import { readingText } from '../../domain/scheduleText.js';
import { escaped, page } from './html.js';
import { noticedText } from './noticed.js';
import { headLines, type previewOf } from './preview.js';

type Preview = ReturnType<typeof previewOf>;
type PreviewRow = Preview['sections'][number]['activities'][number];

const CONFIDENCE = { certain: '', assumed: 'предположение', unknown: '' } as const;

const PREVIEW_STYLES = `.assumed { background: #fff3cd } .unknown { background: #f8d7da } small { color: #444 }
ul { margin: 1mm 0 0; padding-left: 5mm } .noted { border: 0.5pt solid #999; padding: 3mm; margin: 4mm 0 }`;

/** Returns a page that shows what an import would create. Rows that a person should check are highlighted. */
export function previewPage(preview: Preview): string {
  const { title, sections, columns } = preview;
  const { period, approvals } = headLines(preview, 'ru');
  const rows = sections.flatMap(({ activities }) => activities);
  const asked = rows.filter(asksForLook).length;
  const times = rows.filter(({ timeframe }) => timeframe.confidence !== 'certain').length;
  const head = [
    `<h1>${escaped(title)}</h1>`,
    `<p class="center">${escaped(period)}</p>`,
    ...approvals.map((approval) => `<p>${escaped(approval)}</p>`),
    `<p>Мероприятий: ${rows.length}. Посмотрите: ${asked}. Сроков под вопросом: ${times}. Графы: ${escaped(columns.join(' | '))}.</p>`,
    noted(preview),
  ];
  const table = `<table><thead><tr><th>№</th><th>Мероприятие</th><th>Срок</th><th>Как понят срок</th><th>Ответственные</th></tr></thead><tbody>
${sections.map(sectionHtml).join('\n')}
</tbody></table>`;
  return page(`Загрузка: ${title}`, [...head, table].join('\n'), { landscape: true, styles: PREVIEW_STYLES });
}

function noted({ documentIrregularities }: Preview): string {
  if (documentIrregularities.length === 0) return '';
  const items = documentIrregularities.map((noticed) => `<li>${escaped(noticedText(noticed))}</li>`);
  return `<div class="noted">О документе:<ul>${items.join('')}</ul></div>`;
}

function sectionHtml({ numberText, title, activities }: Preview['sections'][number]): string {
  const name = [numberText, title].filter((part) => part !== null).join(' ');
  const head = name === '' ? '' : `<tr class="section"><th colspan="5">${escaped(name)}</th></tr>`;
  return head + activities.map(rowHtml).join('\n');
}

function rowHtml(row: PreviewRow): string {
  const { timeframe } = row;
  const others = timeframe.alternatives.map((other) => `<br><small>или: ${escaped(readingText(other))}</small>`);
  const items =
    row.subItems.length === 0 ? '' : `<ul>${row.subItems.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
  const remarks = row.irregularities.map((noticed) => `<br><small>${escaped(noticedText(noticed))}</small>`);
  const extras = Object.entries(row.extras ?? {}).map(
    ([name, text]) => `<br><small>${escaped(`${name}: ${text}`)}</small>`,
  );
  const read = [CONFIDENCE[timeframe.confidence], readingText(timeframe)].filter((part) => part !== '').join(': ');
  return `<tr><td>${escaped(row.number ?? '—')}</td><td>${escaped(row.title)}${items}${[...extras, ...remarks].join('')}</td><td>${escaped(row.timeframeText)}</td><td class="${timeframe.confidence}">${escaped(read)}${others.join('')}</td><td>${escaped(row.responsible.join('; '))}</td></tr>`;
}

function asksForLook({ uncertain, timeframe }: PreviewRow): boolean {
  return uncertain.length > 0 || timeframe.confidence !== 'certain';
}
