import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import { NamedDocument, YearFiguresDocument } from '../api/generated/graphql';
import type { LiveState } from '../api/live';
import { figuresQuery, OVERVIEW_KEY } from '../api/queries';
import { LiveMark } from '../parts/LiveMark';
import { useTitle } from '../parts/useTitle';
import { longDayText } from '../words/dates';
import { shareText } from '../words/numbers';
import { words } from '../words/words';
import { overviewHref, useOverviewAddress } from './address';
import { dueQuery } from './dueQuery';
import { schoolYear, yearsToShow } from './schoolYear';
import { shareOf } from './shares';

/** The overview for a screen on a wall: a few figures that can be read from afar and change by themselves. */
export default function Wall({ live }: { readonly live: LiveState }) {
  useTitle(words.overview);
  const address = useOverviewAddress();
  const { organisation } = address;
  const { data: figures } = useQuery(figuresQuery(organisation));
  const on = figures?.on;
  const named = useQuery({
    queryKey: [...OVERVIEW_KEY, 'names', [organisation]],
    queryFn: async () => (organisation === undefined ? [] : (await ask(NamedDocument, { ids: [organisation] })).nodes),
  });
  const [about] = named.data ?? [];
  return (
    <main className="wall" id="content" tabIndex={-1}>
      <header>
        <h1>{about && 'name' in about ? about.name : words.letopis}</h1>
        <p>{on && longDayText(on)}</p>
        <LiveMark live={live} />
        <Link href={overviewHref(address)} className="way-out">
          {words.figures.leaveWall}
        </Link>
      </header>
      {figures === undefined ? (
        <p className="wait">{words.loading}</p>
      ) : (
        <WallFigures
          organisation={organisation}
          on={figures.on}
          begins={address.year ?? yearsToShow(figures.schoolYears, figures.on)[0]}
        />
      )}
    </main>
  );
}

function WallFigures({
  organisation,
  on,
  begins,
}: {
  readonly organisation: string | undefined;
  readonly on: string;
  readonly begins: number;
}) {
  const { data: due } = useQuery(dueQuery(organisation, on));
  const year = schoolYear(begins);
  const filter = { organisationId: organisation, dueFrom: year.from, dueTo: year.to };
  const { data: figures } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'wall', filter],
    queryFn: async () => (await ask(YearFiguresDocument, { filter, days: [] })).monitoring.total.indicators,
  });
  if (!due || !figures) return <p className="wait">{words.loading}</p>;
  const { numerator: done, denominator: planned } = shareOf(figures, 'DONE');
  const tiles = [
    ['bad', words.home.overdue, due.overdue.totalCount],
    ['warn', words.home.today, due.today.totalCount],
    ['now', words.home.week, due.week.totalCount],
    ['plain', words.home.month, due.week.totalCount + due.later.totalCount],
  ] as const;
  return (
    <>
      <dl className="wall-tiles" aria-live="polite">
        {tiles.map(([tone, title, count]) => (
          <div key={title} className={`tile ${count === 0 ? 'plain' : tone}`}>
            <dt>{title}</dt>
            <dd className="figure">{count}</dd>
          </div>
        ))}
      </dl>
      {planned > 0 && (
        <div className="wall-year">
          <p>
            {words.figures.done} {done} {words.figures.of} {planned}
            <strong>{shareText(done / planned)}</strong>
          </p>
          <progress max={planned} value={done} aria-label={`${words.figures.year} ${begins}/${begins + 1}`} />
        </div>
      )}
    </>
  );
}
