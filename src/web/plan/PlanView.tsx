import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { planQuery, rowsQuery } from '../api/queries';
import { PlanActions } from '../approval/PlanActions';
import { PastMark } from '../parts/PastMark';
import { Gone, Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import { shortDayText } from '../words/dates';
import { words } from '../words/words';
import { usePlanAddress } from './address';
import { PlanContent } from './PlanContent';
import { EVERYTHING, type RowFilter, rowFits } from './PlanFilters';
import { PlanToolbar } from './PlanToolbar';
import { Stamps } from './Stamps';

const ActivityPanel = lazy(() => import('../activity/ActivityPanel'));
const PastBar = lazy(() => import('./past/PastBar'));

/** A plan in the form of the signed paper, at present or on a past day, with an open activity beside it. */
export default function PlanView({
  planId,
  activityId,
}: {
  readonly planId: string;
  readonly activityId: string | undefined;
}) {
  const address = usePlanAddress(planId);
  const { day } = address;
  // When the day changes, the old plan is shown until the plan of the new day has arrived.
  const head = useQuery({ ...planQuery(planId, day), placeholderData: keepPreviousData });
  const rows = useQuery({ ...rowsQuery(planId, day), placeholderData: keepPreviousData });
  const [filter, setFilter] = useState<RowFilter>(EVERYTHING);
  const [isOpened, setOpened] = useState(false);
  const isLookingBack = isOpened || day !== undefined;
  const shown = useMemo(() => rows.data?.filter((row) => rowFits(row, filter)), [rows.data, filter]);
  const plan = head.data;
  useTitle(plan ? `${plan.title}${day === undefined ? '' : ` (${words.past.on} ${shortDayText(day)})`}` : undefined);
  const error = head.error ?? rows.error;
  if (error && !plan) {
    return <Problem error={error} again={() => void Promise.all([head.refetch(), rows.refetch()])} />;
  }
  if (plan === null && day === undefined) return <Gone />;
  const bar = isLookingBack && (
    <Suspense fallback={<p className="wait">{words.loading}</p>}>
      <PastBar address={address} activityId={activityId} onClose={() => setOpened(false)} />
    </Suspense>
  );
  if (plan === undefined) return bar || <p className="wait">{words.loading}</p>;
  if (plan === null) {
    return (
      <>
        {bar}
        <p className="empty" role="alert">
          {words.past.none}
        </p>
      </>
    );
  }
  const isLoading = head.isPlaceholderData || rows.isPlaceholderData;
  return (
    <div className={activityId === undefined ? 'plan' : 'plan beside'}>
      <div className="paper-side">
        {bar}
        <PlanToolbar
          address={address}
          activityId={activityId}
          filter={filter}
          rows={rows.data ?? []}
          onFilter={setFilter}
          onLookBack={isLookingBack ? undefined : () => setOpened(true)}
        />
        {!isLookingBack && <PlanActions plan={plan} />}
        {shown && rows.data && shown.length < rows.data.length && (
          <p className="small" role="status">
            {words.plan.shown} {shown.length} {words.plan.of} {rows.data.length}
          </p>
        )}
        <article
          className={day === undefined ? 'paper' : 'paper past'}
          aria-labelledby="plan-title"
          aria-busy={isLoading}
        >
          {isLoading && <p className="past-mark">{words.loading}</p>}
          {!isLoading && day !== undefined && <PastMark day={day} />}
          {address.view === 'table' && <Stamps stamps={plan.stamps} />}
          <h1 id="plan-title">{plan.title}</h1>
          <p className="edition">
            {words.status[plan.status]}
            {plan.edition > 0 && ` · ${words.list.edition} ${plan.edition}`}
          </p>
          {shown && rows.data ? (
            <PlanContent address={address} plan={plan} shown={shown} activityId={activityId} total={rows.data.length} />
          ) : (
            <p className="wait">{words.loading}</p>
          )}
        </article>
      </div>
      {activityId !== undefined && (
        <Suspense fallback={<aside className="panel" aria-busy="true" aria-label={words.loading} />}>
          <ActivityPanel key={activityId} address={address} id={activityId} />
        </Suspense>
      )}
    </div>
  );
}
