import { EvidenceText, TimingBadge } from '../parts/Badge';
import { dayText, windowText } from '../words/dates';
import { words } from '../words/words';
import type { Activity } from './ActivityPanel';

/** The control points of an activity. */
export function Points({ points }: { readonly points: Activity['points'] }) {
  return (
    <section aria-labelledby="points-title">
      <h3 id="points-title">{words.activity.points}</h3>
      {points.length === 0 ? (
        <p className="small">{words.activity.noPoints}</p>
      ) : (
        <ol className="points">
          {points.map((point) => (
            <li key={point.id}>
              <p>
                {pointName(point)} <TimingBadge timing={point.timing} /> <EvidenceText evidence={point.evidence} />
              </p>
              <Details point={point} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Returns the words by which a point is recognised. */
export function pointName({
  dueOn,
  window,
  ordinal,
}: Pick<Activity['points'][number], 'dueOn' | 'window' | 'ordinal'>) {
  if (dueOn) return `${words.activity.due} ${dayText(dueOn)}`;
  return window ? `${words.activity.window} ${windowText(window)}` : `${ordinal}`;
}

function Details({ point }: { readonly point: Activity['points'][number] }) {
  const { window, dueOn, firstApprovedDueOn, actualOn, target, progress } = point;
  const { activity } = words;
  const parts = [
    window && `${activity.window} ${windowText(window)}`,
    firstApprovedDueOn && firstApprovedDueOn !== dueOn && `${activity.firstTerm} ${dayText(firstApprovedDueOn)}`,
    actualOn && `${activity.doneOn} ${dayText(actualOn)}`,
    target > 1 && `${activity.count} ${progress} ${words.plan.of} ${target}`,
  ].filter((each): each is string => typeof each === 'string');
  return parts.length === 0 ? null : <p className="small">{parts.join(' · ')}</p>;
}
