import { dayOf } from '../../domain/dates.js';
import type { PeriodKind } from '../../domain/plan.js';
import type { PlanPeriod } from '../../domain/schedule.js';
import { monthOfHeading } from '../../domain/wording/tokens.js';
import { institutionIn, nominative } from './owner.js';
import { type Note, oneLine } from './wording.js';

/** What the title of a plan says. */
export interface Title {
  readonly title: string;
  readonly documentKind: string;
  readonly ownerUnit: string;
  readonly institution: string | null;
  readonly period: PlanPeriod | null;
  readonly periodKind: PeriodKind | null;
  readonly periodText: string | null;
}

const TITLE =
  /^(план|план-график|дорожная карта|программа работы|(?:перспективн|годов|календарн|комплексн|общешкольн|учебн|рабоч|тематическ|сводн|единый|муниципальн)[а-яё]*(?:[-\s][а-яё]+){0,3}\sплан|предложения .*\sплан)(?![а-яё])/iu;
const DOCUMENT_KIND =
  /^(план-график|дорожная карта|программа работы|предложения(?=\s)|план(?:\s+(?:проведения\s+)?(?:работы|мероприятий|месячника|декады|недели))?)/iu;
const CAPITALS =
  /^(?:ПЛАН-ГРАФИК|ДОРОЖНАЯ КАРТА|ПРОГРАММА РАБОТЫ|ПЛАН(?:\s(?:РАБОТЫ|МЕРОПРИЯТИЙ|МЕСЯЧНИКА|ДЕКАДЫ|НЕДЕЛИ))?)(?![А-ЯЁа-яё-])/u;
const SCHOOL_YEAR =
  /(?:на\s+)?(?<first>20\d{2})\s?[-–—/]\s?(?<second>20\d{2}|\d{2})\s+уч(?:ебный|\.|ебного)?\s*год(?:а)?/iu;
const CALENDAR_YEAR = /на\s+(?<year>20\d{2})\s*(?:календарный\s+)?(?:год|г\.?)(?![а-яё])/iu;
const DAYS =
  /с\s+(?<d1>\d{1,2})\s+(?<m1>[а-я]+)(?:\s+(?<y1>20\d{2})\s*(?:г\.|года)?)?\s+по\s+(?<d2>\d{1,2})\s+(?<m2>[а-я]+)\s+(?<y2>20\d{2})\s*(?:г\.?|года)?/iu;

/** True for a line that begins the title of a plan. */
export function beginsTitle(line: string): boolean {
  return TITLE.test(withoutMarks(line));
}

/** True when lines name the period of a plan. */
export function namesPeriod(lines: readonly string[]): boolean {
  const text = lines.map(withoutMarks).join(' ');
  return periodOf(text, DAYS.exec(text)).period !== null;
}

/** A line without the marks of Markdown. */
export function withoutMarks(text: string): string {
  return oneLine(text.replace(/\*\*|__(?=\S)|(?<=\S)__/g, ''));
}

/** Reads the lines of a title. */
export function readTitle(lines: readonly string[], note: Note): Title {
  const printed = lines.map(withoutMarks).filter((line) => line !== '');
  if (printed.length > 1) note('TITLE_OVER_LINES', 'title');
  if (lines.some((text) => text.includes('**'))) note('MARKDOWN_MARKS', 'title', '**');
  const whole = printed.join(' ');
  const days = DAYS.exec(whole);
  // A period of days stands in lines of its own, below the title proper.
  const own =
    days && printed.some((line) => line.startsWith(days[0].slice(0, 4))) ? whole.slice(0, days.index).trim() : whole;
  const title = settled(own === '' ? whole : own, note);
  const period = periodOf(whole, days);
  if (period.period) note('PERIOD_DERIVED', 'period');
  else note('NO_PERIOD', 'period');
  return { title, documentKind: kindOf(title), ...ownerOf(title), ...period };
}

/** A title of a document that prints none as one: what stands nearest above its table. */
export function assumedTitle(lines: readonly string[], note: Note): Title {
  const read = readTitle(lines, note);
  note('TITLE_ASSUMED', 'title', read.title);
  return { ...read, documentKind: 'план мероприятий', ownerUnit: read.institution ?? read.ownerUnit };
}

/** «ПЛАН РАБОТЫ» is printed so for its size; the words are those of a sentence. */
function settled(title: string, note: Note): string {
  const [kind] = CAPITALS.exec(title) ?? [];
  if (kind === undefined) return title;
  note('TITLE_IN_CAPITALS', 'title', kind);
  return `${kind.slice(0, 1)}${kind.slice(1).toLocaleLowerCase('ru')}${title.slice(kind.length)}`;
}

function kindOf(title: string): string {
  const proposal = /^предложения\s.*?(в план(?:\s\([^)]*\))?)/iu.exec(title);
  if (proposal) return `предложения ${(proposal[1] ?? '').toLocaleLowerCase('ru')}`;
  const kind = (DOCUMENT_KIND.exec(title)?.[0] ?? 'план').toLocaleLowerCase('ru');
  return kind.replace(/\sпроведения(?=\s)/u, '');
}

/** The unit and its institution: what stands between the kind of document and the period. */
function ownerOf(title: string) {
  const institution = institutionIn(title) ?? null;
  const middle = oneLine(
    title
      .replace(DOCUMENT_KIND, '')
      .replace(SCHOOL_YEAR, '')
      .replace(CALENDAR_YEAR, '')
      .replace(institution ?? '', ''),
  );
  // «… проведения месячника …» tells of the work and not of who does it.
  const isUnit = middle !== '' && !(institution !== null && /^[а-яё]/u.test(middle));
  return { ownerUnit: nominative(isUnit ? middle : (institution ?? title)), institution };
}

function periodOf(text: string, days: RegExpExecArray | null): Pick<Title, 'period' | 'periodKind' | 'periodText'> {
  const school = SCHOOL_YEAR.exec(text);
  if (school?.groups) {
    const { first = '', second = '' } = school.groups;
    const end = second.length === 2 ? `${first.slice(0, 2)}${second}` : second;
    if (Number(end) === Number(first) + 1) {
      return {
        period: { start: `${first}-09-01`, end: `${end}-08-31` },
        periodKind: 'SCHOOL_YEAR',
        periodText: school[0],
      };
    }
  }
  const ranged = days?.groups && daysOf(days.groups);
  if (ranged) return { period: ranged, periodKind: 'OTHER', periodText: days?.[0] ?? null };
  const calendar = CALENDAR_YEAR.exec(text);
  if (calendar?.groups) {
    const { year = '' } = calendar.groups;
    return {
      period: { start: `${year}-01-01`, end: `${year}-12-31` },
      periodKind: 'CALENDAR_YEAR',
      periodText: calendar[0],
    };
  }
  return { period: null, periodKind: null, periodText: null };
}

function daysOf({ d1, m1, y1, d2, m2, y2 }: Readonly<Record<string, string | undefined>>): PlanPeriod | undefined {
  const [from, to] = [monthOfHeading(m1 ?? ''), monthOfHeading(m2 ?? '')];
  if (from === null || to === null) return undefined;
  const endYear = Number(y2);
  const startYear = y1 === undefined ? (from > to ? endYear - 1 : endYear) : Number(y1);
  const [start, end] = [dayOf(startYear, from, Number(d1)), dayOf(endYear, to, Number(d2))];
  return start !== undefined && end !== undefined && start <= end ? { start, end } : undefined;
}
