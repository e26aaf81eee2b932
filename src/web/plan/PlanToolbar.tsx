import { useQuery } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { Link } from 'wouter';
import { type PlanRow, viewerQuery } from '../api/queries';
import { words } from '../words/words';
import { comparisonHref, hrefOf, type PlanAddress } from './address';
import { Downloads } from './Downloads';
import { PlanFilters, type RowFilter } from './PlanFilters';

const VIEWS = ['table', 'month', 'year'] as const;

/** The views of a plan, its filters, and the actions on the whole plan. */
export function PlanToolbar({
  address,
  activityId,
  filter,
  rows,
  onFilter,
  onLookBack,
}: {
  readonly address: PlanAddress;
  readonly activityId: string | undefined;
  readonly filter: RowFilter;
  readonly rows: readonly PlanRow[];
  readonly onFilter: (change: (filter: RowFilter) => RowFilter) => void;
  /** Shows the slider over the history; undefined when it is shown. */
  readonly onLookBack: (() => void) | undefined;
}) {
  const viewer = useQuery(viewerQuery);
  const mayAudit = viewer.data?.viewer.reads.includes('audit') ?? false;
  return (
    <>
      <div className="toolbar forms">
        <nav aria-label={words.plan.form} className="choices">
          {VIEWS.map((view) => (
            <Link
              key={view}
              href={hrefOf({ ...address, view }, activityId)}
              aria-current={view === address.view ? 'true' : undefined}
            >
              {words.plan.forms[view]}
            </Link>
          ))}
        </nav>
        {mayAudit && (
          <>
            {onLookBack && (
              <Button className="quiet" onPress={onLookBack}>
                {words.past.open}
              </Button>
            )}
            <Link href={comparisonHref(address.planId)} className="button quiet">
              {words.compare.title}
            </Link>
            <Link href={`/journal?plan=${address.planId}`} className="button quiet">
              {words.journal}
            </Link>
          </>
        )}
        {/* The files contain the present plan, so they are not offered for a past day. */}
        {address.day === undefined && <Downloads planId={address.planId} />}
      </div>
      <div className="toolbar">
        <PlanFilters filter={filter} rows={rows} onChange={onFilter} />
      </div>
    </>
  );
}
