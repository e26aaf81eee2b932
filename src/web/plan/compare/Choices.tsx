import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Choice } from '../../parts/Choice';
import { DayField } from '../../parts/DayField';
import { isDay } from '../../words/dates';
import { words } from '../../words/words';
import { comparisonHref } from '../address';
import { type ComparedSide, type ComparedSides, editionText } from './sides';

/** A day before this one is a year that is still being typed. */
const EARLIEST = '1900-01-01';

/** The choice of what is compared: editions, the last change, days, and the present. */
export function Choices({
  planId,
  sides: { from, to },
  texts,
  edition,
  last,
  days,
}: {
  readonly planId: string;
  readonly sides: ComparedSides;
  /** The sides in words. */
  readonly texts: ComparedSides;
  /** Number of editions of the plan. */
  readonly edition: number;
  /** The states around the last change. */
  readonly last: ComparedSides | null;
  /** The first and the last day that can be chosen. */
  readonly days: { readonly first: string; readonly last: string };
}) {
  const [, go] = useLocation();
  const show = (one: ComparedSide, other: ComparedSide) => go(comparisonHref(planId, one, other), { replace: true });
  const editions = Array.from({ length: edition }, (_, index) => String(index + 1));
  const { compare } = words;
  const before = [...editions.map(optionOf), ...(last ? [[last.from, compare.beforeLast]] : [])];
  const after = [['', compare.now], ...editions.map(optionOf)];
  return (
    <div className="filters">
      <SideField
        labels={[compare.before, compare.from]}
        side={from}
        options={before}
        text={texts.from}
        day={days.first}
        onChange={(side) => show(side, to)}
      />
      <SideField
        labels={[compare.after, compare.to]}
        side={to}
        options={after}
        text={texts.to}
        day={days.last}
        onChange={(side) => show(from, side)}
      />
      <a className="button" href={`/plans/${planId}.html?compare=${from}..${to}`} target="_blank" rel="noopener">
        {compare.print}
      </a>
    </div>
  );
}

function optionOf(edition: ComparedSide): string[] {
  return [edition, editionText(edition)];
}

function SideField({
  labels: [label, dayLabel],
  side,
  options,
  text,
  day,
  onChange,
}: {
  readonly labels: readonly [string, string];
  readonly side: ComparedSide;
  readonly options: readonly (readonly string[])[];
  /** The chosen side in words, if it is not one of the options. */
  readonly text: string;
  /** The day that is shown first when a day is chosen. */
  readonly day: string;
  readonly onChange: (side: ComparedSide) => void;
}) {
  const shown = isDay(side) ? 'day' : side;
  const named = options.map(([value = '', name = '']) => [value, name] as const);
  const own = shown === 'day' || named.some(([value]) => value === side) ? [] : [[side, text] as const];
  return (
    <>
      <Choice
        label={label}
        value={shown}
        options={[...named, ...own, ['day', words.compare.day]]}
        onChange={(chosen) => onChange(chosen === 'day' ? day : chosen)}
      />
      {shown === 'day' && <SideDay label={dayLabel} day={side} onChange={onChange} />}
    </>
  );
}

function SideDay({
  label,
  day,
  onChange,
}: {
  readonly label: string;
  readonly day: string;
  readonly onChange: (side: ComparedSide) => void;
}) {
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  return (
    <DayField
      label={label}
      value={typed}
      onChange={(value) => {
        setTyped(value);
        if (value >= EARLIEST) onChange(value);
      }}
    />
  );
}
