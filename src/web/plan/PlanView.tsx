import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { planQuery, rowsQuery } from '../api/queries';
import { PlanActions } from '../approval/PlanActions';
import { Gone, Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import { words } from '../words/words';
import { Downloads } from './Downloads';
import { EVERYTHING, PlanFilters, type RowFilter, rowFits } from './PlanFilters';
import { PlanTable } from './PlanTable';
import { Stamps } from './Stamps';

const ActivityPanel = lazy(() => import('../activity/ActivityPanel'));

/** A plan as the paper that was signed, with the present status of each row, and an open activity beside it. */
export default function PlanView({
  planId,
  activityId,
}: {
  readonly planId: string;
  readonly activityId: string | undefined;
}) {
  const head = useQuery(planQuery(planId));
  const rows = useQuery(rowsQuery(planId));
  const [filter, setFilter] = useState<RowFilter>(EVERYTHING);
  const shown = useMemo(() => rows.data?.filter((row) => rowFits(row, filter)), [rows.data, filter]);
  useTitle(head.data?.title);
  const error = head.error ?? rows.error;
  if (error && !head.data) {
    return <Problem error={error} again={() => void Promise.all([head.refetch(), rows.refetch()])} />;
  }
  if (head.data === null) return <Gone />;
  const plan = head.data;
  if (!plan) return <p className="wait">{words.loading}</p>;
  return (
    <div className={activityId === undefined ? 'plan' : 'plan beside'}>
      <div className="paper-side">
        <div className="toolbar">
          <PlanFilters filter={filter} rows={rows.data ?? []} onChange={setFilter} />
          <Downloads planId={planId} />
        </div>
        <PlanActions plan={plan} />
        {shown && rows.data && shown.length < rows.data.length && (
          <p className="small" role="status">
            {words.plan.shown} {shown.length} {words.plan.of} {rows.data.length}
          </p>
        )}
        <article className="paper" aria-labelledby="plan-title">
          <Stamps stamps={plan.stamps} />
          <h1 id="plan-title">{plan.title}</h1>
          <p className="edition">
            {words.status[plan.status]}
            {plan.edition > 0 && ` · ${words.list.edition} ${plan.edition}`}
          </p>
          {shown ? (
            <PlanTable
              planId={planId}
              sections={plan.sections}
              rows={shown}
              total={rows.data?.length ?? 0}
              openId={activityId}
            />
          ) : (
            <p className="wait">{words.loading}</p>
          )}
        </article>
      </div>
      {activityId !== undefined && (
        <Suspense fallback={<aside className="panel" aria-busy="true" aria-label={words.loading} />}>
          <ActivityPanel key={activityId} planId={planId} id={activityId} />
        </Suspense>
      )}
    </div>
  );
}
