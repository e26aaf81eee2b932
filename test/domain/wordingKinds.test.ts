import { describe, expect, it } from '@jest/globals';
import { notationText } from '../../src/domain/schedule.js';
import { readTimeframe } from '../../src/domain/wording/read.js';

const SCHOOL_YEAR = { start: '2023-09-01', end: '2024-08-31' };

/** Returns the reading of a wording in a plan of a school year, and its alternatives. */
function read(text: string, heading = '') {
  const { schedule, alternatives, confidence } = readTimeframe(text, SCHOOL_YEAR, heading);
  return { main: notationText(schedule), others: alternatives.map(notationText), confidence };
}

describe('days in August of a school year', () => {
  it.each([
    ['август', 'month:2024-08-01/2024-08-31', 'month:2023-08-01/2023-08-31'],
    ['25 августа', 'date:2024-08-25/2024-08-25', 'date:2023-08-25/2023-08-25'],
    [
      '25, 30 августа',
      'date:2024-08-25/2024-08-25;2024-08-30/2024-08-30',
      'date:2023-08-25/2023-08-25;2023-08-30/2023-08-30',
    ],
    ['20-31 августа', 'range:2024-08-20/2024-08-31', 'range:2023-08-20/2023-08-31'],
    ['с 20 по 31 августа', 'range:2024-08-20/2024-08-31', 'range:2023-08-20/2023-08-31'],
    ['25.08-30.08', 'range:2024-08-25/2024-08-30', 'range:2023-08-25/2023-08-30'],
    ['последний вторник августа', 'date:2024-08-27/2024-08-27', 'date:2023-08-29/2023-08-29'],
    ['первая декада августа', 'range:2024-08-01/2024-08-10', 'range:2023-08-01/2023-08-10'],
    ['конец августа', 'range:2024-08-21/2024-08-31', 'range:2023-08-21/2023-08-31'],
    ['до 25 августа', 'deadline:../2024-08-25', 'deadline:../2023-08-25'],
    ['до конца августа', 'deadline:../2024-08-31', 'deadline:../2023-08-31'],
    ['до середины августа', 'deadline:../2024-08-15', 'deadline:../2023-08-15'],
    ['август (до 25.08)', 'deadline:../2024-08-25', 'deadline:../2023-08-25'],
    ['за 3 дня до 25 августа', 'deadline:../2024-08-22', 'deadline:../2023-08-22'],
    ['с 25 августа', 'range:2024-08-25/2024-08-31', 'range:2023-08-25/2024-08-31'],
    ['в День флага', 'date:2024-08-22/2024-08-22', 'date:2023-08-22/2023-08-22'],
  ])('«%s» may be at the end of the year or before it', (text, main, other) => {
    expect(read(text)).toMatchObject({ main, others: expect.arrayContaining([other]), confidence: 'assumed' });
  });

  it('may be either below a heading of that month too', () => {
    const [main, other] = ['date:2024-08-25/2024-08-25', 'date:2023-08-25/2023-08-25'];
    expect(read('25', 'Август')).toEqual({ main, others: [other], confidence: 'assumed' });
  });

  it.each([
    ['25 августа 2024 г.', 'date:2024-08-25/2024-08-25', ''],
    ['25 августа', 'date:2024-08-25/2024-08-25', 'Август 2024'],
    ['июнь – август', 'range:2024-06-01/2024-08-31', ''],
    ['15 июля – 20 августа', 'range:2024-07-15/2024-08-20', ''],
  ])('«%s» is %s where the year or a neighbour is printed', (text, main, heading) => {
    expect(read(text, heading)).toEqual({ main, others: [], confidence: 'certain' });
  });

  it.each([
    ['25 августа, 1 сентября', 'date:2023-08-25/2023-08-25;2023-09-01/2023-09-01'],
    ['25 августа – 5 сентября', 'range:2023-08-25/2023-09-05'],
  ])('«%s» begins before the year', (text, main) => {
    expect(read(text)).toMatchObject({ main, confidence: 'assumed' });
  });
});

describe('the end of the second half of a school year', () => {
  it.each([
    ['до конца II полугодия', 'deadline:../2024-08-31', 'deadline:../2024-05-31'],
    ['в конце II полугодия', 'range:2024-08-01/2024-08-31', 'range:2024-05-01/2024-05-31'],
  ])('«%s» may be the end of teaching', (text, main, other) => {
    expect(read(text)).toMatchObject({ main, others: expect.arrayContaining([other]) });
  });
});

describe('Roman numerals of months', () => {
  it.each([
    ['1.IX.2023', 'date:2023-09-01/2023-09-01'],
    ['1.IX.23', 'date:2023-09-01/2023-09-01'],
    ['15/IX', 'date:2023-09-15/2023-09-15'],
    ['1/IX-2023 г.', 'date:2023-09-01/2023-09-01'],
    ['5.ХII', 'date:2023-12-05/2023-12-05'],
    ['15 IX', 'date:2023-09-15/2023-09-15'],
    ['1.V, 9.V', 'date:2024-05-01/2024-05-01;2024-05-09/2024-05-09'],
    ['15-20.IX', 'range:2023-09-15/2023-09-20'],
    ['15.IX-20.X', 'range:2023-09-15/2023-10-20'],
    ['15.IX. – 20.X.2023 г.', 'range:2023-09-15/2023-10-20'],
    ['до 15.IX', 'deadline:../2023-09-15'],
    ['IX.2023', 'month:2023-09-01/2023-09-30'],
    ['III.2024', 'month:2024-03-01/2024-03-31'],
    ['II-III.2024', 'range:2024-02-01/2024-03-31'],
    ['IX', 'month:2023-09-01/2023-09-30'],
    ['IX, V', 'months:2023-09-01/2023-09-30;2024-05-01/2024-05-31'],
    ['с IX по V', 'range:2023-09-01/2024-05-31'],
  ])('«%s» is %s', (text, main) => {
    expect(read(text)).toEqual({ main, others: [], confidence: 'certain' });
  });

  it.each(['XI класс', 'IX-XI классы', 'х', 'X', '31.II', 'I-III'])('«%s» is no month', (text) => {
    expect(read(text).main).toBe('unknown:unknown');
  });

  it.each([
    ['II квартал', 'range:2024-04-01/2024-06-30'],
    ['III, IV кв.', 'range:2023-07-01/2023-12-31'],
    ['I полугодие', 'range:2023-09-01/2023-12-31'],
  ])('«%s» is a part of the year', (text, main) => {
    expect(read(text)).toMatchObject({ main });
  });
});

describe('days behind their month', () => {
  it.each([
    ['октябрь 12', 'date:2023-10-12/2023-10-12'],
    ['октябрь⏎12', 'date:2023-10-12/2023-10-12'],
    ['октябрь, 12 и 15', 'date:2023-10-12/2023-10-12;2023-10-15/2023-10-15'],
    ['октябрь (12-15)', 'range:2023-10-12/2023-10-15'],
    ['октябрь: 12, 15; ноябрь: 3', 'date:2023-10-12/2023-10-12;2023-10-15/2023-10-15;2023-11-03/2023-11-03'],
    ['в октябре 12 числа', 'date:2023-10-12/2023-10-12'],
    ['май, 24', 'date:2024-05-24/2024-05-24'],
  ])('«%s» is %s', (text, main) => {
    expect(read(text.replace('⏎', '\n'))).toEqual({ main, others: [], confidence: 'certain' });
  });

  it.each([
    ['октябрь, 5 класс', 'month:2023-10-01/2023-10-31'],
    ['октябрь 12 человек', 'month:2023-10-01/2023-10-31'],
    ['октябрь, 12 ноября', 'range:2023-10-01/2023-10-31;2023-11-12/2023-11-12'],
    ['май 24 г.', 'month:2024-05-01/2024-05-31'],
    ['15 мая 24 г.', 'date:2024-05-15/2024-05-15'],
    ['май 24', 'unknown:unknown'],
  ])('«%s» is %s', (text, main) => {
    expect(read(text).main).toBe(main);
  });
});

describe('a number of days before or after a date', () => {
  it.each([
    ['за 5 рабочих дней до 20 мая', '2024-05-13', '2024-05-15'],
    ['за 5 (пять) рабочих дней до 20 мая', '2024-05-13', '2024-05-15'],
    ['не позднее чем за 3 рабочих дня до 20 мая', '2024-05-15', '2024-05-17'],
    ['не позднее, чем за 3 рабочих дня до 20 мая', '2024-05-15', '2024-05-17'],
    ['не позднее 3 рабочих дней до 20 мая', '2024-05-15', '2024-05-17'],
    ['за 5 рабочих дней до начала учебного года', '2023-08-25', '2023-08-27'],
    ['в течение 5 рабочих дней после 20 мая', '2024-05-27', '2024-05-25'],
  ])('«%s» is counted in working days, or in days of the calendar', (text, main, other) => {
    expect(read(text)).toEqual({
      main: `deadline:../${main}`,
      others: [`deadline:../${other}`],
      confidence: 'assumed',
    });
  });

  it.each([
    ['за день до 1 октября', '2023-09-30'],
    ['минимум за 3 дня до 20.05', '2024-05-17'],
    ['за неделю до Нового года', '2023-12-24'],
    ['в течение 10 дней после 1 сентября', '2023-09-11'],
    ['не позднее 3 дней до 20 мая', '2024-05-17'],
  ])('«%s» is due on %s', (text, main) => {
    expect(read(text)).toMatchObject({ main: `deadline:../${main}`, confidence: 'certain' });
  });

  it('is counted by the working days of the organisation', () => {
    const calendar = { daysOff: ['2024-05-09', '2024-05-10'], workingDays: ['2024-05-11'] };
    const { schedule } = readTimeframe('за 3 рабочих дня до 14 мая', SCHOOL_YEAR, '', [], calendar);
    expect(notationText(schedule)).toBe('deadline:../2024-05-08');
  });
});

describe('a stretch and days within it', () => {
  it.each([
    ['сентябрь, 1 полугодие', 'month:2023-09-01/2023-09-30', 'range:2023-09-01/2023-12-31'],
    ['январь, 15 января', 'date:2024-01-15/2024-01-15', 'month:2024-01-01/2024-01-31'],
    ['весна, май', 'month:2024-05-01/2024-05-31', 'range:2024-03-01/2024-05-31'],
    ['2023-2024 учебный год, сентябрь', 'month:2023-09-01/2023-09-30', 'continuous:2023-09-01/2024-08-31'],
  ])('«%s» is the days, or the stretch', (text, main, other) => {
    expect(read(text)).toMatchObject({ main, others: expect.arrayContaining([other]), confidence: 'assumed' });
  });
});

describe('other wordings of school plans', () => {
  it.each([
    ['I семестр', 'range:2023-09-01/2023-12-31'],
    ['1 п/г', 'range:2023-09-01/2023-12-31'],
    ['1 раз в семестр', 'per-period-count:1/half-year'],
    ['последняя неделя каждой четверти', 'per-period-count:1/term'],
    ['последний день октября', 'date:2023-10-31/2023-10-31'],
    ['осенние, зимние, весенние каникулы', 'by-schedule:external'],
    ['с сентября по август, ежемесячно', 'recurring:RRULE:FREQ=MONTHLY'],
    ['1 раз в 2 недели (четверг)', 'recurring:RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'],
    ['1 раз в неделю по пятницам', 'recurring:RRULE:FREQ=WEEKLY;BYDAY=FR'],
  ])('«%s» is certainly %s', (text, main) => {
    expect(read(text)).toMatchObject({ main, confidence: 'certain' });
  });

  it.each([
    ['II пол.', 'range:2024-01-01/2024-08-31', 'range:2024-01-01/2024-05-31'],
    ['в первых числах сентября', 'range:2023-09-01/2023-09-10', 'month:2023-09-01/2023-09-30'],
    ['в последних числах мая', 'range:2024-05-21/2024-05-31', 'month:2024-05-01/2024-05-31'],
    ['весенние каникулы, 25-31 марта', 'range:2024-03-25/2024-03-31', 'by-schedule:external'],
    ['1-я неделя сентября – 2-я неделя мая', 'range:2023-09-01/2024-05-14', 'range:2023-08-28/2024-05-12'],
    ['до 3-й недели октября', 'deadline:../2023-10-21', 'deadline:../2023-10-15'],
    ['в период подготовки к ГИА', 'by-schedule:external', 'on-demand:on-demand'],
  ])('«%s» is %s, or %s', (text, main, other) => {
    expect(read(text)).toMatchObject({ main, others: expect.arrayContaining([other]), confidence: 'assumed' });
  });

  it('have a time of the day in whole hours', () => {
    const { main, others } = read('15 октября с 10 до 12 часов');
    expect([main, ...others]).toEqual(['date:2023-10-15/2023-10-15', 'range:2023-10-15T10:00/2023-10-15T12:00']);
  });

  it('may have the name of an event beside a day', () => {
    expect(readTimeframe('25 мая (последний звонок)', SCHOOL_YEAR)).toMatchObject({
      schedule: { kind: 'dates', windows: [{ start: '2024-05-25', end: '2024-05-25' }] },
      residue: 'последний звонок',
    });
  });
});
