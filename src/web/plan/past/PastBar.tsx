import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask } from '../../api/ask';
import { ChangesAroundDocument } from '../../api/generated/graphql';
import { planKey, planQuery } from '../../api/queries';
import { DayField } from '../../parts/DayField';
import { daysAfter, daysBetween, isDay, longDayText, shortDayText } from '../../words/dates';
import { words } from '../../words/words';
import { comparisonHref, hrefOf, type PlanAddress } from '../address';
import { dayOfMoment, momentBefore } from '../localDays';

/** Time in milliseconds without movement of the slider, after which the plan of its day is read. */
const RESTING_MS = 250;

/**
 * The history of a plan by days: a slider and a field for the day, the changes before and after it, and the way back.
 */
export default function PastBar({
  address,
  activityId,
  onClose,
}: {
  readonly address: PlanAddress;
  readonly activityId: string | undefined;
  readonly onClose: () => void;
}) {
  const { planId } = address;
  const plan = useQuery(planQuery(planId)).data;
  if (!plan) return <p className="wait">{words.loading}</p>;
  const { createdAt, timeZone, today } = plan;
  const hrefAt = (day: string) => hrefOf({ ...address, day: day === today ? undefined : day }, activityId);
  return (
    <search className="past-bar" aria-label={words.past.open}>
      <DayChoice first={dayOfMoment(createdAt, timeZone)} last={today} day={address.day ?? today} hrefAt={hrefAt} />
      <Around planId={planId} timeZone={timeZone} day={address.day ?? today} hrefAt={hrefAt} />
      <p className="ways">
        {address.day !== undefined && (
          <>
            <Link href={comparisonHref(planId, address.day)}>{words.past.compare}</Link>{' '}
          </>
        )}
        <Link href={hrefOf({ ...address, day: undefined }, activityId)} onClick={onClose}>
          {words.past.close}
        </Link>
      </p>
    </search>
  );
}

function DayChoice({
  first,
  last,
  day,
  hrefAt,
}: {
  readonly first: string;
  readonly last: string;
  readonly day: string;
  readonly hrefAt: (day: string) => string;
}) {
  const id = useId();
  const [, go] = useLocation();
  const [picked, setPicked] = useState(day);
  const isWithin = isDay(picked) && picked >= first && picked <= last;
  useEffect(() => setPicked(day), [day]);
  useEffect(() => {
    if (!isWithin || picked === day) return;
    const timer = setTimeout(() => go(hrefAt(picked), { replace: true }), RESTING_MS);
    return () => clearTimeout(timer);
  }, [picked, day, isWithin, go, hrefAt]);
  const { past } = words;
  return (
    <div className="day-choice">
      <div className="field">
        <label htmlFor={id}>
          {past.slider}: {shortDayText(first)} – {shortDayText(last)}
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={Math.max(1, daysBetween(first, last))}
          value={isWithin ? daysBetween(first, picked) : daysBetween(first, day)}
          aria-valuetext={longDayText(isWithin ? picked : day)}
          disabled={first === last}
          onChange={(event) => setPicked(daysAfter(first, Number(event.target.value)))}
        />
      </div>
      <DayField
        label={past.day}
        value={picked}
        onChange={setPicked}
        error={isWithin ? undefined : `${past.outside} ${shortDayText(first)} – ${shortDayText(last)}`}
      />
    </div>
  );
}

/** The last change by the end of the day, and the days of the changes before and after it. */
function Around({
  planId,
  timeZone,
  day,
  hrefAt,
}: {
  readonly planId: string;
  readonly timeZone: string;
  readonly day: string;
  readonly hrefAt: (day: string) => string;
}) {
  const { data } = useQuery({
    queryKey: [...planKey(planId), 'changes around', day],
    queryFn: () => {
      const start = momentBefore(day, timeZone);
      return ask(ChangesAroundDocument, { planId, start, end: momentBefore(daysAfter(day, 1), timeZone) });
    },
  });
  if (!data) return <p className="small">{words.loading}</p>;
  const [earlier, latest, later] = [data.earlier.nodes[0], data.latest.nodes[0], data.later.nodes[0]];
  const { past } = words;
  return (
    <>
      <p className="small" role="status">
        {latest
          ? `${past.latest} ${shortDayText(dayOfMoment(latest.recordedAt, timeZone))}: ${latest.sentence}`
          : past.none}
      </p>
      <p className="ways">
        {earlier && (
          <Link href={hrefAt(dayOfMoment(earlier.recordedAt, timeZone))}>
            ‹ {past.earlier} ({shortDayText(dayOfMoment(earlier.recordedAt, timeZone))})
          </Link>
        )}{' '}
        {later && (
          <Link href={hrefAt(dayOfMoment(later.recordedAt, timeZone))}>
            {past.later} ({shortDayText(dayOfMoment(later.recordedAt, timeZone))}) ›
          </Link>
        )}
      </p>
    </>
  );
}
