import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { ask } from '../api/ask';
import { YearFiguresDocument } from '../api/generated/graphql';
import { figuresQuery, OVERVIEW_KEY } from '../api/queries';
import { Choice } from '../parts/Choice';
import { OrganisationChoice } from '../parts/OrganisationChoice';
import { Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import { longDayText } from '../words/dates';
import { words } from '../words/words';
import { type OverviewAddress, overviewHref, useOverviewAddress } from './address';
import { Counts } from './Counts';
import { DueLists, DueTiles } from './Due';
import { Groups } from './Groups';
import { HeatMap } from './HeatMap';
import { Indicators } from './Indicators';
import { beginOf, schoolYear, trendDays } from './schoolYear';
import { Trend } from './Trend';
import { Waiting } from './Waiting';

/** What is overdue and due in the plans that the person sees, what waits for this person, and how the year goes. */
export default function Overview() {
  useTitle(words.overview);
  const address = useOverviewAddress();
  const { organisation } = address;
  const figures = useQuery(figuresQuery(organisation));
  if (figures.error && !figures.data) return <Problem error={figures.error} again={() => void figures.refetch()} />;
  if (!figures.data) return <p className="wait">{words.loading}</p>;
  const { on, plans, total } = figures.data;
  return (
    <>
      <div className="title-line">
        <h1>{words.overview}</h1>
        <Link href={overviewHref(address, '/wall')} className="button">
          {words.figures.toWall}
        </Link>
      </div>
      <p className="lead">
        {words.home.on} {longDayText(on)} · {words.home.planCount}: {plans} · {words.home.pointCount}: {total.total}
      </p>
      <Filters address={address} on={on} />
      <DueTiles organisation={organisation} on={on} />
      <div className="columns">
        <div>
          <DueLists organisation={organisation} on={on} />
        </div>
        <div>
          <Waiting />
          <Counts total={total} organisation={organisation} />
        </div>
      </div>
      <Year address={address} on={on} />
    </>
  );
}

function Filters({ address, on }: { readonly address: OverviewAddress; readonly on: string }) {
  const [, go] = useLocation();
  const present = beginOf(on);
  const years = [...new Set([present + 1, present, present - 1, address.year ?? present])].sort((a, b) => b - a);
  return (
    <div className="filters">
      <OrganisationChoice
        value={address.organisation ?? ''}
        onChange={(id) => go(overviewHref({ ...address, organisation: id || undefined }))}
      />
      <Choice
        label={words.figures.year}
        value={String(address.year ?? present)}
        onChange={(year) => go(overviewHref({ ...address, year: Number(year) === present ? undefined : Number(year) }))}
        options={years.map((year) => [String(year), `${year}/${year + 1}`] as const)}
      />
    </div>
  );
}

/** The figures of the chosen school year. */
function Year({ address, on }: { readonly address: OverviewAddress; readonly on: string }) {
  const { organisation } = address;
  const year = schoolYear(address.year ?? beginOf(on));
  const filter = { organisationId: organisation, dueFrom: year.from, dueTo: year.to };
  const { data, error, refetch } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'year', filter, on],
    queryFn: async () => (await ask(YearFiguresDocument, { filter, days: trendDays(year, on) })).monitoring,
  });
  return (
    <>
      {data && data.total.planned > 0 && <Trend series={data.series} year={year} today={on} filter={filter} />}
      {error && !data && <Problem error={error} again={() => void refetch()} />}
      <HeatMap address={address} year={year} />
      <div className="columns">
        <Groups address={address} filter={filter} />
        {data && <Indicators indicators={data.total.indicators} filter={filter} />}
      </div>
    </>
  );
}
