import { useId } from 'react';
import { Link } from 'wouter';
import { TimingBadge } from '../parts/Badge';
import { shortDayText } from '../words/dates';
import { words } from '../words/words';
import { type DueItem, type DueItems, joinedByState } from './dueItem';

/** A list of due points, with their days. Each line opens its activity. */
export function DueList({
  title,
  found,
  isBad = false,
  href,
}: {
  readonly title: string;
  /** Undefined while it is being read. */
  readonly found: DueItems | undefined;
  readonly isBad?: boolean;
  /** Address of the whole list. */
  readonly href?: string;
}) {
  const id = useId();
  const rest = found ? found.totalCount - found.items.length : 0;
  return (
    <section className="card" aria-labelledby={id} aria-busy={found === undefined}>
      <h2 id={id}>
        {title}{' '}
        {found && <span className={isBad && found.totalCount > 0 ? 'count bad' : 'count'}>{found.totalCount}</span>}
      </h2>
      <DueLines items={joinedByState(found?.items ?? [])} />
      {rest > 0 && (
        <p className="small">
          {href === undefined ? (
            `${words.home.more}: ${rest}`
          ) : (
            <Link href={href}>{`${words.home.more}: ${rest}`}</Link>
          )}
        </p>
      )}
    </section>
  );
}

/** The lines of a list of due points. */
export function DueLines({ items }: { readonly items: readonly DueItem[] }) {
  return (
    <ul className="due">
      {items.map(({ key, activity, due, otherDays, timing, evidence, report }) => (
        <li key={key}>
          <Link href={`/plan/${activity.plan?.id}/${activity.id}`}>
            {activity.number && `${activity.number}. `}
            {activity.title}
          </Link>
          <p className="small">
            {due && (
              <>
                {words.figures.term} <time dateTime={due}>{[due, ...otherDays].map(shortDayText).join(', ')}</time>
              </>
            )}{' '}
            <TimingBadge timing={timing} />{' '}
            {[
              report
                ? `${words.reportStatus[report.status]}, ${shortDayText(report.submittedOn)}`
                : words.evidence[evidence],
              activity.accountable.name,
              activity.plan?.organisation?.name,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
