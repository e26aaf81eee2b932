import type { ImportedPlan } from '../../domain/plan/importedPlan.js';
import { institutionIn, nominative } from './owner.js';
import { namedDays, periodIn } from './period.js';
import { type Note, oneLine } from './wording.js';

/** The values that are read from the title of a plan. */
export type Title = Pick<
  ImportedPlan,
  'title' | 'documentKind' | 'ownerUnit' | 'institution' | 'period' | 'periodKind' | 'periodText'
>;

const TITLE =
  /^(план|план-график|дорожная карта|программа работы|циклограмма|календарь|график|мероприятия по|комплекс(?:ный план| мер| мероприятий)|перечень (?:мер|мероприятий)|проект плана|[а-яё-]{3,30}(?:ый|ий|ой)\s(?:[а-яё]{2,30}(?:[-\s][а-яё]{2,30}){0,2}\s)?план|предложения .*\sплан)(?![а-яё])/iu;
const DOCUMENT_KIND =
  /^(план-график|дорожная карта|программа работы|циклограмма|календарь|график|комплекс мер(?:оприятий)?|перечень мер(?:оприятий)?|предложения(?=\s)|план(?:\s+(?:проведения\s+)?(?:работы|мероприятий|месячника|декады|недели))?)/iu;
const CAPITAL_TITLES =
  /^(?:(?:[А-ЯЁ]{3,30}(?:ЫЙ|ИЙ|ОЙ)\s)?ПЛАН-ГРАФИК|ДОРОЖНАЯ КАРТА|ПРОГРАММА РАБОТЫ|(?:[А-ЯЁ]{3,30}(?:ЫЙ|ИЙ|ОЙ)\s)?ПЛАН(?:\s(?:РАБОТЫ|МЕРОПРИЯТИЙ|МЕСЯЧНИКА|ДЕКАДЫ|НЕДЕЛИ))?)(?![А-ЯЁа-яё-])/u;

/** Returns true for a line that begins the title of a plan. */
export function beginsTitle(line: string): boolean {
  return TITLE.test(withoutMarks(line));
}

/** Returns true when lines name the period of a plan. */
export function namesPeriod(lines: readonly string[]): boolean {
  return periodIn(lines.map(withoutMarks).join(' ')).period !== null;
}

/** A line without the marks of Markdown. */
export function withoutMarks(text: string): string {
  const plain = text.replace(/\*\*|__(?=\S)|(?<=\S)__/g, '').replace(/^\s*#{1,6}\s+/u, '');
  return oneLine(closed(plain));
}

/**
 * Joins the letters of a text with wide spacing, such as «Т И П О В О Й П Л А Н»: one space is between letters, more
 * are between words.
 */
function closed(text: string): string {
  const spaced = /^\s{0,9}(?:\p{Lu}\s{1,9}){3,60}\p{Lu}?(?=\s|$)/u.exec(text)?.[0];
  if (spaced === undefined) return text;
  const words = spaced
    .trim()
    .split(/\s{2,}|\t/u)
    .map((word) => word.replace(/\s/gu, ''));
  // If the wide spaces between words were lost, only «ПЛАН» at the end can be separated.
  const joined = words.join(' ').replace(/(?<=\p{Lu})(?=ПЛАН$)/u, ' ');
  return `${joined}${text.slice(spaced.length)}`;
}

/** Reads the lines of a title. */
export function readTitle(lines: readonly string[], note: Note): Title {
  const printed = lines.map(withoutMarks).filter((line) => line !== '');
  if (printed.length > 1) note('TITLE_OVER_LINES', 'title');
  if (lines.some((text) => text.includes('**'))) note('MARKDOWN_MARKS', 'title', '**');
  const whole = oneLine(printed.join(' '));
  const days = namedDays(whole);
  // A period of days is printed in separate lines, below the title itself.
  const isApart = days && printed.some((line) => line.startsWith(days.text.slice(0, 4)));
  const own = isApart ? whole.slice(0, days.index).trim() : whole;
  const title = settledTitle(own === '' ? whole : own, note);
  const period = periodIn(whole);
  const { isAssumed = false, ...named } = period;
  if (isAssumed) note('PERIOD_ASSUMED', 'period', named.periodText);
  if (named.period) note('PERIOD_DERIVED', 'period');
  return { title, documentKind: titleKind(title), ...ownerOf(title, named.periodText), ...named };
}

/** Returns the title of a document in which no line is recognised as one: the lines nearest above its table. */
export function assumedTitle(lines: readonly string[], note: Note): Title {
  const read = readTitle(lines, note);
  note('TITLE_ASSUMED', 'title', read.title);
  return { ...read, documentKind: 'план мероприятий', ownerUnit: read.institution ?? read.ownerUnit };
}

/** Returns a title that begins in capitals, such as «ПЛАН РАБОТЫ», in the letter case of a sentence. */
function settledTitle(title: string, note: Note): string {
  const [kind] = CAPITAL_TITLES.exec(title) ?? [];
  if (kind === undefined) return title;
  note('TITLE_IN_CAPITALS', 'title', kind);
  return `${kind.slice(0, 1)}${kind.slice(1).toLocaleLowerCase('ru')}${title.slice(kind.length)}`;
}

function titleKind(title: string): string {
  const proposal = /^предложения\s.*?(в план(?:\s\([^)]*\))?)/iu.exec(title);
  if (proposal) return `предложения ${(proposal[1] ?? '').toLocaleLowerCase('ru')}`;
  const kind = (DOCUMENT_KIND.exec(title)?.[0] ?? 'план').toLocaleLowerCase('ru');
  return kind.replace(/\sпроведения(?=\s)/u, '');
}

/** Returns the unit and its institution: the words between the kind of document and the period. */
function ownerOf(title: string, periodText: string | null) {
  const institution = institutionIn(title) ?? null;
  const middle = oneLine(
    title
      .replace(DOCUMENT_KIND, '')
      .replace(periodText ?? '', '')
      .replace(institution ?? '', ''),
  );
  // «… проведения месячника …» describes the work, not who does it.
  const isUnit = middle !== '' && !(institution !== null && /^[а-яё]/u.test(middle));
  return { ownerUnit: nominative(isUnit ? middle : (institution ?? title)), institution };
}
