import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiError, ask } from '../api/ask';
import { HeatMapDocument, type HeatMapQuery } from '../api/generated/graphql';
import { OVERVIEW_KEY } from '../api/queries';
import { OrganisationChoice } from '../parts/OrganisationChoice';
import { Problem } from '../parts/Problem';
import { useFirst } from '../parts/useFirst';
import { monthText, shortMonthText } from '../words/dates';
import { words } from '../words/words';
import { type FiguresFilter, type OverviewAddress, overviewHref, pointsHref } from './address';
import { endOfMonth, type SchoolYear } from './schoolYear';
import { byName, standOf } from './shares';

type OrganisationMonths = NonNullable<HeatMapQuery['monitoring']>['groups'][number];

/** The shares of done points by organisation and month of a school year. Not shown for a single organisation. */
export function HeatMap({ address, year }: { readonly address: OverviewAddress; readonly year: SchoolYear }) {
  const id = useId();
  const { organisation } = address;
  const {
    data: rows,
    error,
    refetch,
  } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'heat map', organisation, year.begins],
    queryFn: async () => {
      const filter = { organisationId: organisation, dueFrom: year.from, dueTo: year.to };
      return byName((await ask(HeatMapDocument, { filter, from: year.from, to: year.to })).monitoring.groups);
    },
  });
  const { shown, more } = useFirst(rows ?? []);
  if (error && !rows) {
    return (
      <section className="card" aria-labelledby={id}>
        <h2 id={id}>{words.figures.heatMap}</h2>
        {isTooMany(error) ? <TooMany address={address} /> : <Problem error={error} again={() => void refetch()} />}
      </section>
    );
  }
  if (!rows || rows.length < 2) return null;
  const { figures } = words;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{figures.heatMap}</h2>
      <p className="small">{figures.heatHint}</p>
      <p className="legend small">
        <span className="key cell good">{figures.heat.done}</span>{' '}
        <span className="key cell late-3">{figures.heat.late}</span>{' '}
        <span className="key cell open">{figures.heat.open}</span>
      </p>
      <div className="wide">
        <table className="heat" onKeyDown={moveFocus}>
          <thead>
            <tr>
              <th scope="col">{words.list.organisation}</th>
              {year.months.map((month) => (
                <th scope="col" key={month}>
                  <abbr title={monthText(month)}>{shortMonthText(month)}</abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <HeatRow key={row.key} row={row} year={year} />
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </section>
  );
}

/** Returns true for the refusal of more months of organisations than the server computes in one answer. */
function isTooMany(error: Error): boolean {
  return error instanceof ApiError && error.code === 'BAD_USER_INPUT';
}

function TooMany({ address }: { readonly address: OverviewAddress }) {
  const [, go] = useLocation();
  return (
    <>
      <p role="status">{words.figures.tooManyOrganisations}</p>
      <div className="filters">
        <OrganisationChoice
          value={address.organisation ?? ''}
          onChange={(id) => go(overviewHref({ ...address, organisation: id || undefined }))}
        />
      </div>
    </>
  );
}

function HeatRow({ row, year }: { readonly row: OrganisationMonths; readonly year: SchoolYear }) {
  const { key, label, plans, months } = row;
  const own: FiguresFilter = { organisationId: key || undefined, ownPlansOnly: true };
  const name = label || words.figures.noOrganisation;
  return (
    <tr>
      <th scope="row">
        <Link href={pointsHref({ filter: { ...own, dueFrom: year.from, dueTo: year.to }, indicator: 'DONE' })}>
          {name}
        </Link>
        {plans === 0 && <span className="small"> {words.figures.noPlans}</span>}
      </th>
      {months.map((month) => {
        const { planned, done, overdue } = standOf(month);
        const period = { dueFrom: `${month.key}-01`, dueTo: endOfMonth(month.key) };
        const text = `${done}/${planned}`;
        if (planned === 0) return <td key={month.key} />;
        return (
          <td key={month.key} className={toneOfCell(planned, done, overdue)}>
            <Link
              href={pointsHref({ filter: { ...own, ...period }, indicator: 'DONE' })}
              aria-label={`${name}, ${monthText(month.key)}: ${words.figures.done} ${text}, ${words.figures.overdue} ${overdue}`}
            >
              {text}
            </Link>
          </td>
        );
      })}
    </tr>
  );
}

/** Steps of red, by the share that is overdue. */
const STEPS = 4;

function toneOfCell(planned: number, done: number, overdue: number): string {
  if (overdue > 0) return `late-${Math.ceil((overdue / planned) * STEPS)}`;
  return done === planned ? 'good' : 'open';
}

/** Moves the focus with the arrow keys to the next link in the direction. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('td, th') : null;
  const row = cell?.closest('tr');
  const table = event.currentTarget;
  if (!cell || !row) return;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  const step = steps[event.key];
  if (!step) return;
  let [down, across] = [row.rowIndex + step[0], cell.cellIndex + step[1]];
  while (table.rows[down]?.cells[across]) {
    const link = table.rows[down]?.cells[across]?.querySelector('a');
    if (link) {
      event.preventDefault();
      link.focus();
      return;
    }
    [down, across] = [down + step[0], across + step[1]];
  }
}
