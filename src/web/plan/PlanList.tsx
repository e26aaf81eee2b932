import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import { type PlanStatus, PlansDocument } from '../api/generated/graphql';
import { OVERVIEW_KEY, viewerQuery } from '../api/queries';
import { StatusBadge } from '../parts/Badge';
import { Choice } from '../parts/Choice';
import { OrganisationChoice } from '../parts/OrganisationChoice';
import { Problem } from '../parts/Problem';
import { Search } from '../parts/Search';
import { useTitle } from '../parts/useTitle';
import { windowText } from '../words/dates';
import { words } from '../words/words';

const STATUSES = ['DRAFT', 'ON_AGREEMENT', 'AGREED', 'APPROVED', 'CLOSED', 'CANCELLED', 'WITHDRAWN'] as const;

/** The plans that the person sees, by title, organisation and status. */
export default function PlanList() {
  useTitle(words.plans);
  const [text, setText] = useState('');
  const [status, setStatus] = useState<PlanStatus | ''>('');
  const [organisation, setOrganisation] = useState('');
  const found = useInfiniteQuery({
    queryKey: [...OVERVIEW_KEY, 'plans', text, status, organisation],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const filter = { text: text || null, status: status === '' ? null : [status] };
      return (await ask(PlansDocument, { ...filter, organisationId: organisation || null, after: pageParam })).plans;
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
  const viewer = useQuery(viewerQuery);
  const mayImport = viewer.data?.viewer.gives.includes('importPlan') ?? false;
  const plans = found.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  return (
    <>
      <h1>{words.plans}</h1>
      <div className="filters">
        <Search label={words.list.search} onFind={setText} />
        <Choice
          label={words.list.status}
          value={status}
          onChange={setStatus}
          options={[['', words.list.allStatuses], ...STATUSES.map((each) => [each, words.status[each]] as const)]}
        />
        <OrganisationChoice value={organisation} onChange={setOrganisation} />
      </div>
      {found.error && <Problem error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <p className="wait">{words.loading}</p>}
      {found.isSuccess && plans.length === 0 && (
        <div className="empty">
          <p>{words.list.none}</p>
          {mayImport && <Link href="/document">{words.list.noneHint}</Link>}
        </div>
      )}
      <ul className="cards">
        {plans.map((plan) => (
          <li key={plan.id}>
            <h2>
              <Link href={`/plan/${plan.id}`}>{plan.title}</Link>
            </h2>
            <p>
              <StatusBadge status={plan.status} /> {plan.ownerUnit}
              {plan.institution && `, ${plan.institution}`}
            </p>
            <p className="small">
              {plan.period && `${windowText(plan.period)} · `}
              {plan.activityCount} {words.list.activities}
              {plan.edition > 0 && ` · ${words.list.edition} ${plan.edition}`}
              {plan.reviewCount > 0 && ` · ${plan.reviewCount} ${words.list.review}`}
            </p>
          </li>
        ))}
      </ul>
      {found.hasNextPage && <Button onPress={() => void found.fetchNextPage()}>{words.list.more}</Button>}
    </>
  );
}
