import { describe, expect, it } from '@jest/globals';
import { printOf } from '../../src/domain/personal.js';
import { readSampleFile } from '../support/domain.js';
import { readTextPlan } from '../support/textPlan.js';

const TABLE = ['№\tнаименование\tсроки\tответственные', '1.\tСеминар\tянварь\tМетодист'];

function read(heading: readonly string[], rows: readonly string[] = []) {
  return readTextPlan(new TextEncoder().encode([...heading, '', ...TABLE, ...rows].join('\r\n')));
}

describe('a stamp', () => {
  it('has the word, post, person and date that are printed, and its body stands apart', () => {
    const { stamps } = read([
      'Принято:',
      'Педагогический совет МБОУ «Школа № 1»',
      'Иванова И.И.',
      '28.08.2020 г.',
      '',
      'План работы',
    ]);
    expect(stamps.map(({ person, ...stamp }) => ({ ...stamp, person: person && printOf(person) }))).toEqual([
      {
        kind: 'accept',
        marker: 'Принято:',
        post: 'Педагогический совет МБОУ «Школа № 1»',
        organisation: 'МБОУ «Школа № 1»',
        person: 'Иванова И.И.',
        date: '2020-08-28',
        document: null,
      },
    ]);
  });

  it('is no stamp without a word for it, and a plan may have none', () => {
    expect(read(['План работы']).stamps).toEqual([]);
  });

  it('sets the person of the sample apart', () => {
    expect(readTextPlan(readSampleFile()).stamps.map(({ person }) => person)).toEqual([
      [{ person: 'Е.Н. Филатова' }],
      [{ person: 'СВ Стапинов' }],
    ]);
  });
});

describe('the title', () => {
  it.each([
    [
      'План работы Центра на 2020-2021 учебный год',
      '2020-09-01',
      '2021-08-31',
      'SCHOOL_YEAR',
      'на 2020-2021 учебный год',
    ],
    ['План работы Центра на 2020/2021 уч. год', '2020-09-01', '2021-08-31', 'SCHOOL_YEAR', 'на 2020/2021 уч. год'],
    ['План мероприятий на 2022 год', '2022-01-01', '2022-12-31', 'CALENDAR_YEAR', 'на 2022 год'],
  ] as const)('«%s» tells the period', (title, start, end, periodKind, periodText) => {
    expect(read([title])).toMatchObject({ title, period: { start, end }, periodKind, periodText });
  });

  it('without a year leaves the period to be asked for', () => {
    expect(read(['План работы Центра'])).toMatchObject({ period: null, periodKind: null, periodText: null });
  });

  it('names the unit in the nominative and its institution', () => {
    expect(read(['Дорожная карта Отдела воспитания МБУДО «ЦВР» на 2022 год'])).toMatchObject({
      documentKind: 'дорожная карта',
      ownerUnit: 'Отдел воспитания',
      institution: 'МБУДО «ЦВР»',
    });
  });
});

describe('a table', () => {
  it('without sections has one without a name', () => {
    expect(read(['План работы'], ['2. Форум\tмарт\tМетодист'])).toMatchObject({
      sections: [{ numberText: '', title: '', activities: [{ number: '1' }, { number: '2', title: 'Форум' }] }],
    });
  });

  it('may have rows without a number, and numbers with a point in them', () => {
    const rows = ['Форум\tмарт\tМетодист', '2.1. Слёт\tмай\tМетодист'];
    expect(read(['План работы'], rows).sections[0]?.activities.map(({ number, title }) => [number, title])).toEqual([
      ['1', 'Семинар'],
      [null, 'Форум'],
      ['2.1', 'Слёт'],
    ]);
  });
});
