import { useId } from 'react';
import { Link } from 'wouter';
import type { DueFragment } from '../api/generated/graphql';
import { EvidenceText, TimingBadge } from '../parts/Badge';
import { dayText } from '../words/dates';
import { words } from '../words/words';

/** A list of activities with their due days; each opens the activity. */
export function DueList({
  title,
  found,
  isBad = false,
}: {
  readonly title: string;
  /** Undefined while it is being read. */
  readonly found: { readonly totalCount: number; readonly nodes: readonly DueFragment[] } | undefined;
  readonly isBad?: boolean;
}) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id} aria-busy={found === undefined}>
      <h2 id={id}>
        {title}{' '}
        {found && <span className={isBad && found.totalCount > 0 ? 'count bad' : 'count'}>{found.totalCount}</span>}
      </h2>
      {found?.totalCount === 0 && <p className="small">{words.home.nothing}</p>}
      <ul className="due">
        {found?.nodes.map(({ id: activityId, number, title: name, due, timing, evidence, accountable, plan }) => (
          <li key={activityId}>
            <Link href={`/plan/${plan?.id}/${activityId}`}>
              {number && `${number}. `}
              {name}
            </Link>
            <p className="small">
              {due && <time dateTime={due}>{dayText(due)}</time>} <TimingBadge timing={timing} />{' '}
              <EvidenceText evidence={evidence} /> {accountable.name}
            </p>
          </li>
        ))}
      </ul>
      {found && found.totalCount > found.nodes.length && (
        <p className="small">
          {words.home.more}: {found.totalCount - found.nodes.length}
        </p>
      )}
    </section>
  );
}
