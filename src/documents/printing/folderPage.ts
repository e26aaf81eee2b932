import { dayText, type Instant, localTime } from '../../domain/dates.js';
import { asksForReview } from '../../domain/irregularities.js';
import { readingText } from '../../domain/scheduleText.js';
import { daysFromTo } from './dates.js';
import { escaped, page } from './html.js';
import { noticedText } from './noticed.js';
import { isAsked, type previewOf, type RowPreview } from './preview.js';

type FilePreview = ReturnType<typeof previewOf>;

/** The result for one file of a folder. */
export interface FolderEntry {
  /** Path of the file within the folder. */
  readonly file: string;
  /** The plan that was read; null when the file could not be read. */
  readonly preview: FilePreview | null;
  readonly outcome:
    | { readonly kind: 'drafted' | 'present'; readonly planId: string; readonly organisation: string }
    /** The file can be imported. */
    | { readonly kind: 'ready'; readonly organisation: string }
    | { readonly kind: 'refused'; readonly message: string };
}

/** Maximum number of questions about one file that are printed. The draft shows all. */
const MAX_QUESTIONS_SHOWN = 100;

const FOLDER_STYLES = `.whole { background: #d9ead3 } .asked { background: #fff3cd } .refused { background: #f8d7da }
ul { margin: 1mm 0 0; padding-left: 5mm } small { color: #444 } td { overflow-wrap: anywhere }
h2 { font-size: 12pt; margin: 6mm 0 1mm } .counts td { border: 0; padding: 0 8mm 0 0 } .counts b { font-size: 16pt }`;

const FOLDER_OUTCOMES = {
  drafted: 'Создан проект плана',
  present: 'Загружен раньше',
  ready: 'Будет загружен',
  refused: 'Отказано',
} as const;

/** Columns of the table, with their widths in percent. */
const FOLDER_COLUMNS = [
  ['Файл', 18],
  ['Организация', 16],
  ['План', 28],
  ['Строк', 5],
  ['Вопросов', 8],
  ['Итог', 25],
] as const;

/**
 * Returns the report on the import of a folder: a row for each file, then the questions of each.
 *
 * @param at when the import was made; printed as the time of `timeZone`.
 */
export function folderPage(folder: string, entries: readonly FolderEntry[], at: Instant, timeZone: string): string {
  const { day, time } = localTime(at, timeZone);
  const count = (kind: ReturnType<typeof howRead>) => entries.filter((entry) => howRead(entry) === kind).length;
  const counts = [
    [count('whole'), 'прочитано полностью'],
    [count('asked'), 'прочитано, есть вопросы'],
    [count('refused'), 'отказано'],
  ] as const;
  const head = `<h1>Загрузка папки «${escaped(folder)}»</h1><p class="center">${dayText(day)}, ${time.slice(0, 5)} (${escaped(timeZone)}). Файлов: ${entries.length}</p>
<table class="counts"><tr>${counts.map(([number, name]) => `<td><b>${number}</b> ${name}</td>`).join('')}</tr></table>`;
  const columns = FOLDER_COLUMNS.map(([, width]) => `<col style="width: ${width}%">`).join('');
  const names = FOLDER_COLUMNS.map(([name]) => `<th>${name}</th>`).join('');
  const table = `<table><colgroup>${columns}</colgroup><thead><tr>${names}</tr></thead><tbody>
${entries.map(entryHtml).join('\n')}
</tbody></table>`;
  const questions = entries.map(questionsHtml).filter((html) => html !== '');
  return page(`Загрузка папки ${folder}`, [head, table, ...questions].join('\n'), {
    landscape: true,
    styles: FOLDER_STYLES,
  });
}

function howRead(entry: FolderEntry): 'whole' | 'asked' | 'refused' {
  if (entry.outcome.kind === 'refused') return 'refused';
  return questionsOf(entry.preview).length > 0 ? 'asked' : 'whole';
}

function entryHtml(entry: FolderEntry): string {
  const { file, preview, outcome } = entry;
  const organisation = outcome.kind === 'refused' ? '' : outcome.organisation;
  const period = preview?.period ? `<br><small>${daysFromTo(preview.period)}</small>` : '';
  const detail = 'planId' in outcome ? outcome.planId : 'message' in outcome ? outcome.message : '';
  const cells = [
    escaped(file),
    escaped(organisation),
    `${escaped(preview?.title ?? '')}${period}`,
    String(preview ? previewRows(preview).length : ''),
    String(preview ? questionsOf(preview).length : ''),
    `${FOLDER_OUTCOMES[outcome.kind]}${detail === '' ? '' : `<br><small>${escaped(detail)}</small>`}`,
  ];
  return `<tr class="${howRead(entry)}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function questionsHtml({ file, preview }: FolderEntry): string {
  const questions = questionsOf(preview);
  if (questions.length === 0) return '';
  const shown = questions.slice(0, MAX_QUESTIONS_SHOWN).map((text) => `<li>${escaped(text)}</li>`);
  const more =
    questions.length > MAX_QUESTIONS_SHOWN ? `<li>… ещё: ${questions.length - MAX_QUESTIONS_SHOWN}</li>` : '';
  return `<h2>${escaped(file)}: вопросов ${questions.length}</h2><ul>${shown.join('')}${more}</ul>`;
}

function questionsOf(preview: FilePreview | null): string[] {
  if (!preview) return [];
  const asked = preview.documentIrregularities.filter(asksForReview).map((noticed) => noticedText(noticed));
  return [...asked, ...previewRows(preview).filter(isAsked).map(rowQuestion)];
}

function previewRows({ sections }: FilePreview): RowPreview[] {
  return sections.flatMap(({ activities }) => activities);
}

/** «3. Педсовет: срок «по плану» не понят; …» */
function rowQuestion({ number, title, timeframeText, timeframe, irregularities }: RowPreview): string {
  const time =
    timeframe.confidence === 'certain'
      ? []
      : [
          `срок «${timeframeText}»: ${readingText(timeframe)}${timeframe.confidence === 'assumed' ? ' (предположение)' : ''}`,
        ];
  const noticed = irregularities.filter(asksForReview).map((noticed) => noticedText(noticed));
  return `${number === null ? '' : `${number}. `}${title}: ${[...time, ...noticed].join('; ')}`;
}
