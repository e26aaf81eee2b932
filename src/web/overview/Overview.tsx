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
import { DueLists, DueTiles } from './Due';
import { GroupsCard } from './GroupsCard';
import { HeatMap } from './HeatMap';
import { Indicators } from './Indicators';
import { StateCounts } from './StateCounts';
import { schoolYearFrom, trendDays, yearsToShow } from './schoolYear';
import { Trend } from './Trend';
import { WaitingForViewer } from './WaitingForViewer';

/**
 * The overview: what is overdue and due in the visible plans, what waits for this person, and the progress of the year.
 */
export default function Overview() {
  useTitle(words.overview);
  const address = useOverviewAddress();
  const [, go] = useLocation();
  const { organisation } = address;
  const figures = useQuery(figuresQuery(organisation));
  if (figures.error && !figures.data) return <Problem error={figures.error} again={() => void figures.refetch()} />;
  if (!figures.data) return <p className="wait">{words.loading}</p>;
  const { on, plans, schoolYears, total } = figures.data;
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
      <div className="filters">
        <OrganisationChoice
          value={organisation ?? ''}
          onChange={(id) => go(overviewHref({ ...address, organisation: id || undefined }))}
        />
      </div>
      <div className="present">
        <WaitingForViewer />
        <section className="standing" aria-labelledby="now-title">
          <h2 className="part" id="now-title">
            {words.home.now}
          </h2>
          <DueTiles organisation={organisation} on={on} />
        </section>
        <div className="lists">
          <DueLists organisation={organisation} on={on} />
        </div>
        <StateCounts total={total} organisation={organisation} />
      </div>
      <SchoolYearFigures address={address} on={on} years={yearsToShow(schoolYears, on)} />
    </>
  );
}

/** The figures of the chosen school year. */
function SchoolYearFigures({
  address,
  on,
  years,
}: {
  readonly address: OverviewAddress;
  readonly on: string;
  /** Years with plans; the first one is shown unless the address names another. */
  readonly years: readonly [number, ...number[]];
}) {
  const [, go] = useLocation();
  const { organisation } = address;
  const [usual] = years;
  const begins = address.year ?? usual;
  const year = schoolYearFrom(begins);
  const filter = { organisationId: organisation, dueFrom: year.from, dueTo: year.to };
  const { data, error, refetch } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'year', filter, on],
    queryFn: async () => (await ask(YearFiguresDocument, { filter, days: trendDays(year, on) })).monitoring,
  });
  return (
    <section aria-labelledby="year-title">
      <div className="part-line">
        <h2 className="part" id="year-title">
          {words.figures.ofYear}
        </h2>
        <Choice
          label={words.figures.year}
          value={String(begins)}
          onChange={(chosen) =>
            go(overviewHref({ ...address, year: Number(chosen) === usual ? undefined : Number(chosen) }))
          }
          options={[...new Set([...years, begins])].map((each) => [String(each), `${each}/${each + 1}`] as const)}
        />
      </div>
      {data && data.total.planned > 0 && <Trend series={data.series} year={year} today={on} filter={filter} />}
      {error && !data && <Problem error={error} again={() => void refetch()} />}
      <HeatMap address={address} year={year} />
      <div className="columns">
        <GroupsCard address={address} filter={filter} />
        {data && <Indicators indicators={data.total.indicators} filter={filter} />}
      </div>
    </section>
  );
}
