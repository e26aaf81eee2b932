import { useId } from 'react';
import { Link } from 'wouter';
import type { YearFiguresQuery } from '../api/generated/graphql';
import { daysBetween, monthLetter, shortDayText, shortMonthText } from '../words/dates';
import { words } from '../words/words';
import { type FiguresFilter, pointsHref } from './address';
import type { SchoolYear } from './schoolYear';
import { shareOf } from './shares';

type Series = NonNullable<YearFiguresQuery['monitoring']>['series'];

/** One day of a trend. Values after today are null, because they are not predicted. */
interface TrendDay {
  readonly on: string;
  readonly due: number;
  readonly done: number | null;
  readonly overdue: number | null;
}

/** Height and width of the drawing; it is stretched to the place that there is. */
const [WIDTH, HEIGHT] = [1000, 200];

/** The numbers of points that had fallen due, were done and were overdue, day by day over a school year. */
export function Trend({
  series,
  year,
  today,
  filter,
}: {
  readonly series: Series;
  readonly year: SchoolYear;
  readonly today: string;
  readonly filter: FiguresFilter;
}) {
  const id = useId();
  const days = series.map(({ on, indicators }): TrendDay => {
    const overdue = shareOf(indicators, 'OVERDUE');
    const isPast = on <= today;
    const done = isPast ? shareOf(indicators, 'DONE').numerator : null;
    return { on, due: overdue.denominator, done, overdue: isPast ? overdue.numerator : null };
  });
  const top = topOf(Math.max(...days.flatMap(({ due, done }) => [due, done ?? 0])));
  const length = daysBetween(year.from, year.to);
  const placeOf = (day: string) => (daysBetween(year.from, day) / length) * WIDTH;
  const line = (numberOf: (day: TrendDay) => number | null) =>
    days
      .flatMap((day) => {
        const value = numberOf(day);
        return value === null ? [] : [`${placeOf(day.on).toFixed(1)},${(HEIGHT - (value / top) * HEIGHT).toFixed(1)}`];
      })
      .join(' ');
  const isNow = today >= year.from && today <= year.to;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{words.figures.trend}</h2>
      <p className="legend small">
        <span className="key due">{words.figures.due}</span> <span className="key done">{words.figures.done}</span>{' '}
        <span className="key overdue">{words.figures.overdue}</span>
      </p>
      <div className="trend" aria-hidden="true">
        <div className="ticks">
          {[top, top / 2, 0].map((tick) => (
            <span key={tick}>{tick}</span>
          ))}
        </div>
        <div className="plot">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="presentation">
            {isNow && (
              <line
                className="today"
                x1={placeOf(today)}
                x2={placeOf(today)}
                y1={0}
                y2={HEIGHT}
                vectorEffect="non-scaling-stroke"
              />
            )}
            <polyline className="due" points={line(({ due }) => due)} vectorEffect="non-scaling-stroke" />
            <polyline className="done" points={line(({ done }) => done)} vectorEffect="non-scaling-stroke" />
            <polyline className="overdue" points={line(({ overdue }) => overdue)} vectorEffect="non-scaling-stroke" />
          </svg>
        </div>
        <div className="months">
          {year.months.map((month) => (
            <span key={month}>
              <span className="long">{shortMonthText(month)}</span>
              <span className="letter">{monthLetter(month)}</span>
            </span>
          ))}
        </div>
      </div>
      <p className="small">{words.figures.trendHint}</p>
      <details>
        <summary>{words.figures.table}</summary>
        <TrendTable days={days} filter={filter} />
      </details>
    </section>
  );
}

function TrendTable({ days, filter }: { readonly days: readonly TrendDay[]; readonly filter: FiguresFilter }) {
  const { figures } = words;
  return (
    <table className="numbers">
      <thead>
        <tr>
          <th scope="col">{figures.onDay}</th>
          <th scope="col">{figures.due}</th>
          <th scope="col">{figures.done}</th>
          <th scope="col">{figures.overdue}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ on, due, done, overdue }) => (
          <tr key={on}>
            <th scope="row">{shortDayText(on)}</th>
            <td>
              <Link href={pointsHref({ filter, indicator: 'OVERDUE', on })}>{due}</Link>
            </td>
            <td>
              {done !== null && <Link href={pointsHref({ filter, indicator: 'DONE', hits: true, on })}>{done}</Link>}
            </td>
            <td>
              {overdue !== null && (
                <Link href={pointsHref({ filter, indicator: 'OVERDUE', hits: true, on })}>{overdue}</Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Returns the first even number of the form 2, 4, 10, 20, 40, 100 … that is not less than a value. */
function topOf(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    const top = [2, 4, 10].map((each) => each * unit).find((each) => each >= value);
    if (top !== undefined) return top;
  }
}
