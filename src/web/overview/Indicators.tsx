import { useId } from 'react';
import { Link } from 'wouter';
import type { FigureBehindQuery } from '../api/generated/graphql';
import { numberText, shareText } from '../words/numbers';
import { words } from '../words/words';
import { type FiguresFilter, pointsHref } from './address';

type Figure = NonNullable<FigureBehindQuery['monitoring']>['total']['indicators'][number];

/** The indicators with numerator and denominator; each number opens what it counts. */
export function Indicators({
  indicators,
  filter,
}: {
  readonly indicators: readonly Figure[];
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
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">{figures.indicator}</th>
              <th scope="col">{figures.value}</th>
              <th scope="col">{figures.counted}</th>
            </tr>
          </thead>
          <tbody>
            {known.map((figure) => {
              const { code, title, numerator, denominator } = figure;
              return (
                <tr key={code}>
                  <th scope="row">{title}</th>
                  <td>{valueText(figure)}</td>
                  <td>
                    <Link href={pointsHref({ filter, indicator: code, hits: true })}>{numberText(numerator)}</Link>
                    {` ${figures.of} `}
                    <Link href={pointsHref({ filter, indicator: code })}>{numberText(denominator)}</Link>
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

/** Returns the value of an indicator: «45 %» or «12,5 дн.»; without data it says so. */
export function valueText({ unit, value }: Pick<Figure, 'unit' | 'value'>): string {
  if (value === null) return words.figures.noData;
  return unit === 'SHARE' ? shareText(value) : `${numberText(value)} ${words.figures.days}`;
}
