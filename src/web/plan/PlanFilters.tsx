import { useCallback } from 'react';
import type { PlanRow } from '../api/queries';
import type { ShownTiming } from '../api/timing';
import { timingText } from '../parts/Badge';
import { Choice } from '../parts/Choice';
import { Search } from '../parts/Search';
import { words } from '../words/words';

/** Which rows of a plan are shown. */
export interface RowFilter {
  readonly timing: ShownTiming | '' | 'REVIEW';
  readonly text: string;
}

/** Shows all rows. */
export const EVERYTHING: RowFilter = { timing: '', text: '' };

/** Returns true when a row is to be shown. */
export function rowFits(row: PlanRow, { timing, text }: RowFilter): boolean {
  if (timing === 'REVIEW' ? !row.needsReview : timing !== '' && row.timing !== timing) return false;
  if (text === '') return true;
  const all = [row.number, row.title, ...row.subItems, row.timeframe.text, row.responsibleText].join(' ');
  return all.toLocaleLowerCase().includes(text.toLocaleLowerCase());
}

/** Filters by timing and by words. Only the timings that the plan has are offered, with their counts. */
export function PlanFilters({
  filter,
  rows,
  onChange,
}: {
  readonly filter: RowFilter;
  readonly rows: readonly PlanRow[];
  readonly onChange: (change: (filter: RowFilter) => RowFilter) => void;
}) {
  const onFind = useCallback((text: string) => onChange((before) => ({ ...before, text })), [onChange]);
  const counts = Map.groupBy(rows, ({ timing }) => timing);
  const review = rows.filter(({ needsReview }) => needsReview).length;
  const options: (readonly [RowFilter['timing'], string])[] = [
    ['', `${words.plan.all} (${rows.length})`],
    ...[...counts].map(([timing, of]) => [timing, `${timingText(timing)} (${of.length})`] as const),
    ...(review > 0 ? [['REVIEW', `${words.plan.review} (${review})`] as const] : []),
  ];
  return (
    <>
      <Choice
        label={words.plan.filter}
        value={filter.timing}
        options={options}
        onChange={(timing) => onChange((before) => ({ ...before, timing }))}
      />
      <Search label={words.plan.find} onFind={onFind} />
    </>
  );
}
