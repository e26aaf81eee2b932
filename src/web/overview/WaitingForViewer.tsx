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
import { isDoubtful } from '../forms/reading';
import { Problem } from '../parts/Problem';
import { planListHref } from '../plan/listAddress';
import { words } from '../words/words';
import { overviewHref, useOverviewAddress } from './address';
import { DueList } from './DueList';
import { ofActivities } from './dueItem';

/**
 * The things that wait for a decision of this person, by what the role may do. The heading is shown even if nothing
 * waits.
 */
export function WaitingForViewer() {
  const { data: me } = useQuery(viewerQuery);
  const gives = me?.viewer.gives ?? [];
  const address = useOverviewAddress();
  const extent = address.allWaiting ? ALL : SOME;
  const asks = {
    reports: gives.includes('acceptReport'),
    terms: gives.includes('grantReschedule'),
    wordings: gives.includes('resolveWording'),
  };
  const waiting = useQuery({
    queryKey: [...OVERVIEW_KEY, 'waiting', asks, extent],
    queryFn: async () => {
      const { reported, asked, unread } = await ask(WaitingDocument, { ...asks, first: extent.page });
      return {
        reported: await withoutOwn(reported, extent),
        asked: await allRequests(asked, extent),
        unread: await toSettle(unread, extent),
      };
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
    { title: words.home.agree, status: 'ON_AGREEMENT' as const, found: agreed.data },
    { title: words.home.approve, status: 'AGREED' as const, found: approved.data },
  ].flatMap(({ found, ...each }) => (found && found.totalCount > 0 ? [{ ...each, found }] : []));
  const isFree = data !== undefined && agreed.data !== undefined && approved.data !== undefined;
  return (
    <section className="waiting" aria-labelledby="waiting-title">
      <h2 className="part" id="waiting-title">
        {words.home.waiting}
      </h2>
      {failed?.error && <Problem error={failed.error} again={() => void failed.refetch()} />}
      {open.map(({ title, found }) => (
        <DueList
          key={title}
          title={title}
          found={ofActivities(found)}
          href={overviewHref({ ...address, allWaiting: true })}
        />
      ))}
      {plans.map((each) => (
        <PlansWaiting key={each.title} {...each} />
      ))}
      {isFree && open.length + plans.length === 0 && <p className="card small">{words.home.free}</p>}
    </section>
  );
}

/** How much of a list is read: the size of its pages, and the number of items after which no page is read. */
interface Extent {
  readonly page: number;
  readonly enough: number;
}
const SOME: Extent = { page: 20, enough: 5 };
const ALL: Extent = { page: 200, enough: 1_000 };
const NO_LISTS = { reports: false, terms: false, wordings: false };

/** A page of a list of what waits for the person. */
interface WaitingPage<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
type WaitingPart<Node> = WaitingPage<Node> | null | undefined;

/**
 * Returns the activities with a report that this person may accept: of own ones only where the settings of the
 * organisation allow it.
 */
function withoutOwn(first: WaitingQuery['reported'], extent: Extent) {
  return thatFit(
    first,
    extent,
    ({ reports }) => reports.some(({ availableActions }) => availableActions.includes('acceptReport')),
    async (after) => (await ask(WaitingDocument, { ...NO_LISTS, reports: true, first: extent.page, after })).reported,
  );
}

/** Returns the activities with a request for another term. */
function allRequests(first: WaitingQuery['asked'], extent: Extent) {
  return thatFit(
    first,
    extent,
    () => true,
    async (after) => (await ask(WaitingDocument, { ...NO_LISTS, terms: true, first: extent.page, after })).asked,
  );
}

/**
 * Returns the activities with a question that this person can answer now: an unsure term, or anything in a draft, which
 * is corrected in its file.
 */
function toSettle(first: WaitingQuery['unread'], extent: Extent) {
  return thatFit(
    first,
    extent,
    ({ timeframe, plan }) =>
      plan?.availableActions.includes('resolveWording') === true && (plan.status === 'DRAFT' || isDoubtful(timeframe)),
    async (after) => (await ask(WaitingDocument, { ...NO_LISTS, wordings: true, first: extent.page, after })).unread,
  );
}

/** Returns the items that fit, reading pages until there are enough. Items that are not read count in `totalCount`. */
async function thatFit<Node>(
  first: WaitingPart<Node>,
  { enough }: Extent,
  fits: (node: Node) => boolean,
  next: (after: string | null) => Promise<WaitingPart<Node>>,
): Promise<Pick<WaitingPage<Node>, 'nodes' | 'totalCount'> | undefined> {
  if (!first) return undefined;
  let { totalCount } = first;
  const nodes: Node[] = [];
  for (let page: WaitingPart<Node> = first; page; ) {
    const fitting: Node[] = page.nodes.filter(fits);
    nodes.push(...fitting);
    totalCount -= page.nodes.length - fitting.length;
    page = nodes.length < enough && page.pageInfo.hasNextPage ? await next(page.pageInfo.endCursor) : null;
  }
  return { nodes, totalCount };
}

type WaitingPlans = NonNullable<PlansInStatusQuery['plans']>;

const NO_PLANS: WaitingPlans = { totalCount: 0, nodes: [] };

/** Reads the plans in a status; an empty list for a person who does not decide about them. */
function usePlansIn(status: PlanStatus, decides: boolean) {
  return useQuery({
    queryKey: [...OVERVIEW_KEY, 'plans in', status, decides],
    queryFn: async () => (decides ? (await ask(PlansInStatusDocument, { status: [status] })).plans : NO_PLANS),
  });
}

function PlansWaiting({
  title,
  status,
  found,
}: {
  readonly title: string;
  readonly status: PlanStatus;
  readonly found: WaitingPlans;
}) {
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
          <Link href={planListHref({ status })}>{`${words.home.more}: ${rest}`}</Link>
        </p>
      )}
    </section>
  );
}
