import { useId } from 'react';
import { Link } from 'wouter';
import type { FiguresQuery } from '../api/generated/graphql';
import { TimingBadge, toneOf } from '../parts/Badge';
import { words } from '../words/words';
import { pointsHref } from './address';

/** How many control points are in which state; each number opens them. */
export function Counts({
  total: { total, byTiming },
  organisation,
}: {
  readonly total: NonNullable<FiguresQuery['monitoring']>['total'];
  readonly organisation: string | undefined;
}) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{words.home.counts}</h2>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{words.home.state}</th>
            <th scope="col">{words.home.points}</th>
          </tr>
        </thead>
        <tbody>
          {byTiming.map(({ timing, count }) => (
            <tr key={timing}>
              <th scope="row">
                <TimingBadge timing={timing} />
              </th>
              <td>
                <meter className={toneOf(timing)} min={0} max={total} value={count} aria-label={words.timing[timing]} />{' '}
                <Link
                  className="amount"
                  href={pointsHref({ filter: { organisationId: organisation }, timing: [timing] })}
                >
                  {count}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
