import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import { type PlanStatus, PlansInStatusDocument, WaitingDocument } from '../api/generated/graphql';
import { OVERVIEW_KEY, viewerQuery } from '../api/queries';
import { Problem } from '../parts/Problem';
import { words } from '../words/words';
import { DueList } from './DueList';
import { ofActivities } from './dueItem';

/** What waits for a decision of this person, by what the role may do. */
export function Waiting() {
  const { data: me } = useQuery(viewerQuery);
  const gives = me?.viewer.gives ?? [];
  const asks = {
    reports: gives.includes('acceptReport'),
    terms: gives.includes('grantReschedule'),
    wordings: gives.includes('resolveWording'),
  };
  const { data, error, refetch } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'waiting', asks],
    queryFn: () => ask(WaitingDocument, asks),
  });
  const lists = [
    [words.home.reports, data?.reported],
    [words.home.terms, data?.asked],
    [words.home.wordings, data?.unread],
  ] as const;
  const open = lists.flatMap(([title, found]) => (found && found.totalCount > 0 ? [{ title, found }] : []));
  return (
    <>
      {error && !data && <Problem error={error} again={() => void refetch()} />}
      {open.map(({ title, found }) => (
        <DueList key={title} title={title} found={ofActivities(found)} />
      ))}
      {data && open.length === 0 && (
        <section className="card" aria-labelledby="waiting-title">
          <h2 id="waiting-title">{words.home.waiting}</h2>
          <p className="small">{words.home.free}</p>
        </section>
      )}
      {gives.includes('agreePlan') && <PlansWaiting title={words.home.agree} status="ON_AGREEMENT" />}
      {gives.includes('approvePlan') && <PlansWaiting title={words.home.approve} status="AGREED" />}
    </>
  );
}

function PlansWaiting({ title, status }: { readonly title: string; readonly status: PlanStatus }) {
  const { data, error, refetch } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'plans in', status],
    queryFn: async () => (await ask(PlansInStatusDocument, { status: [status] })).plans,
  });
  if (error && !data) return <Problem error={error} again={() => void refetch()} />;
  if (!data || data.totalCount === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>
        {title} <span className="count">{data.totalCount}</span>
      </h2>
      <ul className="due">
        {data.nodes.map((plan) => (
          <li key={plan.id}>
            <Link href={`/plan/${plan.id}`}>{plan.title}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
