import { dayText, localTime } from '../../domain/dates.js';
import type { Bilingual } from '../../domain/language.js';
import { documentText } from './dates.js';
import { escaped, page } from './html.js';
import {
  type LineChange,
  type LineText,
  NAME_STATES,
  type NameIndex,
  type NameState,
  type ProofLine,
  type ProofName,
} from './proofLines.js';
import { NAME_MARKS, NAME_REASONS, PROOF_EXPLANATION } from './proofTexts.js';
import { ROLE_TEXTS } from './roles.js';

/** An event on the page of a proof. */
export interface ProofRow {
  readonly line: ProofLine;
  /** Index of the event in the log, from 0. */
  readonly index: number;
  /** Leaf hash of the event, in base64. */
  readonly leaf: string;
}

/** Values on the page of a proof. */
export interface ProofPage {
  readonly title: string;
  /** Time zone of the plan, in which times are printed. */
  readonly timeZone: string;
  readonly rows: readonly ProofRow[];
  readonly names: readonly ProofName[];
  readonly checkpoint: string;
  /** The public key of the log. */
  readonly key: string;
}

/**
 * Returns the page of a proof: the history as sentences, and how to verify it without trusting the server. The page
 * contains all texts in Russian and English and shows one language: English if the address ends with `#en`. So one
 * signed page without a script serves both languages.
 *
 * @param element the HTML element with the proof for programs.
 */
export function proofPage({ title, timeZone, rows, names, checkpoint, key }: ProofPage, element: string): string {
  const persons = [...new Set(names.map(({ subject }) => subject))];
  const nameHtml = ({ name }: NameIndex) => shownName(names[name], persons);
  const body = [
    '<main id="en">',
    '<p id="ru" class="languages"><a href="#ru" hreflang="ru">Русский</a> <a href="#en" hreflang="en">English</a></p>',
    `<h1>${both({ ru: 'Доказательство истории плана', en: 'Proof of the history of a plan' })}<br>${escaped(title)}</h1>`,
    paragraph({
      ru: `История плана от первого события до контрольной точки ниже, событий: ${rows.length}. Время — по часовому поясу плана (${timeZone}).`,
      en: `The history of the plan from its first event to the checkpoint below: ${rows.length} events. Times are in the time zone of the plan (${timeZone}).`,
    }),
    `<table class="history"><thead><tr>${HEADS.map((head) => `<th>${both(head)}</th>`).join('')}</tr></thead><tbody>`,
    ...rows.map((row, at) => proofRowHtml(row, at + 1, nameHtml, timeZone)),
    '</tbody></table>',
    heading({ ru: 'Имена', en: 'Names' }),
    ...NAME_STATES.flatMap((state) => reasonHtml(state, names, persons)),
    heading({ ru: 'Как проверить', en: 'How to verify' }),
    ...PROOF_EXPLANATION.map(paragraph),
    heading({ ru: 'Контрольная точка', en: 'Checkpoint' }),
    `<pre>${escaped(checkpoint)}</pre>`,
    heading({ ru: 'Открытый ключ журнала', en: 'Public key of the log' }),
    `<pre>${escaped(key)}</pre>`,
    '</main>',
    element,
  ];
  return page(`Доказательство: ${title}`, body.join('\n'), { landscape: true, styles: PROOF });
}

const HEADS: readonly Bilingual[] = [
  { ru: '№', en: '№' },
  { ru: 'Когда', en: 'When' },
  { ru: 'Кто', en: 'Who' },
  { ru: 'Что сделано', en: 'What was done' },
];

/** Returns a name as HTML. */
type NameHtml = (name: NameIndex) => string;

function proofRowHtml({ line, index, leaf }: ProofRow, number: number, nameHtml: NameHtml, timeZone: string): string {
  const { recordedAt, effectiveOn, sentence, changes } = line;
  const when = [
    escaped(printedMoment(recordedAt, timeZone)),
    ...(effectiveOn === null
      ? []
      : [both({ ru: 'действует с ', en: 'in force from ' }) + escaped(dayText(effectiveOn))]),
  ];
  const what = [
    `<b>${both(sentence)}</b>`,
    ...causeLines(line),
    ...changes.map((change) => changeHtml(change, nameHtml)),
  ];
  const place = both({ ru: `в журнале № ${index + 1}`, en: `no. ${index + 1} in the log` });
  const cells = [
    `<td>${number}<br><span class="note">${place}</span><br><span class="hash">${escaped(leaf)}</span></td>`,
    `<td>${when.join('<br>')}</td>`,
    `<td>${whoLines(line, nameHtml).join('<br>')}</td>`,
    `<td>${what.map((each) => `<div>${each}</div>`).join('')}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function whoLines({ actor, onBehalfOf, client }: ProofLine, nameHtml: NameHtml): string[] {
  const { role, post, organisation, name } = actor;
  const [ru, en] = ROLE_TEXTS[role];
  const program = both({ ru: 'ключ или программа: ', en: 'key or program: ' }) + nameHtml(client);
  return [
    both({ ru, en }),
    ...(post === null ? [] : [escaped(post)]),
    ...(organisation === null ? [] : [escaped(organisation)]),
    nameHtml(name),
    ...(onBehalfOf === null ? [] : [both({ ru: 'за: ', en: 'on behalf of: ' }) + escaped(onBehalfOf)]),
    ...(client.name === name.name ? [] : [program]),
  ];
}

function causeLines({ reason, basis }: ProofLine): string[] {
  const document =
    basis?.kind === 'document'
      ? escaped(
          [documentText(basis.document), ...(basis.document.issuer === null ? [] : [basis.document.issuer])].join(', '),
        )
      : both({ ru: 'без документа', en: 'without a document' });
  return [
    ...(reason === null ? [] : [both({ ru: 'причина: ', en: 'reason: ' }) + escaped(reason)]),
    ...(basis === null ? [] : [both({ ru: 'основание: ', en: 'basis: ' }) + document]),
  ];
}

function changeHtml({ path, label, before, after }: LineChange, nameHtml: NameHtml): string {
  const valueHtml = (value: LineText | Bilingual) =>
    'ru' in value
      ? both(value)
      : value.map((part) => (typeof part === 'string' ? escaped(part) : nameHtml(part))).join('');
  const marked = (value: LineText | Bilingual | null, tag: string) =>
    value === null ? '—' : `<${tag}>${valueHtml(value)}</${tag}>`;
  return `<span title="${escaped(path)}">${both(label)}</span>: ${marked(before, 'del')} → ${marked(after, 'ins')}`;
}

/** Returns a name, or its number in the list of names with the reason why it is not shown, as HTML. */
function shownName(named: ProofName | undefined, persons: readonly string[]): string {
  if (!named) return '—';
  const { subject, state, name } = named;
  const { ru, en } = NAME_MARKS[state];
  const number = persons.indexOf(subject) + 1;
  return name === null ? both({ ru: `[имя ${number}: ${ru}]`, en: `[name ${number}: ${en}]` }) : escaped(name);
}

/** Returns the numbers of the names in one state, with the reason for it; empty if there are none. */
function reasonHtml(state: NameState, names: readonly ProofName[], persons: readonly string[]): string[] {
  const own = names.filter((name) => name.state === state);
  const shown = own.map(({ subject, name }) => `${persons.indexOf(subject) + 1}${name === null ? '' : ` «${name}»`}`);
  const { ru, en } = NAME_REASONS[state];
  const list = [...new Set(shown)].join(', ');
  return own.length === 0 ? [] : [paragraph({ ru: `${list}: ${ru}.`, en: `${list}: ${en}.` })];
}

/** Returns a text in two languages as HTML. The page shows one of them. */
function both({ ru, en }: Bilingual): string {
  return ru === en ? escaped(ru) : `<span lang="ru">${escaped(ru)}</span><span lang="en">${escaped(en)}</span>`;
}

function paragraph(text: Bilingual): string {
  return `<p>${both(text)}</p>`;
}

function heading(text: Bilingual): string {
  return `<h2>${both(text)}</h2>`;
}

/** `2026-11-25T18:19:16.818Z` in Moscow as 25.11.2026 21:19:16. */
function printedMoment(at: string, timeZone: string): string {
  const { day, time } = localTime(at, timeZone);
  return `${dayText(day)} ${time}`;
}

const PROOF = `#en:target [lang="ru"], #en:not(:target) [lang="en"] { display: none }
@media print { .languages { display: none } }
h2 { font-size: 12pt; margin: 6mm 0 2mm } pre { font-size: 9pt; white-space: pre-wrap; overflow-wrap: anywhere }
.history { font-size: 10pt; table-layout: fixed; overflow-wrap: anywhere } .history th:nth-child(1) { width: 16% }
.history th:nth-child(2) { width: 13% } .history th:nth-child(3) { width: 21% } .hash { font: 8pt monospace }
@media screen and (max-width: 40em) {
  .history thead { display: none } .history, .history tbody, .history tr, .history td { display: block; border: 0; padding: 0.5mm 0 }
  .history tr { border-top: 0.5pt solid #000; padding: 2mm 0 }
}`;
