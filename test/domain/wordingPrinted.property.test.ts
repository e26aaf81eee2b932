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

const QUARTERS = ['I', 'II', 'III', 'IV'] as const;
const partOfYear = fc.integer({ min: 0, max: 3 }).map((index): Case => {
  const year = index === 3 ? 2023 : 2024;
  const start = monthWindow(year, 3 * index + 1).start;
  return {
    schedule: dates('range', { start, end: monthWindow(year, 3 * index + 3).end }),
    printed: [
      `${QUARTERS[index]} квартал ${year} г.`,
      `${index + 1} кв. ${year}`,
      `в течение ${index + 1}-го квартала ${year} года`,
      `${QUARTERS[index]}\nквартал ${year} года`,
    ],
  };
});

const monthPart = fc.tuple(month, fc.integer({ min: 1, max: 3 })).map(([window, nth]): Case => {
  const { year, month: of } = yearMonthOf(window.start);
  const start = addDays(window.start, 10 * (nth - 1));
  const name = ['первая', 'вторая', 'третья'][nth - 1] ?? '';
  const edge = ['начало', 'середина', 'конец'][nth - 1] ?? '';
  const behind = `${OF[of - 1]} ${year} г.`;
  return {
    schedule: dates('range', { start, end: nth === 3 ? window.end : addDays(start, 9) }),
    printed: [
      `${name} декада ${behind}`,
      `${nth}-я декада ${behind}`,
      `${edge} ${behind}`,
      `${nth} декада ${OF[of - 1]}`,
    ],
  };
});

const monthStretch = fc
  .tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 11 }))
  .filter(([from, length]) => from + length <= 11)
  .map(([from, length]): Case => {
    const window = (index: number) => monthWindow(2023 + Math.floor((index + 8) / 12), ((index + 8) % 12) + 1);
    const [start, end] = [window(from).start, window(from + length).end];
    const [first, last] = [nameOf(start), nameOf(end)];
    const [firstYear, lastYear] = [yearMonthOf(start).year, yearMonthOf(end).year];
    return {
      schedule: dates('range', { start, end }),
      printed: [
        ...[`${first} – ${last}`, `${first}-${last} ${lastYear} г.`, `${first} ${firstYear} - ${last} ${lastYear} гг.`],
        `с ${OF[yearMonthOf(start).month - 1]} ${firstYear} г. по ${last} ${lastYear} г.`,
        `${first} ${firstYear} г.\n– ${last} ${lastYear} г.`,
      ],
    };
  });

const nthWeekday = fc
  .tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.constantFrom(['MO', 'понедельник'], ['TU', 'вторник'], ['TH', 'четверг']))
  .map(([nth, [code, name]]): Case => {
    const place = { 1: 'первый', 2: 'второй', 3: 'третий', 4: 'четвертый', '-1': 'последний' }[nth] ?? '';
    const figure = nth === -1 ? 'последний' : `${nth}-й`;
    return {
      schedule: { kind: 'recurring', rule: `FREQ=MONTHLY;BYDAY=${nth}${code}` },
      printed: [
        ...[`${place} ${name} месяца`, `каждый ${figure} ${name} месяца`, `ежемесячно (${place} ${name})`],
        ...[`ежемесячно, ${figure} ${name}`, `${figure} ${name} каждого месяца`],
      ],
    };
  });

const answer = fc.tuple(fc.integer({ min: 2, max: 30 }), fc.boolean()).map(
  ([days, working]): Case => ({
    schedule: { kind: 'onDemand', answerWithin: working ? `${days}WD` : `P${days}D` },
    printed: ['со дня поступления заявления', 'после проведения мероприятия', 'с момента обращения'].map(
      (event) => `в течение ${days} ${working ? 'рабочих ' : ''}дней ${event}`,
    ),
  }),
);

const whole: fc.Arbitrary<Case> = fc.constant({
  schedule: { kind: 'throughout', window: SCHOOL_YEAR },
  printed: [
    'в течение года',
    'постоянно',
    'весь период',
    '2023-2024 учебный год',
    'в теч. уч. года',
    'в течение 2023-2024 учебного года',
  ],
});

const CASES = fc.oneof(
  ...[oneDay, stretch, wholeMonth, months, due, weekly, quota],
  ...[partOfYear, monthPart, monthStretch, nthWeekday, answer, whole],
);

/** A programme in which timeframes are repeated each year. */
const PROGRAMME = { start: '2023-01-01', end: '2025-12-31' };
const YEARS = [2023, 2024, 2025];
const eachYear = fc
  .tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 3 }))
  .map(([of, number, length]): readonly Case[] => {
    const last = Math.min(12, of + length);
    const windows = YEARS.map((year) => ({ start: monthWindow(year, of).start, end: monthWindow(year, last).end }));
    const rule = (rest: string): Schedule => ({ kind: 'recurring', rule: `FREQ=YEARLY;${rest}` });
    const range = `${NAMES[of - 1]} – ${NAMES[last - 1]}`;
    return [
      { schedule: rule(`BYMONTH=${of}`), printed: [`ежегодно, ${NAMES[of - 1]}`, `${NAMES[of - 1]} ежегодно`] },
      {
        schedule: rule(`BYMONTH=${of};BYMONTHDAY=${number}`),
        printed: [`ежегодно, до ${number} ${OF[of - 1]}`, `ежегодно ${number} ${OF[of - 1]}`],
      },
      {
        schedule: dates('range', ...windows),
        printed: [`${range} ежегодно`, `ежегодно (${range})`, `${range}\n${YEARS.join('\n')}`],
      },
    ];
  });

/** Words beside a time that do not belong to it. */
const BESIDE: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `${text}, актовый зал`,
  (text) => `${text} (МБОУ «СОШ № 2»)`,
  (text) => `${text.toUpperCase()}`,
];

/** Damage of a text on a page: other dashes, divided words, look-alikes, invisible marks. */
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
      fc.property(
        CASES,
        fc.nat(),
        fc.constantFrom(...DAMAGE),
        fc.constantFrom(...BESIDE),
        (each, choice, damage, beside) => {
          const { schedule, printed } = each;
          const text = beside(damage(printed[choice % printed.length] ?? ''));
          const read = readTimeframe(text, SCHOOL_YEAR);
          const readings = [read.schedule, ...read.alternatives].map((each) => notation(each));
          expect({ text, readings }).toEqual({ text, readings: expect.arrayContaining([notation(schedule)]) });
          // A certain reading must be the printed one.
          if (read.confidence === 'certain')
            expect({ text, main: notation(read.schedule) }).toEqual({ text, main: notation(schedule) });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is read back in each year of a programme', () => {
    fc.assert(
      fc.property(eachYear, fc.nat(), (cases, choice) => {
        for (const { schedule, printed } of cases) {
          const text = printed[choice % printed.length] ?? '';
          const read = readTimeframe(text, PROGRAMME);
          const readings = [read.schedule, ...read.alternatives].map((each) => notation(each));
          expect({ text, readings }).toEqual({ text, readings: expect.arrayContaining([notation(schedule)]) });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is read apart from the other of two', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 2, maxLength: 4 }),
        fc.constantFrom(', ', '; ', ' и ', ',\n'),
        (found, mark) => {
          const days = found.toSorted();
          const text = days.map(inFigures).join(mark);
          const { schedule, confidence } = readTimeframe(text, SCHOOL_YEAR);
          const windows = days.map((each) => ({ start: each, end: each }));
          expect({ text, confidence, read: notation(schedule) }).toEqual({
            ...{ text, confidence: 'certain' },
            read: notation(dates('date', ...windows)),
          });
        },
      ),
      { numRuns: 200 },
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
