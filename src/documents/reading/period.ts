import { dayOf, type LocalDate, monthsWindow, type Window } from '../../domain/dates.js';
import type { PeriodKind } from '../../domain/plan.js';
import type { PlanPeriod } from '../../domain/schedule.js';
import { schoolHalves } from '../../domain/schoolYear.js';
import { MAX_TITLE } from '../../domain/texts.js';
import { monthOfHeading } from '../../domain/wording/heading.js';
import { oneLine } from './wording.js';

/** The period that a title names, with its words; nulls if it names none. */
export interface NamedPeriod {
  readonly period: PlanPeriod | null;
  readonly periodKind: PeriodKind | null;
  readonly periodText: string | null;
  /** True if the title names several periods and `period` covers all of them. */
  readonly isAssumed?: boolean;
}

const NO_PERIOD: NamedPeriod = { period: null, periodKind: null, periodText: null };

// Matched in one line with single spaces, so that the search at each position is bounded.
const YEARS = String.raw`(?<first>20\d{2}) ?[-–—/] ?(?<second>20\d{2}|\d{2}) ?(?:уч[а-яё]{0,12}\.? ?г(?:\.|од[а-яё]{0,12})?|гг\.?|год[а-яё]{0,12})(?![а-яё])`;
const HALF = `(?<half>I{1,2}|[12]|перв[а-яё]{1,12}|втор[а-яё]{1,12})(?:-[а-яё]{1,12})? полугоди[а-яё]{1,12} `;
const MONTH = `(?<m1>[а-яё]{1,12})(?: ?[-–—] ?(?<m2>[а-яё]{1,12}))? `;
const YEAR_PATTERN = String.raw`(?<year>20\d{2}) ?(?:г(?:\.|ода?)?)?(?! ?[-–—/] ?20|[а-яё])`;

const HALF_OF_SCHOOL_YEAR = new RegExp(`(?:(?:на|в|за) )?${HALF}${YEARS}`, 'iu');
const HALF_OF_YEAR = new RegExp(`(?:(?:на|в|за) )?${HALF}${YEAR_PATTERN}`, 'iu');
const QUARTER = new RegExp(
  `(?:(?:на|в|за) )?(?<quarter>IV|I{1,3}|[1-4])(?:-[а-яё]{1,12})? квартал[а-яё]{0,12} ${YEAR_PATTERN}`,
  'iu',
);
const MONTHS_OF_SCHOOL_YEAR = new RegExp(`на ${MONTH}${YEARS}`, 'iu');
const MONTHS_OF_YEAR = new RegExp(`(?:на|в|за) ${MONTH}${YEAR_PATTERN}`, 'iu');
const SCHOOL_YEAR = new RegExp(`(?:(?:на|в) )?${YEARS}`, 'iu');
const CALENDAR_YEAR =
  /(?:на|в) (?<year>20\d{2}) ?(?:календарный )?(?:год[ау]?|г\.?)(?![а-яё])|(?<last>20\d{2}) года?$/iu;
/** «на 2021-2024 годы», «в 2013-2015 году»: whole calendar years. */
const YEAR_WORD = String.raw`(?:гг?\.?|год[а-яё]{0,12})`;
const YEARS_ON = new RegExp(
  String.raw`(?:(?:на|в|за) )?(?<first>20\d{2}) ?[-–—/] ?(?<second>20\d{2}) ?${YEAR_WORD}(?![а-яё])`,
  'iu',
);
/** «на 2024 г. и плановый период 2025-2026 гг.» */
const YEAR_AND_YEARS = new RegExp(
  String.raw`(?:(?:на|в) )?(?<first>20\d{2}) ?${YEAR_WORD}? и (?:на )?плановый период (?<from>20\d{2})(?: ?(?:[-–—]|и) ?(?<second>20\d{2}))? ?${YEAR_WORD}(?![а-яё])`,
  'iu',
);
/** «на август 2009 – май 2010 г.», «сентябрь 2022 г. - май 2024 г.» */
const MONTHS_OF_YEARS = new RegExp(
  String.raw`(?:(?:на|с|за) )?(?<m1>[а-яё]{3,12}) (?<y1>20\d{2}) ?${YEAR_WORD}? ?(?:[-–—]|по) ?(?<m2>[а-яё]{3,12}) (?<y2>20\d{2})(?: ?${YEAR_WORD})?(?![а-яё])`,
  'iu',
);
const WORDED_DAYS =
  /с (?<d1>\d{1,2})(?: (?<m1>[а-я]{1,12}))?(?: (?<y1>20\d{2}) ?(?:г\.|года)?)? по (?<d2>\d{1,2}) (?<m2>[а-я]{1,12}) (?<y2>20\d{2}) ?(?:года?|г\.?)?/iu;
const FIGURE_DAYS =
  /с (?<d1>\d{1,2})\.(?<m1>\d{2})\.(?<y1>20\d{2}) ?(?:г\.?)? ?(?:[-–—]|(?<=\s)по\s) ?(?<d2>\d{1,2})\.(?<m2>\d{2})\.(?<y2>20\d{2}) ?(?:г\.?)?/iu;

/** Returns the period of days that a text names, «с 21 января по 23 февраля 2022 г.»; undefined for none. */
export function namedDays(text: string): { readonly text: string; readonly index: number } | undefined {
  const start = oneLine(text.slice(0, MAX_TITLE));
  const found = FIGURE_DAYS.exec(start) ?? WORDED_DAYS.exec(start);
  return found ? { text: found[0], index: found.index } : undefined;
}

/** The period that a text names: a school or calendar year, a part of one, months, or days. */
export function periodIn(title: string): NamedPeriod {
  const text = oneLine(title.slice(0, MAX_TITLE));
  const days = FIGURE_DAYS.exec(text) ?? WORDED_DAYS.exec(text);
  const ranged = days?.groups && daysOf(days.groups);
  if (days && ranged) return periodOfGroups('OTHER', days[0], ranged);
  const rules: readonly (readonly [RegExp, (groups: Groups) => Window | undefined])[] = [
    [HALF_OF_SCHOOL_YEAR, (groups) => schoolHalf(groups)],
    [HALF_OF_YEAR, ({ half, year }) => monthsWindow(Number(year), isFirst(half) ? 1 : 7, 6)],
    [QUARTER, ({ quarter, year }) => monthsWindow(Number(year), placeOf(quarter) * 3 - 2, 3)],
    [MONTHS_OF_YEARS, ({ m1, y1, m2, y2 }) => monthsBetween(m1, Number(y1), m2, Number(y2))],
    [MONTHS_OF_SCHOOL_YEAR, (groups) => monthsInSchoolYear(groups)],
    [MONTHS_OF_YEAR, ({ m1, m2, year }) => months(m1, m2, Number(year), Number(year))],
  ];
  for (const [pattern, windowOf] of rules) {
    const found = pattern.exec(text);
    const window = found?.groups && windowOf(found.groups);
    if (found && window) return periodOfGroups('OTHER', found[0], window);
  }
  const several = YEAR_AND_YEARS.exec(text);
  const ahead = several?.groups && wholeYears(several.groups.first, several.groups.second ?? several.groups.from);
  if (several && ahead) return { ...periodOfGroups('OTHER', several[0], ahead), isAssumed: true };
  const school = SCHOOL_YEAR.exec(text);
  const year = school?.groups && namedSchoolYear(school.groups);
  if (school && year) return periodOfGroups('SCHOOL_YEAR', school[0], year);
  const years = YEARS_ON.exec(text);
  const whole = years?.groups && wholeYears(years.groups.first, years.groups.second);
  if (years && whole) return periodOfGroups('OTHER', years[0], whole);
  const calendar = CALENDAR_YEAR.exec(text);
  const named = calendar?.groups?.year ?? calendar?.groups?.last;
  return calendar && named
    ? periodOfGroups('CALENDAR_YEAR', calendar[0], monthsWindow(Number(named), 1, 12))
    : NO_PERIOD;
}

type Groups = Readonly<Record<string, string | undefined>>;

function periodOfGroups(periodKind: PeriodKind, periodText: string, period: PlanPeriod): NamedPeriod {
  return { period, periodKind, periodText: periodText.trim() };
}

function wholeYears(first: string | undefined, last: string | undefined): PlanPeriod | undefined {
  return first !== undefined && last !== undefined && first < last
    ? { start: `${first}-01-01`, end: `${last}-12-31` }
    : undefined;
}

function namedSchoolYear({ first = '', second = '' }: Groups): PlanPeriod | undefined {
  const end = second.length === 2 ? `${first.slice(0, 2)}${second}` : second;
  return Number(end) === Number(first) + 1 ? { start: `${first}-09-01`, end: `${end}-08-31` } : undefined;
}

function schoolHalf(groups: Groups): Window | undefined {
  const year = namedSchoolYear(groups);
  if (!year) return undefined;
  const [first, second] = schoolHalves(year);
  return isFirst(groups.half) ? first : second;
}

function isFirst(half: string | undefined): boolean {
  return half === '1' || half === 'I' || /^перв/iu.test(half ?? '');
}

function placeOf(roman: string | undefined): number {
  const place = ['I', 'II', 'III', 'IV'].indexOf((roman ?? '').toUpperCase());
  return place >= 0 ? place + 1 : Number(roman);
}

function monthsInSchoolYear(groups: Groups): Window | undefined {
  const year = namedSchoolYear(groups);
  const from = monthOfHeading(groups.m1 ?? '');
  if (!year || from === null) return undefined;
  const [first, last] = [Number(year.start.slice(0, 4)), Number(year.end.slice(0, 4))];
  const to = groups.m2 === undefined ? from : monthOfHeading(groups.m2);
  return to === null ? undefined : months(groups.m1, groups.m2, from >= 8 ? first : last, to >= 8 ? first : last);
}

function monthsBetween(m1: string | undefined, y1: number, m2: string | undefined, y2: number): Window | undefined {
  const [from, to] = [monthOfHeading(m1 ?? ''), monthOfHeading(m2 ?? '')];
  if (from === null || to === null) return undefined;
  const { start } = monthsWindow(y1, from, 1);
  const { end } = monthsWindow(y2, to, 1);
  return start <= end ? { start, end } : undefined;
}

function months(
  m1: string | undefined,
  m2: string | undefined,
  firstYear: number,
  lastYear: number,
): Window | undefined {
  return monthsBetween(m1, firstYear, m2 ?? m1, lastYear);
}

function daysOf({ d1, m1, y1, d2, m2, y2 }: Groups): PlanPeriod | undefined {
  const endYear = Number(y2);
  const to = monthNumber(m2);
  const from = m1 === undefined ? to : monthNumber(m1);
  if (from === null || to === null) return undefined;
  const startYear = y1 === undefined ? (from > to ? endYear - 1 : endYear) : Number(y1);
  const [start, end]: readonly (LocalDate | undefined)[] = [
    dayOf(startYear, from, Number(d1)),
    dayOf(endYear, to, Number(d2)),
  ];
  return start !== undefined && end !== undefined && start <= end ? { start, end } : undefined;
}

function monthNumber(text: string | undefined): number | null {
  return /^\d+$/.test(text ?? '') ? Number(text) : monthOfHeading(text ?? '');
}
