import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { notation, type Timeframe, type TimeframeFlag } from '../../src/domain/schedule.js';
import { readTimeframe, WORDING_RULES } from '../../src/domain/wording/read.js';
import { YEAR } from '../support/domain.js';

type Expected = readonly [
  wording: string,
  reading: string,
  flags?: readonly TimeframeFlag[],
  alternatives?: readonly string[],
];

function inWords(schedule: Timeframe['schedule']): string {
  const { kind, interpretation } = notation(schedule);
  return `${kind} ${interpretation}`;
}

function summary(text: string, period: typeof YEAR | null = YEAR): Expected {
  const { schedule, flags, alternatives } = readTimeframe(text, period);
  return [text, inWords(schedule), flags, alternatives.map(inWords)];
}

const ALL_YEAR = 'continuous 2020-09-01/2021-08-31';

const SAMPLE: readonly Expected[] = [
  ['январь 2021 г.', 'month 2021-01-01/2021-01-31'],
  ['в течение всего периода', ALL_YEAR],
  ['сентябрь 2020 г.', 'month 2020-09-01/2020-09-30'],
  ['1 издание в квартал', 'per-period-count 1/quarter', ['COUNTED_NOUN', 'CUT_PERIODS']],
  ['февраль 2021г.', 'month 2021-02-01/2021-02-28', ['NO_SPACE_BEFORE_YEAR']],
  ['В течение года', ALL_YEAR, ['AMBIGUOUS'], ['continuous 2020-09-01/2021-05-31']],
  [
    'каждый 3-тий понедельник месяца',
    'recurring RRULE:FREQ=MONTHLY;BYDAY=3MO',
    ['NONSTANDARD_ORDINAL', 'SUMMER_OCCURRENCES'],
  ],
  [
    'август - сентябрь',
    'range 2020-08-01/2020-09-30',
    ['OUTSIDE_PERIOD', 'AMBIGUOUS', 'YEAR_ASSUMED'],
    ['range 2020-09-01/2020-09-30', 'months 2020-09-01/2020-09-30;2021-08-01/2021-08-31'],
  ],
  [
    'ноябрь 2020 г. апрель 2021 г.',
    'months 2020-11-01/2020-11-30;2021-04-01/2021-04-30',
    ['AMBIGUOUS'],
    ['range 2020-11-01/2021-04-30'],
  ],
  ['В течение всего периода', ALL_YEAR],
  ['сентябрь - декабрь 2020 г.', 'range 2020-09-01/2020-12-31'],
  ['сентябрь 2020 - февраль 2021', 'range 2020-09-01/2021-02-28'],
  ['октябрь - апрель 2021 г.', 'range 2020-10-01/2021-04-30'],
];

const OTHERS: readonly Expected[] = [
  ['вторая половина октября', 'range 2020-10-16/2020-10-31'],
  ['1-я половина мая', 'range 2021-05-01/2021-05-15'],
  ['сентябрь – ноябрь 2020, февраль 2021', 'range 2020-09-01/2020-11-30;2021-02-01/2021-02-28'],
  ['с октября', 'range 2020-10-01/2021-08-31', ['AMBIGUOUS'], ['month 2020-10-01/2020-10-31']],
  ['в начале учебного года', 'month 2020-09-01/2020-09-30', ['AMBIGUOUS'], ['range 2020-09-01/2020-09-10']],
  ['конец учебного года', 'month 2021-05-01/2021-05-31', ['AMBIGUOUS'], ['range 2021-05-21/2021-05-31']],
  ['постоянно, в течение года', ALL_YEAR],
  ['1, 3 среда месяца', 'recurring RRULE:FREQ=MONTHLY;BYDAY=1WE,3WE', ['SUMMER_OCCURRENCES']],
  ['на каникулах', 'by-schedule external'],
  ['Пятница, 4 сентября', 'date 2020-09-04/2020-09-04'],
  ['ежемес.', 'recurring RRULE:FREQ=MONTHLY', ['SUMMER_OCCURRENCES']],
  ['в каникулярное время', 'by-schedule external'],
  ['до 15 октября 2020 г.', 'deadline ../2020-10-15'],
  ['до 15.09', 'deadline ../2020-09-15'],
  ['не позднее 01.12.2020', 'deadline ../2020-12-01'],
  ['к 1 сентября', 'deadline ../2020-09-01'],
  ['с 1 по 15 октября', 'range 2020-10-01/2020-10-15'],
  ['с 25 декабря по 10 января', 'range 2020-12-25/2021-01-10'],
  ['05.10.2020 - 09.10.2020', 'range 2020-10-05/2020-10-09'],
  ['15.10.2020, 20.10.2020', 'date 2020-10-15/2020-10-15;2020-10-20/2020-10-20'],
  ['15 октября', 'date 2020-10-15/2020-10-15'],
  ['26.09.14г', 'date 2014-09-26/2014-09-26', ['OUTSIDE_PERIOD', 'AMBIGUOUS'], ['date 2020-09-26/2020-09-26']],
  ['с октября по май', 'range 2020-10-01/2021-05-31'],
  ['в январе', 'month 2021-01-01/2021-01-31'],
  ['октябрь, март', 'months 2020-10-01/2020-10-31;2021-03-01/2021-03-31'],
  [
    'апрель и май',
    'months 2021-04-01/2021-04-30;2021-05-01/2021-05-31',
    ['AMBIGUOUS'],
    ['range 2021-04-01/2021-05-31'],
  ],
  ['апрель 2021 г. ноябрь 2020 г.', 'months 2021-04-01/2021-04-30;2020-11-01/2020-11-30'],
  ['ежемесячно', 'recurring RRULE:FREQ=MONTHLY', ['SUMMER_OCCURRENCES']],
  ['ежеквартально', 'per-period-count 1/quarter', ['CUT_PERIODS']],
  ['2 раза в месяц', 'per-period-count 2/month'],
  ['не реже 1 раза в год', 'per-period-count >=1/year'],
  ['раз в полугодие', 'per-period-count 1/half-year'],
  ['1 раз в четверть', 'per-period-count 1/term'],
  ['каждую среду', 'recurring RRULE:FREQ=WEEKLY;BYDAY=WE', ['SUMMER_OCCURRENCES']],
  ['последний четверг каждого месяца', 'recurring RRULE:FREQ=MONTHLY;BYDAY=-1TH', ['SUMMER_OCCURRENCES']],
  ['постоянно', ALL_YEAR],
  ['по мере необходимости', 'on-demand on-demand'],
  ['по запросам министерства', 'on-demand on-demand'],
  ['по плану отдела образования', 'by-schedule external'],
  ['согласно положению', 'by-schedule external'],
];

const NOT_UNDERSTOOD = [
  'как получится',
  '',
  'январь 2021 г. и ещё когда-нибудь',
  'до 31.02.2021',
  '32.01.2021',
  '0 раз в год',
  '1001 раз в год',
  '0-й понедельник месяца',
  '6-й понедельник месяца',
  'сентябрь 2021 - февраль 2020',
  '05.10.2020 - 01.10.2020',
  'с 25 по 5 января',
] as const;

describe('the wordings of the sample', () => {
  it.each(SAMPLE)('«%s» is %s', (text, reading, flags = [], alternatives = []) => {
    expect(summary(text)).toEqual([text, reading, flags, alternatives]);
  });
});

describe('other wordings of the field', () => {
  it.each(OTHERS)('«%s» is %s', (text, reading, flags = [], alternatives = []) => {
    expect(summary(text)).toEqual([text, reading, flags, alternatives]);
  });

  it.each(NOT_UNDERSTOOD)('«%s» is not understood, and no part of it is guessed', (text) => {
    expect(summary(text)).toEqual([text, 'unknown unknown', ['NOT_UNDERSTOOD'], []]);
  });
});

describe('the confidence of a reading', () => {
  it('is an assumption where a year was assumed, the plan is left or another reading is possible', () => {
    const confidence = (text: string) => readTimeframe(text, YEAR).confidence;
    expect(['август', '26.09.14г', 'В течение года', 'август - сентябрь'].map(confidence)).toEqual(
      Array.from({ length: 4 }, () => 'assumed'),
    );
    expect(['январь 2021 г.', 'январь', '1 издание в квартал', 'ежемесячно'].map(confidence)).toEqual(
      Array.from({ length: 4 }, () => 'certain'),
    );
    expect(confidence('как получится')).toBe('unknown');
  });

  it('comes with the version of the rules', () => {
    expect(readTimeframe('январь', YEAR).rules).toBe(WORDING_RULES);
  });
});

describe('without a period', () => {
  it.each(['январь', 'в течение года', 'август - сентябрь', 'ноябрь, апрель', 'до 15.09', '15 октября'])(
    '«%s» waits for one',
    (text) => {
      expect(summary(text, null)).toEqual([text, 'unknown unknown', ['PERIOD_MISSING'], []]);
    },
  );

  it.each<Expected>([
    ['январь 2021 г.', 'month 2021-01-01/2021-01-31'],
    ['октябрь - апрель 2021 г.', 'range 2020-10-01/2021-04-30'],
    ['до 15.09.2020', 'deadline ../2020-09-15'],
    ['ежемесячно', 'recurring RRULE:FREQ=MONTHLY'],
  ])('«%s» is read all the same', (text, reading) => {
    expect(summary(text, null)).toEqual([text, reading, [], []]);
  });
});

describe('any text', () => {
  const WORDS =
    'с по до в к и раз раза каждый 0-й 3-тий 40-й первый последний понедельник среду месяца год квартал неделю сентябрь августа 2020 2021г. 1999 31.02 15.09 01.12.2020 5 1001 99 - , ; . ежедневно постоянно течение всего периода не реже позднее мере необходимости плану';
  const jumbled = fc.array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 7 }).map((words) => words.join(' '));
  const texts = fc.oneof({ weight: 3, arbitrary: jumbled }, fc.string({ unit: 'binary' }), fc.string());
  const periods = fc.constantFrom(YEAR, null, { start: '2021-01-01', end: '2021-12-31' });

  it('is kept, and what is understood of it has no window that runs backwards', () => {
    fc.assert(
      fc.property(texts, periods, (text, period) => {
        const { schedule, confidence, alternatives, ...rest } = readTimeframe(text, period);
        expect(rest.text).toBe(text);
        expect(schedule.kind === 'unknown').toBe(confidence === 'unknown');
        for (const each of [schedule, ...alternatives]) {
          const windows = each.kind === 'dates' ? each.windows : each.kind === 'throughout' ? [each.window] : [];
          expect(windows.filter(({ start, end }) => start > end)).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
