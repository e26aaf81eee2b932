import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import { FigureGroupsDocument, type GroupFragment, type MonitoringGroupBy } from '../api/generated/graphql';
import { OVERVIEW_KEY } from '../api/queries';
import { Problem } from '../parts/Problem';
import { useFirst } from '../parts/useFirst';
import { monthText } from '../words/dates';
import { shareText } from '../words/numbers';
import { words } from '../words/words';
import {
  type FiguresFilter,
  GROUPINGS,
  type OverviewAddress,
  overviewHref,
  type PointsAddress,
  pointsHref,
} from './address';
import { endOfMonth } from './schoolYear';
import { byName, standOf } from './shares';

/** The numbers of planned, done and overdue points, by organisation, section, accountable party, month or plan. */
export function GroupsCard({ address, filter }: { readonly address: OverviewAddress; readonly filter: FiguresFilter }) {
  const id = useId();
  const { data, error, refetch } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'groups', filter, address.by],
    queryFn: async () => {
      const { groups } = (await ask(FigureGroupsDocument, { filter, groupBy: address.by })).monitoring;
      return { by: address.by, filter, groups };
    },
    placeholderData: keepPreviousData,
  });
  const { figures } = words;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{figures.groups}</h2>
      <nav className="tabs" aria-label={figures.groupsBy}>
        {GROUPINGS.map((each) => (
          <Link
            key={each}
            href={overviewHref({ ...address, by: each })}
            replace
            className={each === address.by ? 'here' : ''}
            aria-current={each === address.by ? 'true' : undefined}
          >
            {figures.by[each]}
          </Link>
        ))}
      </nav>
      {error && !data && <Problem error={error} again={() => void refetch()} />}
      {data && <GroupTable key={data.by} {...data} />}
    </section>
  );
}

/** Groups that were read with the filter and the division that they were read by. */
function GroupTable({
  by,
  filter,
  groups,
}: {
  readonly by: MonitoringGroupBy;
  readonly filter: FiguresFilter;
  readonly groups: readonly GroupFragment[];
}) {
  const { figures } = words;
  const some = groups.filter(({ planned }) => planned > 0 || by === 'ORGANISATION');
  const { shown, more } = useFirst(by === 'ORGANISATION' ? byName(some) : some);
  if (shown.length === 0) return <p className="small">{figures.empty}</p>;
  return (
    <>
      <table className="numbers groups">
        <thead>
          <tr>
            <th scope="col">{figures.name}</th>
            <th scope="col">{figures.planned}</th>
            <th scope="col">{figures.done}</th>
            <th scope="col" className="bar-head">
              {figures.share}
            </th>
            <th scope="col">{figures.overdue}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <GroupRow key={group.key} group={group} filter={{ ...filter, ...filterOf(by, group.key) }} by={by} />
          ))}
        </tbody>
      </table>
      {more}
    </>
  );
}

function GroupRow({
  group,
  filter,
  by,
}: {
  readonly group: GroupFragment;
  readonly filter: FiguresFilter;
  readonly by: MonitoringGroupBy;
}) {
  const { planned, done, overdue } = standOf(group);
  const { key, label, plans } = group;
  const { figures } = words;
  const name = by === 'MONTH' ? monthText(key) : label || figures.noOrganisation;
  const number = (count: number, address: Omit<PointsAddress, 'filter'>) =>
    count === 0 ? count : <Link href={pointsHref({ filter, ...address })}>{count}</Link>;
  return (
    <tr>
      <th scope="row">
        {name} {plans === 0 && <span className="small">{figures.noPlans}</span>}
      </th>
      <td>{number(planned, { indicator: 'DONE' })}</td>
      <td>{number(done, { indicator: 'DONE', hits: true })}</td>
      <td className="bar-cell">
        {planned > 0 && (
          <>
            <meter min={0} max={planned} value={done} aria-label={`${figures.done}: ${name}`} />{' '}
            {shareText(done / planned)}
          </>
        )}
      </td>
      <td className={overdue > 0 ? 'late' : undefined}>{number(overdue, { indicator: 'OVERDUE', hits: true })}</td>
    </tr>
  );
}

/** Returns the filter of one group. */
function filterOf(by: MonitoringGroupBy, key: string): FiguresFilter {
  switch (by) {
    case 'ORGANISATION':
      // The plans of no organisation have an empty key.
      return { organisationId: key || undefined, ownPlansOnly: true };
    case 'PLAN':
      return { planId: key };
    case 'SECTION':
      return { sectionId: key };
    case 'ACCOUNTABLE':
      return { accountableId: key };
    case 'MONTH':
      return { dueFrom: `${key}-01`, dueTo: endOfMonth(key) };
  }
}
