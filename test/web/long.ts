import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const SECTIONS = 4;
const ROWS_PER_SECTION = 250;
/** Rows of a long plan. */
export const ROWS = SECTIONS * ROWS_PER_SECTION;
/** Lines of its table: the column headings, the sections and the rows. */
export const LINES = 1 + SECTIONS + ROWS;
/** Maximum number of rows in the document. */
export const MOST = 400;
/**
 * Longest task while scrolling, in milliseconds. The goal is 100 ms, which a quiet machine meets. On a busy machine a
 * task also includes the time of other programs, so the test allows more, and uses the best of some attempts.
 */
const LONGEST_MS = 400;
const ATTEMPTS = 5;

const Scrolled = z.object({ most: z.number(), longest: z.number() });

/**
 * Returns the text of a plan of a thousand rows of different heights. `term` returns the timeframe of a row by its
 * number.
 */
export function longPlan(term = (_number: number) => 'до 20 ноября 2020 г.'): string {
  const head = ['Утверждаю', 'Директор', '', '**План работы района', 'на 2020-2021 учебный год**', ''];
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const section = at / ROWS_PER_SECTION + 1;
    const heading = Number.isInteger(section) ? [`${section}. Раздел ${section}\t\t\t`] : [];
    const title = `Дело номер ${at + 1}${' с подробным описанием того, что сделать'.repeat(at % 4)}`;
    return [...heading, `${at + 1}.\t${title}\t${term(at + 1)}\tМетодист, педагоги`].join('\n');
  });
  return [...head, '№\tнаименование\tсроки\tответственные', ...rows].join('\n');
}

/** Returns a row of a {@link longPlan} in the table of a page, by its number. */
export function longRow(page: Page, number: number) {
  return page
    .getByRole('row')
    .filter({ hasText: new RegExp(`Дело номер ${number}(\\D|$)`) })
    .first();
}

/** Returns the number of table rows in a page. */
export async function linesIn(page: Page): Promise<number> {
  return Number(await page.evaluate('document.querySelectorAll("tr").length'));
}

const SCROLL = `new Promise((done) => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)));
  observer.observe({ type: 'longtask' });
  let most = 0;
  const end = () => document.documentElement.scrollHeight - innerHeight;
  const step = () => {
    most = Math.max(most, document.querySelectorAll('tr').length);
    if (scrollY < end() - 2) {
      scrollBy(0, 600);
      requestAnimationFrame(step);
    } else {
      tasks.push(...observer.takeRecords().map((each) => each.duration));
      done({ most, longest: Math.max(0, ...tasks) });
    }
  };
  requestAnimationFrame(step);
})`;

/** Scrolls a page with a long plan to its end: no long task, and few rows in the document at any time. */
export async function expectSmoothScroll(page: Page): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  for (let made = 0; made < ATTEMPTS && best > LONGEST_MS; made += 1) {
    await page.evaluate('scrollTo(0, 0)');
    await longRow(page, 1).waitFor();
    const { most, longest } = Scrolled.parse(await page.evaluate(SCROLL));
    await longRow(page, ROWS).waitFor();
    expect(most).toBeLessThanOrEqual(MOST);
    best = Math.min(best, longest);
  }
  expect(best).toBeLessThanOrEqual(LONGEST_MS);
}
