import { monthText } from '../words/dates';
import { words } from '../words/words';
import { DueLines } from './DueList';
import { byMonth, type DueItem } from './dueItem';

/** The points that a figure counts, by month of their due days, with the number in each month. */
export function MonthsOfItems({
  items,
  isWhole,
}: {
  readonly items: readonly DueItem[];
  /** False while further pages are not read: the last month may have more than is shown. */
  readonly isWhole: boolean;
}) {
  const months = byMonth(items);
  return months.map(({ month, count, items: lines }, index) => {
    const isOpenEnded = !isWhole && index === months.length - 1;
    return (
      <section key={month} aria-labelledby={`month-${month}`}>
        <h2 id={`month-${month}`}>
          {month === '' ? words.figures.nothingDue : monthText(month)} — {count}
          {isOpenEnded && '+'}
        </h2>
        <DueLines items={lines} />
      </section>
    );
  });
}
