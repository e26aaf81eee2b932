import type { TimeframeFragment } from '../api/generated/graphql';
import { words } from '../words/words';

/** The printed timeframe, with its meaning and what is doubtful about it. */
export function TimeframeText({
  timeframe,
  points,
}: {
  readonly timeframe: TimeframeFragment;
  /** Number of control points of the timeframe; omitted if it is not known. */
  readonly points?: number | undefined;
}) {
  return (
    <>
      <span className="printed">{timeframe.text}</span>
      <Meaning timeframe={timeframe} points={points} />
    </>
  );
}

/** The meaning of a timeframe, and what is doubtful about it. */
export function Meaning({
  timeframe: { schedule, confidence, alternatives },
  points,
}: {
  readonly timeframe: TimeframeFragment;
  readonly points?: number | undefined;
}) {
  const isUnread = schedule.kind === 'UNKNOWN';
  const count = schedule.kind === 'RECURRING' && points !== undefined ? ` (${words.plan.repeats}: ${points})` : '';
  return (
    <>
      <span className={isUnread ? 'doubt' : 'small'}>
        {isUnread ? words.plan.unread : `${schedule.meaning}${count}`}
      </span>
      {confidence === 'ASSUMED' && !isUnread && <span className="doubt">{words.plan.assumed}</span>}
      {alternatives.length > 0 && (
        <span className="doubt">
          {words.plan.orElse} {alternatives.map((other) => other.meaning).join(` ${words.plan.orElse} `)}
        </span>
      )}
    </>
  );
}
