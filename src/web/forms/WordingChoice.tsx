import { FieldError, Label, Radio, RadioGroup } from 'react-aria-components';
import type { TimeframeFragment } from '../api/generated/graphql';
import { DayField } from '../parts/DayField';
import { words } from '../words/words';
import type { ReadingValues } from './reading';

/** The fields for the meaning of a wording: one of its readings, days, or no day. */
export function WordingChoice({
  timeframe: { text, schedule, alternatives },
  values,
  change,
  error,
}: {
  readonly timeframe: TimeframeFragment;
  readonly values: ReadingValues;
  readonly change: (changed: ReadingValues) => void;
  readonly error?: string | undefined;
}) {
  const { wording } = words;
  const readings = [schedule, ...alternatives].map(({ meaning }, index) => [String(index), meaning] as const);
  const options = [
    ...(schedule.kind === 'UNKNOWN' ? readings.slice(1) : readings),
    ['days', wording.days] as const,
    ['demand', wording.demand] as const,
  ];
  const { reading, from, to } = values;
  return (
    <div className="wording">
      <RadioGroup
        className="field"
        isInvalid={error !== undefined}
        value={reading}
        onChange={(chosen) => change({ reading: chosen, from, to })}
      >
        <Label>
          {wording.means} «{text}»
        </Label>
        {options.map(([value, label]) => (
          <Radio className="check" key={value} value={value}>
            <span className="box round" aria-hidden="true" />
            {label}
          </Radio>
        ))}
        <FieldError>{error}</FieldError>
      </RadioGroup>
      {reading === 'days' && (
        <div className="days">
          <DayField label={wording.from} value={from} onChange={(day) => change({ reading, from: day, to })} />
          <DayField label={wording.to} value={to} onChange={(day) => change({ reading, from, to: day })} isRequired />
        </div>
      )}
    </div>
  );
}
