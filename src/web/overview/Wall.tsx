import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import { YearFiguresDocument } from '../api/generated/graphql';
import type { LiveState } from '../api/live';
import { figuresQuery, namedQuery, OVERVIEW_KEY } from '../api/queries';
import { LiveMark } from '../parts/LiveMark';
import { Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import { longDayText } from '../words/dates';
import { shareText } from '../words/numbers';
import { words } from '../words/words';
import { overviewHref, useOverviewAddress } from './address';
import { DueTiles } from './Due';
import { afterError } from './dueQuery';
import { schoolYearFrom, yearsToShow } from './schoolYear';
import { shareOf } from './shares';

/** The overview for a screen on a wall: a few figures that can be read from afar and change by themselves. */
export default function Wall({ live }: { readonly live: LiveState }) {
  useTitle(words.overview);
  const address = useOverviewAddress();
  const { organisation } = address;
  const { data: figures, error } = useQuery({ ...figuresQuery(organisation), refetchInterval: afterError });
  const on = figures?.on;
  const named = useQuery(namedQuery(organisation === undefined ? [] : [organisation]));
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
        <NoFigures error={error} />
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

function NoFigures({ error }: { readonly error: Error | null }) {
  return error ? <Problem error={error} /> : <p className="wait">{words.loading}</p>;
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
  const year = schoolYearFrom(begins);
  const filter = { organisationId: organisation, dueFrom: year.from, dueTo: year.to };
  const { data: figures, error } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'wall', filter],
    queryFn: async () => (await ask(YearFiguresDocument, { filter, days: [] })).monitoring.total.indicators,
    refetchInterval: afterError,
  });
  if (!figures) return <NoFigures error={error} />;
  const { numerator: done, denominator: planned } = shareOf(figures, 'DONE');
  return (
    <>
      <DueTiles organisation={organisation} on={on} isOnWall />
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
