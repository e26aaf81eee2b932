import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import {
  type PlanStatus,
  PlansInStatusDocument,
  type PlansInStatusQuery,
  WaitingDocument,
  type WaitingQuery,
} from '../api/generated/graphql';
import { OVERVIEW_KEY, viewerQuery } from '../api/queries';
import { Problem } from '../parts/Problem';
import { words } from '../words/words';
import { DueList } from './DueList';
import { ofActivities } from './dueItem';

/** What waits for a decision of this person, by what the role may do. The heading is there even if nothing waits. */
export function Waiting() {
  const { data: me } = useQuery(viewerQuery);
  const gives = me?.viewer.gives ?? [];
  const asks = {
    reports: gives.includes('acceptReport'),
    terms: gives.includes('grantReschedule'),
    wordings: gives.includes('resolveWording'),
  };
  const waiting = useQuery({
    queryKey: [...OVERVIEW_KEY, 'waiting', asks],
    queryFn: async () => {
      const found = await ask(WaitingDocument, asks);
      return { ...found, reported: found.reported && (await withoutOwn(found.reported)) };
    },
  });
  const { data } = waiting;
  const agreed = usePlansIn('ON_AGREEMENT', gives.includes('agreePlan'));
  const approved = usePlansIn('AGREED', gives.includes('approvePlan'));
  const failed = [waiting, agreed, approved].find(({ error, isSuccess }) => error && !isSuccess);
  const lists = [
    [words.home.reports, data?.reported],
    [words.home.terms, data?.asked],
    [words.home.wordings, data?.unread],
  ] as const;
  const open = lists.flatMap(([title, found]) => (found && found.totalCount > 0 ? [{ title, found }] : []));
  const plans = [
    { title: words.home.agree, found: agreed.data },
    { title: words.home.approve, found: approved.data },
  ].flatMap(({ title, found }) => (found && found.totalCount > 0 ? [{ title, found }] : []));
  const isFree = data !== undefined && agreed.data !== undefined && approved.data !== undefined;
  return (
    <section className="waiting" aria-labelledby="waiting-title">
      <h2 className="part" id="waiting-title">
        {words.home.waiting}
      </h2>
      {failed?.error && <Problem error={failed.error} again={() => void failed.refetch()} />}
      {open.map(({ title, found }) => (
        <DueList key={title} title={title} found={ofActivities(found)} />
      ))}
      {plans.map((each) => (
        <PlansWaiting key={each.title} {...each} />
      ))}
      {isFree && open.length + plans.length === 0 && <p className="card small">{words.home.free}</p>}
    </section>
  );
}

type Reported = NonNullable<WaitingQuery['reported']>;

/** Further pages are read until this many reports of others are found. */
const ENOUGH = 5;

/**
 * Returns the activities with a report that this person may accept: of own ones only where the settings of the
 * organisation allow it. What is not read counts as reports of others.
 */
async function withoutOwn(first: Reported): Promise<Pick<Reported, 'nodes' | 'totalCount'>> {
  let page: Reported | null | undefined = first;
  let { totalCount } = first;
  const nodes: Reported['nodes'] = [];
  while (page) {
    const ofOthers: Reported['nodes'] = page.nodes.filter(({ reports }) =>
      reports.some(({ availableActions }) => availableActions.includes('acceptReport')),
    );
    nodes.push(...ofOthers);
    totalCount -= page.nodes.length - ofOthers.length;
    const { hasNextPage, endCursor: after }: Reported['pageInfo'] = page.pageInfo;
    if (nodes.length >= ENOUGH || !hasNextPage) break;
    const next: WaitingQuery = await ask(WaitingDocument, { reports: true, terms: false, wordings: false, after });
    page = next.reported;
  }
  return { nodes, totalCount };
}

type Plans = PlansInStatusQuery['plans'];

const NO_PLANS: Plans = { totalCount: 0, nodes: [] };

/** Reads the plans of a status; none for somebody who does not decide about them. */
function usePlansIn(status: PlanStatus, decides: boolean) {
  return useQuery({
    queryKey: [...OVERVIEW_KEY, 'plans in', status, decides],
    queryFn: async () => (decides ? (await ask(PlansInStatusDocument, { status: [status] })).plans : NO_PLANS),
  });
}

function PlansWaiting({ title, found }: { readonly title: string; readonly found: NonNullable<Plans> }) {
  const rest = found.totalCount - found.nodes.length;
  return (
    <section className="card" aria-label={title}>
      <h2>
        {title} <span className="count">{found.totalCount}</span>
      </h2>
      <ul className="due">
        {found.nodes.map((plan) => (
          <li key={plan.id}>
            <Link href={`/plan/${plan.id}`}>{plan.title}</Link>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className="small">
          <Link href="/plan">{`${words.home.more}: ${rest}`}</Link>
        </p>
      )}
    </section>
  );
}
