import { useId } from 'react';
import { Link } from 'wouter';
import type { FiguresQuery } from '../api/generated/graphql';
import { TimingBadge, toneOf } from '../parts/Badge';
import { words } from '../words/words';
import { pointsHref } from './address';
import { shareOf } from './shares';

/** The numbers of control points by state. Each number opens the list of its points. */
export function StateCounts({
  total: { total, byTiming, pastDue, indicators },
  organisation,
}: {
  readonly total: NonNullable<FiguresQuery['monitoring']>['total'];
  readonly organisation: string | undefined;
}) {
  const id = useId();
  // Open points past their due day that are not overdue have an approximate term.
  const softPast = pastDue - shareOf(indicators, 'OVERDUE').numerator;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{words.home.counts}</h2>
      <table className="numbers states">
        <thead>
          <tr>
            <th scope="col">{words.home.state}</th>
            <td />
            <th scope="col">{words.home.points}</th>
          </tr>
        </thead>
        <tbody>
          {byTiming.map(({ timing, count }) => (
            <tr key={timing}>
              <th scope="row">
                <TimingBadge timing={timing} />
              </th>
              <td className="bar-cell">
                <svg
                  className={`bar ${toneOf(timing)}`}
                  viewBox="0 0 1 1"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <rect width={total === 0 ? 0 : count / total} height={1} />
                </svg>
              </td>
              <td>
                <Link href={pointsHref({ filter: { organisationId: organisation }, timing: [timing] })}>{count}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {softPast > 0 && (
        <p className="small">
          {words.figures.softPastCount}: {softPast}.
        </p>
      )}
    </section>
  );
}
