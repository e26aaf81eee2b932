import { useId } from 'react';
import { Link } from 'wouter';
import type { FigureBehindQuery } from '../api/generated/graphql';
import { daysText, formattedNumber, shareText } from '../words/numbers';
import { words } from '../words/words';
import { type FiguresFilter, pointsHref } from './address';

type ShownFigure = NonNullable<FigureBehindQuery['monitoring']>['total']['indicators'][number];

/** The indicators with numerator and denominator. Each number opens the list of what it counts. */
export function Indicators({
  indicators,
  filter,
}: {
  readonly indicators: readonly ShownFigure[];
  readonly filter: FiguresFilter;
}) {
  const id = useId();
  const { figures } = words;
  const known = indicators.filter(({ value }) => value !== null);
  const unknown = indicators.filter(({ value }) => value === null);
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{figures.indicators}</h2>
      {known.length > 0 && (
        <table className="numbers indicators">
          <thead>
            <tr>
              <th scope="col">{figures.indicator}</th>
              <th scope="col">{figures.value}</th>
              <th scope="col">{figures.counted}</th>
            </tr>
          </thead>
          <tbody>
            {known.map((figure) => {
              const { code, title, unit, numerator, denominator } = figure;
              return (
                <tr key={code}>
                  <th scope="row">{title}</th>
                  <td>{indicatorText(figure)}</td>
                  <td>
                    {unit === 'SHARE' ? (
                      <>
                        <Link href={pointsHref({ filter, indicator: code, hits: true })}>
                          {formattedNumber(numerator)}
                        </Link>
                        {` ${figures.of} `}
                        <Link href={pointsHref({ filter, indicator: code })}>{formattedNumber(denominator)}</Link>
                      </>
                    ) : (
                      <Link href={pointsHref({ filter, indicator: code })}>{countedText(figure)}</Link>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {unknown.length > 0 && (
        <p className="small">
          {figures.noData}: {unknown.map(({ title }) => title).join(', ')}.
        </p>
      )}
    </section>
  );
}

/**
 * Returns the value of an indicator: «45 %», «12,5 дня» or «на 2 дня раньше»; a text that says so if there is no data.
 */
export function indicatorText({ code, unit, value }: Pick<ShownFigure, 'code' | 'unit' | 'value'>): string {
  const { figures } = words;
  if (value === null) return figures.noData;
  if (unit === 'SHARE') return shareText(value);
  const days = daysText(Math.abs(value));
  if (code !== 'MEAN_SHIFT' || value === 0) return days;
  return value < 0 ? figures.earlier(days) : figures.after(days);
}

/** Returns the counts from which an indicator was computed: «26 из 40»; for a median of days, the number of values. */
export function countedText({
  code,
  unit,
  numerator,
  denominator,
}: Pick<ShownFigure, 'code' | 'unit' | 'numerator' | 'denominator'>): string {
  const { figures } = words;
  const count = formattedNumber(denominator);
  if (unit === 'SHARE') return `${formattedNumber(numerator)} ${figures.of} ${count}`;
  return code === 'MEAN_SHIFT' ? figures.ofMoves(count) : figures.ofDelays(count);
}
