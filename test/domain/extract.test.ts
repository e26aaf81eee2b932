import { describe, expect, it } from '@jest/globals';
import { extractHtml, extractText } from '../../src/documents/printing/extract.js';
import { extractOf, isMonth } from '../../src/domain/extract.js';
import type { PlanEvent } from '../../src/domain/plan/catalogue.js';
import { approvedOf, approvedSample, draftOf, planAfter, planned } from '../support/domain.js';

const print = (text: readonly unknown[]) => text.join('');
const rowsIn = (month: string, ...wordings: readonly string[]) =>
  extractOf(planAfter(approvedOf(...wordings)), month).sections.flatMap(({ rows }) =>
    rows.map(({ number, windows, dueOn }) => [number, windows.map(({ start, end }) => `${start}/${end}`), dueOn]),
  );

describe('what there is to do in a month', () => {
  it('are the rows with days in it', () => {
    expect(
      rowsIn('2020-10', 'сентябрь 2020 г.', 'октябрь 2020 г.', 'каждый 3-тий понедельник месяца', '15.10.2020'),
    ).toEqual([
      ['2', ['2020-10-01/2020-10-31'], ['2020-10-31']],
      ['3', ['2020-10-19/2020-10-19'], ['2020-10-19']],
      ['4', ['2020-10-15/2020-10-15'], ['2020-10-15']],
    ]);
  });

  it('is cut to the month; what is due later has no due day in it', () => {
    expect(rowsIn('2020-10', 'в течение года', '1 раз в квартал')).toEqual([
      ['1', ['2020-10-01/2020-10-31'], []],
      ['2', ['2020-10-01/2020-10-31'], []],
    ]);
    expect(rowsIn('2020-12', '1 раз в квартал')).toEqual([['1', ['2020-12-01/2020-12-31'], ['2020-12-31']]]);
  });

  it('leaves out what is excluded, and tells apart what has no days', () => {
    const excluded: PlanEvent = { type: 'ActivityExcluded', data: { activityId: 'a1' } };
    const extract = extractOf(planAfter(approvedOf('октябрь 2020 г.', 'по запросам'), excluded), '2020-10');
    expect(extract.sections).toEqual([]);
    expect(extract.undated).toMatchObject([{ number: '2' }]);
  });

  it.each(['2020-13', '2020-1', 'октябрь', '', '2020-10-01', '9999-01'])('«%s» is no month', (text) => {
    expect(isMonth(text)).toBe(false);
  });
});

describe('the plan of a month in print', () => {
  it('says when the plan holds no more', () => {
    const cancelled = planAfter(approvedSample(), { type: 'PlanCancelled', data: {} });
    expect(extractText(extractOf(cancelled, '2020-11'), print).split('\n')[3]).toBe('Редакция 1. План отменён');
    expect(extractHtml(extractOf(cancelled, '2020-11'), print)).toContain('План отменён');
  });

  it('names month, plan, unit and edition above its table', () => {
    const text = extractText(extractOf(planAfter(approvedSample()), '2020-11'), print);
    expect(text.split('\n').slice(0, 3)).toEqual([
      'План на ноябрь 2020 г.',
      expect.stringContaining('План работы'),
      expect.stringContaining('Центр'),
    ]);
    expect(text).toContain('Редакция 1');
    expect(text).toMatch(/^9\t.*\t01\.11–30\.11 \(ноябрь 2020 г\. апрель 2021 г\.\)\t/m);
    expect(text).toMatch(/^7\t.*\t16\.11 \(каждый 3-тий понедельник месяца\)\t/m);
  });

  it('is marked as a draft before approval, and says when there is nothing', () => {
    const text = extractText(extractOf(planAfter(draftOf('май 2021 г.')), '2020-10'), print);
    expect(text).toContain('Проект');
    expect(text).toContain('В этом месяце мероприятий нет.');
  });

  it('is a page in which no text of a plan is markup', () => {
    const evil = planned(2, 'октябрь 2020 г.', { text: '<script>alert("1")</script> & «Слёт»' });
    const html = extractHtml(extractOf(planAfter(approvedOf('октябрь 2020 г.'), evil), '2020-10'), print);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; «Слёт»');
    expect(html).toContain('<h1>План на октябрь 2020 г.</h1>');
  });
});
