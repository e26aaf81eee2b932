import type { ShownActivity } from '../api/queries';
import { EvidenceText, TimingBadge } from '../parts/Badge';
import { dayRangeText, shortDayText } from '../words/dates';
import { words } from '../words/words';

/** Number of points that are shown at first: a weekly activity has dozens. */
const SHOWN_POINTS = 3;

/** The control points of an activity: the first ones, and the others on demand. */
export function Points({ points }: { readonly points: ShownActivity['points'] }) {
  return (
    <section aria-labelledby="points-title">
      <h3 id="points-title">{words.activity.points}</h3>
      {points.length === 0 ? (
        <p className="small">{words.activity.noPoints}</p>
      ) : (
        <PointList points={points.slice(0, SHOWN_POINTS)} />
      )}
      {points.length > SHOWN_POINTS && (
        <details>
          <summary>
            {words.activity.more} {points.length - SHOWN_POINTS}
          </summary>
          <PointList points={points.slice(SHOWN_POINTS)} start={SHOWN_POINTS + 1} />
        </details>
      )}
    </section>
  );
}

function PointList({ points, start = 1 }: { readonly points: ShownActivity['points']; readonly start?: number }) {
  return (
    <ol className="points" start={start}>
      {points.map((point) => (
        <li key={point.id}>
          <p>
            {pointName(point)} <TimingBadge timing={point.timing} /> <EvidenceText evidence={point.evidence} />
          </p>
          <Details point={point} />
        </li>
      ))}
    </ol>
  );
}

/** Returns the words by which a point is recognised. */
export function pointName({
  dueOn,
  window,
  ordinal,
}: Pick<ShownActivity['points'][number], 'dueOn' | 'window' | 'ordinal'>) {
  if (dueOn) return `${words.activity.due} ${shortDayText(dueOn)}`;
  return window ? `${words.activity.window} ${dayRangeText(window)}` : `${ordinal}`;
}

function Details({ point }: { readonly point: ShownActivity['points'][number] }) {
  const { window, dueOn, firstApprovedDueOn, actualOn, target, progress } = point;
  const { activity } = words;
  const parts = [
    window && `${activity.window} ${dayRangeText(window)}`,
    firstApprovedDueOn && firstApprovedDueOn !== dueOn && `${activity.firstTerm} ${shortDayText(firstApprovedDueOn)}`,
    actualOn && `${activity.doneOn} ${shortDayText(actualOn)}`,
    target > 1 && `${activity.count} ${progress} ${words.plan.of} ${target}`,
  ].filter((each): each is string => typeof each === 'string');
  return parts.length === 0 ? null : <p className="small">{parts.join(' · ')}</p>;
}
