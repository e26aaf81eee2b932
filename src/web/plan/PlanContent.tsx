import { lazy, Suspense, useMemo } from 'react';
import type { HeadFragment } from '../api/generated/graphql';
import type { PlanRow } from '../api/queries';
import { words } from '../words/words';
import type { PlanAddress } from './address';
import { PlanTable } from './PlanTable';

const MonthCalendar = lazy(() => import('./calendar/MonthCalendar'));
const YearStrip = lazy(() => import('./calendar/YearStrip'));

interface ShownRows {
  readonly address: PlanAddress;
  readonly plan: HeadFragment;
  /** The rows that fit the filter. */
  readonly shown: readonly PlanRow[];
}

/** The rows of a plan in the view that the address names: a table as printed, a month, or a strip of the year. */
export function PlanContent({
  total,
  activityId,
  ...rows
}: ShownRows & { readonly total: number; readonly activityId: string | undefined }) {
  const { address, plan, shown } = rows;
  const sections = useMemo(() => sectionsOf(plan, shown, total), [plan, shown, total]);
  if (shown.length === 0) return <p className="empty">{total === 0 ? words.plan.noRows : words.plan.nothing}</p>;
  if (address.view === 'table') {
    return <PlanTable address={address} sections={sections} rows={shown} openId={activityId} />;
  }
  return <Calendar {...rows} plan={{ ...plan, sections }} />;
}

/** Returns the sections of a plan. While a filter hides rows, only sections with visible rows. */
function sectionsOf({ sections }: HeadFragment, shown: readonly PlanRow[], total: number): HeadFragment['sections'] {
  if (shown.length === total) return sections;
  const ids = new Set(shown.map(({ sectionId }) => sectionId));
  return sections.filter(({ id }) => ids.has(id));
}

function Calendar({ address, plan, shown }: ShownRows) {
  const Form = address.view === 'month' ? MonthCalendar : YearStrip;
  return (
    <Suspense fallback={<p className="wait">{words.loading}</p>}>
      <Form address={address} plan={plan} today={address.day ?? plan.today} rows={shown} />
    </Suspense>
  );
}
