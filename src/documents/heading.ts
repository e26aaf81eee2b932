import type { Stamp, StampKind } from '../domain/approval.js';
import type { ImportedPlan } from '../domain/commands.js';
import { dayOf, type LocalDate } from '../domain/dates.js';
import type { Irregularity } from '../domain/irregularities.js';
import type { NamedPerson } from '../domain/personal.js';
import type { PeriodKind } from '../domain/plan.js';
import type { PlanPeriod } from '../domain/schedule.js';
import { findPersons, isPerson } from '../domain/wording/persons.js';
import { type Line, UnreadableDocument } from './lines.js';

/** What stands above the table: stamps, title, owner, period. */
export type Heading = Omit<ImportedPlan<NamedPerson>, 'columns' | 'sections'>;

const MARKERS: readonly (readonly [RegExp, StampKind])[] = [
  [/^утвержд/iu, 'approve'],
  [/^согласован/iu, 'agree'],
  [/^принят/iu, 'accept'],
  [/^рассмотрен/iu, 'consider'],
];

const TITLE =
  /^(план|план-график|дорожная карта|перспективный план|годовой план|календарный план|комплексный план)(?![а-яё])/iu;
const DOCUMENT_KIND = /^(план работы|план мероприятий|план-график|дорожная карта|план)/iu;
const SCHOOL_YEAR = /на\s+(20\d{2})\s?[-–—/]\s?(20\d{2})\s+уч(?:ебный|\.)\s*год/iu;
const CALENDAR_YEAR = /на\s+(20\d{2})\s*(?:календарный\s+)?год/iu;
const INSTITUTION = /(?:М[БА]?[ОД]?У(?:ДО|ДОД)?|ГБУ(?:ДО)?|МКУ(?:ДО)?|МОБУ)\s+(?:[А-ЯЁ]+\s+)?«[^»]+»/u;

/** Reads the part of a document above its table. */
export function readHeading(lines: readonly Line[]): Heading {
  const blocks = blocksOf(lines);
  const stampBlocks = blocks.filter((block) => markerOf(block) !== undefined);
  const rest = blocks.filter((block) => markerOf(block) === undefined);
  const titleBlock = rest.find((block) => TITLE.test(withoutMarks(block[0]?.text ?? '')));
  if (!titleBlock) {
    throw new UnreadableDocument(
      rest[0]?.[0]?.number ?? 1,
      'no title of a plan stands above the table. A line beginning with «План работы …» is expected there',
    );
  }
  const stray = rest.find((block) => block !== titleBlock);
  if (stray) {
    throw new UnreadableDocument(
      stray[0]?.number ?? 1,
      `«${stray.map(({ text }) => text.trim()).join(' ')}» is neither a stamp nor the title, and would be lost. Put it into the title or remove it`,
    );
  }
  const printed = titleBlock.map(({ text }) => withoutMarks(text));
  const title = printed.join(' ');
  const period = readPeriod(title);
  return {
    title,
    documentKind: (DOCUMENT_KIND.exec(title)?.[0] ?? 'план').toLocaleLowerCase('ru'),
    ...ownerOf(printed, title),
    ...period,
    stamps: stampBlocks.map(readStamp),
    irregularities: noticed(titleBlock, stampBlocks.map(readStamp), period.period),
  };
}

/** Runs of lines without a blank one between. */
function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  let open = false;
  for (const line of lines) {
    const blank = line.text.trim() === '';
    if (!blank && open) blocks.at(-1)?.push(line);
    if (!blank && !open) blocks.push([line]);
    open = !blank;
  }
  return blocks;
}

function withoutMarks(text: string): string {
  return text
    .replace(/\*\*|__/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function markerOf(block: readonly Line[]): StampKind | undefined {
  const first = block[0]?.text.trim() ?? '';
  return MARKERS.find(([marker]) => marker.test(first))?.[1];
}

/** A stamp: its word, then post and organisation over lines, the person, a date where one is printed. */
function readStamp(block: readonly Line[]): Stamp<NamedPerson> {
  const [first, ...rest] = block.map(({ text }) => text.replace(/\s+/g, ' ').trim());
  const marker = (first ?? '').replace(/[:.]$/, '');
  const dates = rest.map(printedDate);
  const person = rest.find(isPerson);
  const post = rest.filter((line, index) => line !== person && dates[index] === undefined).join(' ');
  return {
    kind: markerOf(block) ?? 'approve',
    marker,
    post,
    organisation: INSTITUTION.exec(post)?.[0] ?? null,
    person: person === undefined ? null : findPersons(person),
    date: dates.find((date) => date !== undefined) ?? null,
    document: null,
  };
}

function printedDate(line: string): LocalDate | undefined {
  const [, day, month, year] = /^(\d{1,2})\.(\d{2})\.(\d{4})(?:\s*г\.?)?$/u.exec(line) ?? [];
  return day === undefined ? undefined : dayOf(Number(year), Number(month), Number(day));
}

/** The unit and its institution, from the title: what stands between the kind of document and the period. */
function ownerOf(lines: readonly string[], title: string) {
  const institution = INSTITUTION.exec(title)?.[0] ?? null;
  const middle = title
    .replace(DOCUMENT_KIND, '')
    .replace(SCHOOL_YEAR, '')
    .replace(CALENDAR_YEAR, '')
    .replace(institution ?? '', '')
    .replace(/\s+/g, ' ')
    .trim();
  const unit = nominative(middle === '' ? (institution ?? lines.join(' ')) : middle);
  return { ownerUnit: unit, institution };
}

const GENITIVE_HEADS: readonly (readonly [RegExp, string])[] = [
  [/^Центра(?=\s)/u, 'Центр'],
  [/^Отдела(?=\s)/u, 'Отдел'],
  [/^Управления(?=\s)/u, 'Управление'],
  [/^Кабинета(?=\s)/u, 'Кабинет'],
  [/^Службы(?=\s)/u, 'Служба'],
  [/^Кафедры(?=\s)/u, 'Кафедра'],
  [/^Школы(?=\s)/u, 'Школа'],
  [/^Комитета(?=\s)/u, 'Комитет'],
];

/** «План работы Центра поддержки …» names the unit in the genitive; only its head word changes. */
function nominative(unit: string): string {
  const head = GENITIVE_HEADS.find(([form]) => form.test(unit));
  return head ? unit.replace(head[0], head[1]) : unit;
}

function readPeriod(title: string): {
  period: PlanPeriod | null;
  periodKind: PeriodKind | null;
  periodText: string | null;
} {
  const school = SCHOOL_YEAR.exec(title);
  if (school) {
    const period = { start: `${school[1]}-09-01`, end: `${school[2]}-08-31` };
    return { period, periodKind: 'SCHOOL_YEAR', periodText: school[0] };
  }
  const calendar = CALENDAR_YEAR.exec(title);
  if (calendar) {
    const period = { start: `${calendar[1]}-01-01`, end: `${calendar[1]}-12-31` };
    return { period, periodKind: 'CALENDAR_YEAR', periodText: calendar[0] };
  }
  return { period: null, periodKind: null, periodText: null };
}

function noticed(
  titleBlock: readonly Line[],
  stamps: readonly Stamp<NamedPerson>[],
  period: PlanPeriod | null,
): Irregularity[] {
  const found: Irregularity[] = [];
  const note = (code: Irregularity['code'], field: string, text: string | null = null) =>
    found.push({ code, field, text, alternatives: [] });
  if (titleBlock.length > 1) note('TITLE_OVER_LINES', 'title');
  if (titleBlock.some(({ text }) => text.includes('**'))) note('MARKDOWN_MARKS', 'title', '**');
  if (period) note('PERIOD_DERIVED', 'period');
  if (stamps.some(({ date }) => date === null)) note('NO_STAMP_DATE', 'stamps');
  for (const { person } of stamps) {
    const name = person?.map((part) => (typeof part === 'string' ? part : part.person)).join('') ?? '';
    if (/^[А-ЯЁ]{2}\s/u.test(name)) note('INITIALS_WITHOUT_DOTS', 'stamps');
  }
  return found;
}
