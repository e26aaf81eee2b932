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
 * Returns the page of a proof: the history in words, and how to verify it without trusting the server.
 *
 * @param element the HTML element with the proof for programs.
 */
export function proofPage({ title, timeZone, rows, names, checkpoint, key }: ProofPage, element: string): string {
  const persons = [...new Set(names.map(({ subject }) => subject))];
  const nameText = ({ name }: NameIndex) => shownName(names[name], persons);
  const body = [
    '<main>',
    `<h1>Доказательство истории плана<br>${escaped(title)}</h1>`,
    both({
      ru: `История плана от первого события до контрольной точки ниже, событий: ${rows.length}. Время — по часовому поясу плана (${timeZone}).`,
      en: `The history of the plan from its first event to the checkpoint below: ${rows.length} events. Times are in the time zone of the plan (${timeZone}).`,
    }),
    `<table class="history"><thead><tr>${HEADS.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>`,
    ...rows.map((row, at) => proofRowHtml(row, at + 1, nameText, timeZone)),
    '</tbody></table>',
    heading({ ru: 'Имена', en: 'Names' }),
    ...NAME_STATES.flatMap((state) => reasonHtml(state, names, persons)),
    heading({ ru: 'Как проверить', en: 'How to verify' }),
    ...PROOF_EXPLANATION.map(both),
    heading({ ru: 'Контрольная точка', en: 'Checkpoint' }),
    `<pre>${escaped(checkpoint)}</pre>`,
    heading({ ru: 'Открытый ключ журнала', en: 'Public key of the log' }),
    `<pre>${escaped(key)}</pre>`,
    '</main>',
    element,
  ];
  return page(`Доказательство: ${title}`, body.join('\n'), { landscape: true, styles: PROOF });
}

const HEADS = ['№', 'Когда / when', 'Кто / who', 'Что сделано / what was done'];

type NameText = (name: NameIndex) => string;

function proofRowHtml({ line, index, leaf }: ProofRow, number: number, nameText: NameText, timeZone: string): string {
  const { recordedAt, effectiveOn, sentence, changes } = line;
  const when = [
    escaped(printedMoment(recordedAt, timeZone)),
    ...(effectiveOn === null ? [] : [`действует с / in force from ${escaped(dayText(effectiveOn))}`]),
  ];
  const what = [
    `<b>${escaped(sentence.ru)}</b>`,
    english(sentence.en),
    ...causeLines(line).map(escaped),
    ...changes.map((change) => changeHtml(change, nameText)),
  ];
  const hash = `<span class="hash">${escaped(leaf)}</span>`;
  const cells = [
    `<td>${number}<br><span class="note">в журнале / in the log ${index + 1}</span><br>${hash}</td>`,
    `<td>${when.join('<br>')}</td>`,
    `<td>${whoLines(line, nameText).map(escaped).join('<br>')}</td>`,
    `<td>${what.map((each) => `<div>${each}</div>`).join('')}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function whoLines({ actor, onBehalfOf, client }: ProofLine, nameText: NameText): string[] {
  const { role, post, organisation, name } = actor;
  return [
    ROLE_TEXTS[role].join(' / '),
    ...(post === null ? [] : [post]),
    ...(organisation === null ? [] : [organisation]),
    nameText(name),
    ...(onBehalfOf === null ? [] : [`за / on behalf of: ${onBehalfOf}`]),
    ...(client.name === name.name ? [] : [`ключ или программа / key or program: ${nameText(client)}`]),
  ];
}

function causeLines({ reason, basis }: ProofLine): string[] {
  const document =
    basis?.kind === 'document'
      ? [documentText(basis.document), ...(basis.document.issuer === null ? [] : [basis.document.issuer])].join(', ')
      : 'без документа / without a document';
  return [
    ...(reason === null ? [] : [`причина / reason: ${reason}`]),
    ...(basis === null ? [] : [`основание / basis: ${document}`]),
  ];
}

function changeHtml({ path, label, before, after }: LineChange, nameText: NameText): string {
  const valueText = (value: LineText | Bilingual) =>
    'ru' in value
      ? `${value.ru} / ${value.en}`
      : value.map((part) => (typeof part === 'string' ? part : nameText(part))).join('');
  const marked = (value: LineText | Bilingual | null, tag: string) =>
    value === null ? '—' : `<${tag}>${escaped(valueText(value))}</${tag}>`;
  const labels = label.ru === label.en ? label.ru : `${label.ru} / ${label.en}`;
  return `<span title="${escaped(path)}">${escaped(labels)}</span>: ${marked(before, 'del')} → ${marked(after, 'ins')}`;
}

/** Returns a name, or its number in the list of names with the reason why it is not shown. */
function shownName(named: ProofName | undefined, persons: readonly string[]): string {
  if (!named) return '—';
  const { subject, state, name } = named;
  return name ?? `[имя / name ${persons.indexOf(subject) + 1}: ${NAME_MARKS[state]}]`;
}

/** Returns the names in one state, by their numbers, with the reason; nothing when there are none. */
function reasonHtml(state: NameState, names: readonly ProofName[], persons: readonly string[]): string[] {
  const own = names.filter((name) => name.state === state);
  const shown = own.map(({ subject, name }) => `${persons.indexOf(subject) + 1}${name === null ? '' : ` «${name}»`}`);
  const { ru, en } = NAME_REASONS[state];
  return own.length === 0 ? [] : [both({ ru: `${[...new Set(shown)].join(', ')}: ${ru}.`, en: `${en}.` })];
}

function both({ ru, en }: Bilingual): string {
  return `<p>${escaped(ru)}<br>${english(en)}</p>`;
}

function heading({ ru, en }: Bilingual): string {
  return `<h2>${escaped(ru)} / <span lang="en">${escaped(en)}</span></h2>`;
}

function english(text: string): string {
  return `<span lang="en" class="note">${escaped(text)}</span>`;
}

/** `2026-11-25T18:19:16.818Z` in Moscow as 25.11.2026 21:19:16. */
function printedMoment(at: string, timeZone: string): string {
  const { day, time } = localTime(at, timeZone);
  return `${dayText(day)} ${time}`;
}

const PROOF = `h2 { font-size: 12pt; margin: 6mm 0 2mm } pre { font-size: 9pt; white-space: pre-wrap; overflow-wrap: anywhere }
.history { font-size: 10pt; table-layout: fixed; overflow-wrap: anywhere } .history th:nth-child(1) { width: 16% }
.history th:nth-child(2) { width: 13% } .history th:nth-child(3) { width: 21% } .hash { font: 8pt monospace }
@media screen and (max-width: 40em) {
  .history thead { display: none } .history, .history tbody, .history tr, .history td { display: block; border: 0; padding: 0.5mm 0 }
  .history tr { border-top: 0.5pt solid #000; padding: 2mm 0 }
}`;
