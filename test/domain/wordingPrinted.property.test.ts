import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, monthWindow, type Window, yearMonthOf } from '../../src/domain/dates.js';
import { notation, type QuotaUnit, type Schedule } from '../../src/domain/schedule.js';
import { readTimeframe } from '../../src/domain/wording/read.js';

const SCHOOL_YEAR = { start: '2023-09-01', end: '2024-08-31' };
const CALENDAR_YEAR = { start: '2024-01-01', end: '2024-12-31' };
const NAMES = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');
const OF = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');
const WEEKDAYS = [
  ['MO', 'понедельник', 'понедельникам'],
  ['TU', 'вторник', 'вторникам'],
  ['WE', 'среду', 'средам'],
  ['TH', 'четверг', 'четвергам'],
  ['FR', 'пятницу', 'пятницам'],
] as const;
const UNITS: readonly (readonly [QuotaUnit, string])[] = [
  ['day', 'день'],
  ['week', 'неделю'],
  ['month', 'месяц'],
  ['quarter', 'квартал'],
  ['halfYear', 'полугодие'],
  ['year', 'год'],
  ['term', 'четверть'],
];

/** A schedule and the ways to print it. */
interface Case {
  readonly schedule: Schedule;
  readonly printed: readonly string[];
}

const two = (number: number) => String(number).padStart(2, '0');
const partsOf = (date: LocalDate) => ({ ...yearMonthOf(date), day: Number(date.slice(8)) });
const nameOf = (date: LocalDate) => NAMES[yearMonthOf(date).month - 1] ?? '';
const ofMonth = (date: LocalDate) => OF[yearMonthOf(date).month - 1] ?? '';

function inFigures(date: LocalDate): string {
  const { day, month, year } = partsOf(date);
  return `${two(day)}.${two(month)}.${year}`;
}

function inWords(date: LocalDate): string {
  const { day, year } = partsOf(date);
  return `${day} ${ofMonth(date)} ${year} г.`;
}

/** Days of the school year. */
const day = fc.integer({ min: 0, max: 365 }).map((days) => addDays(SCHOOL_YEAR.start, days));
const month = fc
  .integer({ min: 0, max: 11 })
  .map((index) => monthWindow(2023 + Math.floor((index + 8) / 12), ((index + 8) % 12) + 1));
const dates = (form: 'date' | 'range' | 'month' | 'months', ...windows: Window[]): Schedule => ({
  kind: 'dates',
  form,
  windows,
});

const oneDay = day.map((date): Case => {
  const { day: number, month: of, year } = partsOf(date);
  return {
    schedule: dates('date', { start: date, end: date }),
    printed: [
      ...[
        inFigures(date),
        inWords(date),
        `${two(number)}.${two(of)}`,
        `${number} ${ofMonth(date)}`,
        `${inFigures(date)} г.`,
      ],
      ...[
        `${two(number)}.${two(of)}.${String(year).slice(2)}`,
        `${number}-го ${ofMonth(date)}`,
        `${inFigures(date)}, актовый зал`,
      ],
    ],
  };
});

const stretch = fc.tuple(day, fc.integer({ min: 1, max: 200 })).map(([start, length]): Case => {
  const end = addDays(start, length) > SCHOOL_YEAR.end ? SCHOOL_YEAR.end : addDays(start, length);
  const window = start === end ? { start: addDays(start, -1), end } : { start, end };
  return {
    schedule: dates('range', window),
    printed: [
      `с ${inFigures(window.start)} по ${inFigures(window.end)}`,
      `${inFigures(window.start)} - ${inFigures(window.end)}`,
      `с ${inWords(window.start)} по ${inWords(window.end)} включительно`,
      `${inWords(window.start)}—${inWords(window.end)}`,
      `с ${inFigures(window.start)}\nпо ${inFigures(window.end)} (кабинет № 5)`,
    ],
  };
});

const wholeMonth = month.map((window): Case => {
  const { year, month: of } = yearMonthOf(window.start);
  const name = nameOf(window.start);
  return {
    schedule: dates('month', window),
    printed: [
      `${name} ${year} г.`,
      `${name}, ${year} год`,
      `${name}\n${year}`,
      `в течение ${OF[of - 1]} ${year} года`,
      name.toUpperCase(),
    ],
  };
});

const months = fc
  .uniqueArray(month, { minLength: 3, maxLength: 5, selector: ({ start }) => start })
  .map((found): Case => {
    const windows = found.toSorted((one, other) => (one.start < other.start ? -1 : 1));
    const printed = windows.map(({ start }) => `${nameOf(start)} ${yearMonthOf(start).year} г.`);
    const bare = windows.map(({ start }) => nameOf(start));
    return {
      schedule: dates('months', ...windows),
      printed: [
        printed.join(', '),
        bare.join(', '),
        bare.join(' и '),
        `${bare.slice(0, -1).join(', ')} и ${bare.at(-1)}`,
      ],
    };
  });

const due = day.map(
  (date): Case => ({
    schedule: { kind: 'deadline', dates: [date] },
    printed: ['до', 'не позднее', 'в срок до', 'к', 'Срок: до']
      .map((words) => `${words} ${inWords(date)}`)
      .concat(`до${inFigures(date)}`),
  }),
);

const weekly = fc
  .uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 3, selector: ([code]) => code })
  .map((found): Case => {
    const by = found.map(([, , dative]) => dative).join(' и ');
    return {
      schedule: { kind: 'recurring', rule: `FREQ=WEEKLY;BYDAY=${found.map(([code]) => code).join(',')}` },
      printed: [
        `по ${by}`,
        `еженедельно по ${by}`,
        `еженедельно, по ${by}`,
        `каждый ${found.map(([, accusative]) => accusative).join(', ')}`,
      ],
    };
  });

const quota = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.constantFrom(...UNITS))
  .filter(([count, , [unit]]) => !(count === 7 && unit === 'week'))
  .map(([count, atLeast, [per, unit]]): Case => {
    const times = count % 10 > 1 && count % 10 < 5 ? 'раза' : 'раз';
    const lead = atLeast ? 'не реже ' : '';
    return {
      schedule: { kind: 'quota', count, atLeast, per, noun: null },
      printed: [
        `${lead}${count} ${times} в ${unit}`,
        `${lead}${count} ${times}  в ${unit}`,
        `${lead}${count}-х ${times} в ${unit}`,
        `${lead}${count} ${times} в\n${unit}.`,
      ],
    };
  });

const CASES = fc.oneof(oneDay, stretch, wholeMonth, months, due, weekly, quota);

/** What a page does to a text: other dashes, broken words, look-alikes, invisible marks. */
const DAMAGE: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replace(/[а-я]{2}(?=[а-я]{2})/u, '$&\u00ad'),
  (text) => text.replaceAll('е', 'e').replaceAll('о', 'o'),
  (text) => text.replace(/(?<=[а-я]{4})(?=[а-я]{3})/u, '-\n'),
];

describe('a schedule that is printed', () => {
  it('is read back, in every wording and on every page', () => {
    fc.assert(
      fc.property(CASES, fc.nat(), fc.constantFrom(...DAMAGE), ({ schedule, printed }, choice, damage) => {
        const text = damage(printed[choice % printed.length] ?? '');
        const read = readTimeframe(text, SCHOOL_YEAR);
        const readings = [read.schedule, ...read.alternatives].map((each) => notation(each));
        expect({ text, readings }).toEqual({ text, readings: expect.arrayContaining([notation(schedule)]) });
        // What is certain is what was printed.
        if (read.confidence === 'certain')
          expect({ text, main: notation(read.schedule) }).toEqual({ text, main: notation(schedule) });
      }),
      { numRuns: 500 },
    );
  });

  it('is read the same in a calendar year when its years are printed', () => {
    fc.assert(
      fc.property(fc.oneof(oneDay, stretch, due), ({ schedule, printed: [text = ''] }) => {
        expect(notation(readTimeframe(text, CALENDAR_YEAR).schedule)).toEqual(notation(schedule));
      }),
      { numRuns: 100 },
    );
  });
});
