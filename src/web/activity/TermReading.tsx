import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ask } from '../api/ask';
import { TimeframeReadingDocument, type TimeframeReadingQuery } from '../api/generated/graphql';
import { planKey } from '../api/queries';
import { Meaning } from '../plan/TimeframeText';
import { shortDayText } from '../words/dates';
import { words } from '../words/words';

/** Time without a keystroke after which a typed term is read, in milliseconds. */
const PAUSE_MS = 400;
/** Number of due days that are listed. */
const SHOWN_DAYS = 4;

type TermReadingResult = NonNullable<TimeframeReadingQuery['timeframeReading']>;

/** What the typed term of an activity would mean: its control points, other readings, or why it would be refused. */
export function TermReading({
  planId,
  activityId,
  text,
}: {
  readonly planId: string;
  readonly activityId: string;
  readonly text: string;
}) {
  const typed = useSettled(text.trim());
  const { data } = useQuery({
    queryKey: [...planKey(planId), 'reading', activityId, typed],
    queryFn: async () => (await ask(TimeframeReadingDocument, { placeId: activityId, text: typed })).timeframeReading,
    enabled: typed !== '',
    // A wording that cannot be read now is refused or accepted when the form is sent.
    retry: false,
  });
  return (
    <div className="reading small" aria-live="polite">
      {data && typed === text.trim() && <ReadTerm reading={data} />}
    </div>
  );
}

/** Returns a value once it has stayed the same for a pause. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function ReadTerm({ reading: { timeframe, pointCount, points, userErrors } }: { readonly reading: TermReadingResult }) {
  const days = points.flatMap(({ dueOn }) => (dueOn ? [shortDayText(dueOn)] : []));
  const shown = days.slice(0, SHOWN_DAYS).join(', ');
  return (
    <>
      {userErrors.map(({ message }) => (
        <span className="doubt" key={message}>
          {message}
        </span>
      ))}
      {timeframe.schedule.kind !== 'UNKNOWN' && (
        <>
          <span>{words.form.termMeans}:</span>
          <Meaning timeframe={timeframe} />
          <span>
            {words.form.termPoints}: {pointCount}
            {shown !== '' && ` (${words.form.termDue} ${shown}${pointCount > SHOWN_DAYS ? ', …' : ''})`}
          </span>
        </>
      )}
    </>
  );
}
