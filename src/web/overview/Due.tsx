import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Problem } from '../parts/Problem';
import { words } from '../words/words';
import { pointsHref } from './address';
import { DueList } from './DueList';
import { afterError, dueAddresses, dueQuery } from './dueQuery';

/** The organisation and the day of the figures. */
interface DueProps {
  readonly organisation: string | undefined;
  /** The day from which the server counts. */
  readonly on: string;
}

/**
 * The numbers of points that are overdue, due today, in 7 and in 30 days. Each number opens its list; on a wall display
 * there are only numbers.
 */
export function DueTiles({ organisation, on, isOnWall = false }: DueProps & { readonly isOnWall?: boolean }) {
  const { data, error, refetch } = useQuery({
    ...dueQuery(organisation, on),
    ...(isOnWall && { refetchInterval: afterError }),
  });
  if (error && !data) return <Problem error={error} {...(!isOnWall && { again: () => void refetch() })} />;
  const { overdue, today, week, month } = dueAddresses(organisation, on);
  const tiles = [
    ['bad', words.home.overdue, overdue, data?.overdue.totalCount],
    ['warn', words.home.today, today, data?.today.totalCount],
    ['now', words.home.week, week, data?.week.totalCount],
    ['plain', words.home.month, month, data && data.week.totalCount + data.later.totalCount],
  ] as const;
  return (
    <ul
      className={isOnWall ? 'wall-tiles' : 'tiles'}
      aria-busy={data === undefined}
      aria-live={isOnWall ? 'polite' : undefined}
    >
      {tiles.map(([tone, title, address, count]) => {
        const className = `tile ${count === 0 ? 'plain' : tone}`;
        const figure = (
          <>
            <span className="figure">{count ?? '…'}</span> <span>{title}</span>
          </>
        );
        return (
          <li key={title}>
            {isOnWall ? (
              <div className={className}>{figure}</div>
            ) : (
              <Link href={pointsHref(address)} className={className}>
                {figure}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Lists of the points that are due first, without empty lists. Empty after an error, which the tiles show. */
export function DueLists({ organisation, on }: DueProps) {
  const { data, error } = useQuery(dueQuery(organisation, on));
  if (error && !data) return null;
  const { overdue, today, week, later } = dueAddresses(organisation, on);
  const lists = [
    { title: words.home.overdue, found: data?.overdue, href: pointsHref(overdue), isBad: true },
    { title: words.home.today, found: data?.today, href: pointsHref(today) },
    { title: words.home.week, found: data?.week, href: pointsHref(week) },
    { title: words.figures.later, found: data?.later, href: pointsHref(later) },
  ].filter(({ found }) => found?.totalCount !== 0);
  // The tiles above show the zeros.
  if (lists.length === 0) return <p className="card small">{words.home.nothing}</p>;
  return lists.map((list) => <DueList key={list.title} {...list} />);
}
