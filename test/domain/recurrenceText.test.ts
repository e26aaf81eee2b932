import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRecurrenceRule } from '../../src/domain/recurrence.js';
import { recurrenceText } from '../../src/domain/recurrenceText.js';
import { notation } from '../../src/domain/schedule.js';
import { readingText } from '../../src/domain/scheduleText.js';
import { readTimeframe } from '../../src/domain/wording/read.js';

const FIXTURES = new URL('../fixtures/wordings/', import.meta.url);

describe('A recurrence rule in words', () => {
  it.each([
    ['FREQ=MONTHLY;BYDAY=4TH', 'каждый 4-й четверг месяца', 'every 4th Thursday of the month'],
    ['FREQ=MONTHLY;BYDAY=1WE,3WE', 'каждую 1-ю и 3-ю среду месяца', 'every 1st and 3rd Wednesday of the month'],
    ['FREQ=MONTHLY;BYDAY=-1SU', 'каждое последнее воскресенье месяца', 'every last Sunday of the month'],
    [
      'FREQ=WEEKLY;BYDAY=WE;BYMONTH=10,11,12,1,2,3,4',
      'каждую среду с октября по апрель',
      'every Wednesday from October to April',
    ],
    ['FREQ=WEEKLY;BYDAY=TU,TH', 'по вторникам и четвергам', 'every Tuesday and Thursday'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'каждый день с понедельника по пятницу', 'every day from Monday to Friday'],
    ['FREQ=WEEKLY;INTERVAL=2', 'раз в 2 недели', 'every 2 weeks'],
    ['FREQ=DAILY;INTERVAL=10', 'раз в 10 дней', 'every 10 days'],
    ['FREQ=DAILY', 'каждый день', 'every day'],
    ['FREQ=MONTHLY;INTERVAL=3', 'раз в 3 месяца', 'every 3 months'],
    ['FREQ=MONTHLY;BYMONTHDAY=15,20', '15 и 20 числа каждого месяца', 'on the 15th and 20th of every month'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=10,11,12,13,14,15',
      'каждый день с 10 по 15 число каждого месяца',
      'every day from the 10th to the 15th of every month',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'в последний день каждого месяца', 'on the last day of every month'],
    [
      'FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=20',
      '20 января и 20 июля каждого года',
      'on 20 January and 20 July of every year',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'в последний рабочий день каждого месяца',
      'on the last working day of every month',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=6,7,8,9,10',
      'с 6-го по 10-й рабочий день каждого месяца',
      'from the 6th to the 10th working day of every month',
    ],
    [
      'FREQ=YEARLY;BYMONTH=10,11,12',
      'каждый год в октябре, ноябре и декабре',
      'every year in October, November and December',
    ],
    ['FREQ=MONTHLY;BYMONTH=10,11,12,1,2', 'каждый месяц с октября по февраль', 'every month from October to February'],
  ])('%s is «%s», “%s”', (rule, ru, en) => {
    expect([recurrenceText(rule, 'ru'), recurrenceText(rule, 'en')]).toEqual([ru, en]);
  });

  it('has no letters of the notation, whatever part of it a rule has', () => {
    const parts = fc.record({
      frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
      interval: fc.option(fc.integer({ min: 1, max: 12 })),
      start: fc.option(fc.constantFrom('MO', 'SU')),
      weekdays: some(fc.constantFrom('MO', 'WE', 'SU', '1TU', '-1FR', '2MO', '-2SA')),
      monthDays: some(fc.constantFrom('1', '2', '3', '31', '-1', '-3')),
      yearDays: some(fc.constantFrom('1', '100', '-1')),
      places: some(fc.constantFrom('1', '2', '-1', '-2')),
      months: some(fc.integer({ min: 1, max: 12 }).map(String)),
      weeks: some(fc.constantFrom('1', '20', '-1')),
    });
    fc.assert(
      fc.property(parts, (given) => {
        const { frequency, interval, start, weekdays, monthDays, yearDays, places, months, weeks } = given;
        const rule = [
          `FREQ=${frequency}`,
          ...(interval === null ? [] : [`INTERVAL=${interval}`]),
          ...(start === null ? [] : [`WKST=${start}`]),
          ...listed({ BYDAY: weekdays, BYMONTHDAY: monthDays, BYYEARDAY: yearDays, BYSETPOS: places }),
          ...listed({ BYMONTH: months, BYWEEKNO: weeks }),
        ].join(';');
        const texts = { ru: recurrenceText(rule, 'ru'), en: recurrenceText(rule, 'en') };
        const isWrong =
          /[A-Za-z]|undefined| {2}|^ |^$/.test(texts.ru) || /[А-яё]|FREQ|BY[A-Z]|undefined| {2}|^ |^$/.test(texts.en);
        // To find out whether a rule is accepted takes longer than its text, so only rules with a wrong text are tried.
        if (isWrong) expect({ rule, texts, isAccepted: isRecurrenceRule(rule) }).toMatchObject({ isAccepted: false });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('A schedule in words', () => {
  it.each([
    ['до 20.12.2020', 'до 20.12.2020'],
    ['1 раз в квартал', '1 раз в квартал'],
    ['2 раза в год', '2 раза в год'],
    ['в 3-дневный срок', 'по мере необходимости, ответ за 3 дня'],
  ])('%s means «%s»', (wording, meaning) => {
    const { schedule } = readTimeframe(wording, { start: '2020-09-01', end: '2021-08-31' });
    expect(readingText(notation(schedule), 'ru')).toBe(meaning);
  });

  it('has no letters of the notation for any wording of the corpus', () => {
    const wordings = readdirSync(FIXTURES)
      .filter((name) => name.startsWith('timeframes'))
      .flatMap((name) =>
        readFileSync(new URL(name, FIXTURES), 'utf8')
          .split('\n')
          .slice(1)
          .filter((line) => line !== ''),
      );
    const said = wordings.flatMap((line) => {
      const [, phrase = '', start = '', end = '', heading = ''] = line.split('\t');
      if (start === '') return [];
      const { schedule, alternatives } = readTimeframe(phrase.replaceAll('⏎', '\n'), { start, end }, heading);
      return [schedule, ...alternatives].map((each) => readingText(notation(each), 'ru'));
    });
    expect(said.length).toBeGreaterThan(500);
    expect(said.filter((text) => /[A-Za-z]|\d{4}-\d/.test(text) || text === '')).toEqual([]);
  });
});

function some(values: fc.Arbitrary<string>) {
  return fc.uniqueArray(values, { maxLength: 4 });
}

function listed(parts: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(parts).flatMap(([name, values]) =>
    values.length === 0 ? [] : [`${name}=${values.join(',')}`],
  );
}
