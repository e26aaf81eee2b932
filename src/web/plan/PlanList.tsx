import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useLocation } from 'wouter';
import { type AnswerData, ask } from '../api/ask';
import { FigureGroupsDocument, PlansDocument, type PlansQuery } from '../api/generated/graphql';
import { figuresQuery, OVERVIEW_KEY, viewerQuery } from '../api/queries';
import { limitOf } from '../forms/limits';
import { schoolYearFrom } from '../overview/schoolYear';
import { standOf } from '../overview/shares';
import { StatusBadge } from '../parts/Badge';
import { Choice } from '../parts/Choice';
import { OrganisationChoice } from '../parts/OrganisationChoice';
import { Problem } from '../parts/Problem';
import { Search } from '../parts/Search';
import { useTitle } from '../parts/useTitle';
import { dayRangeText } from '../words/dates';
import { words } from '../words/words';
import { type PlanListAddress, planListHref, STATUS_CHOICES, usePlanListAddress } from './listAddress';

/** The plans that the person sees, by title, organisation, status and school year, each with its progress. */
export default function PlanList() {
  useTitle(words.plans);
  const [text, setText] = useState('');
  const address = usePlanListAddress();
  const { status, organisation, year: begins } = address;
  const [, go] = useLocation();
  const filterBy = (changed: PlanListAddress) => go(planListHref({ ...address, ...changed }), { replace: true });
  const figures = useQuery(figuresQuery(undefined));
  const years = figures.data?.schoolYears.toSorted((a, b) => b - a) ?? [];
  const found = useInfiniteQuery({
    queryKey: [...OVERVIEW_KEY, 'plans', text, status, organisation, begins],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const year = begins === undefined ? null : schoolYearFrom(begins);
      const filter = {
        text: text || null,
        status: status === undefined ? null : [status],
        underOrganisationId: organisation ?? null,
        overlaps: year && { start: year.from, end: year.to },
      };
      return (await ask(PlansDocument, { ...filter, after: pageParam })).plans;
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
  const viewer = useQuery(viewerQuery);
  const mayImport = viewer.data?.viewer.gives.includes('importPlan') ?? false;
  const total = found.data?.pages[0]?.totalCount ?? 0;
  const plans = found.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  return (
    <>
      <h1>{words.plans}</h1>
      <div className="filters">
        <Search label={words.list.search} limit={limitOf('plans', 'filter.text')} onFind={setText} />
        <Choice
          label={words.list.status}
          value={status ?? ''}
          onChange={(chosen) => filterBy({ status: chosen || undefined })}
          options={[['', words.list.allStatuses], ...STATUS_CHOICES.map((each) => [each, words.status[each]] as const)]}
        />
        {years.length > 0 && (
          <Choice
            label={words.figures.year}
            value={String(begins ?? '')}
            onChange={(chosen) => filterBy({ year: chosen === '' ? undefined : Number(chosen) })}
            options={[['', words.list.allYears], ...years.map((each) => [`${each}`, `${each}/${each + 1}`] as const)]}
          />
        )}
        <OrganisationChoice value={organisation ?? ''} onChange={(id) => filterBy({ organisation: id || undefined })} />
      </div>
      {found.error && <Problem error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <p className="wait">{words.loading}</p>}
      {total > 0 && (
        <p className="small" role="status">
          {words.list.count}: {total}
        </p>
      )}
      {found.isSuccess && plans.length === 0 && (
        <div className="empty">
          <p>{words.list.none}</p>
          {mayImport && <Link href="/document">{words.list.noneHint}</Link>}
        </div>
      )}
      {found.data?.pages.map(({ nodes }) => nodes.length > 0 && <PlanCards key={nodes[0]?.id} plans={nodes} />)}
      {found.hasNextPage && <Button onPress={() => void found.fetchNextPage()}>{words.list.more}</Button>}
    </>
  );
}

type ListedPlans = AnswerData<PlansQuery>['plans']['nodes'];

/** The plans of one page of the list. Their progress is read apart: the list does not wait for it. */
function PlanCards({ plans }: { readonly plans: ListedPlans }) {
  const planIds = plans.map(({ id }) => id);
  const { data } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'progress', planIds],
    queryFn: async () => (await ask(FigureGroupsDocument, { filter: { planIds }, groupBy: 'PLAN' })).monitoring.groups,
  });
  const progress = new Map(data?.map((group) => [group.key, standOf(group)] as const));
  return (
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
            {plan.period && `${dayRangeText(plan.period)} · `}
            {plan.activityCount} {words.list.activities}
            {plan.edition > 0 && ` · ${words.list.edition} ${plan.edition}`}
            {plan.reviewCount > 0 && ` · ${plan.reviewCount} ${words.list.review}`}
          </p>
          <PlanProgress of={progress.get(plan.id)} title={plan.title} />
        </li>
      ))}
    </ul>
  );
}

/** How many points of a plan are done and how many are overdue; nothing for a plan without points. */
function PlanProgress({ of, title }: { readonly of: ReturnType<typeof standOf> | undefined; readonly title: string }) {
  if (of === undefined || of.planned === 0) return null;
  const { planned, done, overdue } = of;
  return (
    <p className="progress">
      <meter min={0} max={planned} value={done} aria-label={`${words.figures.done}: ${title}`} />
      <span>
        {words.figures.done} {done} {words.figures.of} {planned}
      </span>
      {overdue > 0 && (
        <span className="late">
          {words.figures.overdue}: {overdue}
        </span>
      )}
    </p>
  );
}
