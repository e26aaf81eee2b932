import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { ask } from '../api/ask';
import { CountedItemsDocument, FigureBehindDocument } from '../api/generated/graphql';
import { namedQuery, OVERVIEW_KEY } from '../api/queries';
import { Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import { shortDayText } from '../words/dates';
import { words } from '../words/words';
import { type PointsAddress, usePointsAddress } from './address';
import { ofCounted } from './dueItem';
import { countedText, indicatorText } from './Indicators';
import { MonthsOfItems } from './MonthsOfItems';

/** The list behind a figure: the control points, reports or activities that it counts. */
export default function CountedItems() {
  const address = usePointsAddress();
  const { filter, indicator = null, hits = null, timing = null, on = null } = address;
  const found = useInfiniteQuery({
    queryKey: [...OVERVIEW_KEY, 'points', address],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const variables = { filter, indicator, hits, timing: timing && [...timing], on, after: pageParam };
      return (await ask(CountedItemsDocument, variables)).indicatorItems;
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
  const figure = useQuery({
    queryKey: [...OVERVIEW_KEY, 'figure', address],
    queryFn: async () => {
      const codes = indicator === null ? [] : [indicator];
      return (await ask(FigureBehindDocument, { filter, codes, on })).monitoring.total.indicators[0] ?? null;
    },
    enabled: indicator !== null,
  });
  const about = useAbout(address);
  const title = figure.data?.title ?? (timing ?? []).map((each) => words.timing[each]).join(', ');
  useTitle(title || words.figures.points);
  const pages = found.data?.pages ?? [];
  const items = pages.flatMap((page) => ofCounted(page).items);
  const total = pages[0]?.totalCount;
  return (
    <>
      <h1>{title === '' ? words.figures.points : `${words.figures.points}: ${title}`}</h1>
      {about.length > 0 && <p className="lead">{about.join(' · ')}</p>}
      {figure.data && (
        <p>
          <strong>{indicatorText(figure.data)}</strong> — {countedText(figure.data)}
          {hits && <span className="small"> · {words.figures.onlyHits}</span>}
        </p>
      )}
      {figure.error && !figure.data && !found.error && (
        <Problem error={figure.error} again={() => void figure.refetch()} />
      )}
      {found.error && <Problem error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <p className="wait">{words.loading}</p>}
      {total !== undefined && (
        <section className="card" aria-label={words.figures.points}>
          <p className="small" role="status">
            {words.home.points}: {total}
          </p>
          {total === 0 && <p>{words.figures.none}</p>}
          <MonthsOfItems items={items} isWhole={!found.hasNextPage} />
          {found.hasNextPage && <Button onPress={() => void found.fetchNextPage()}>{words.list.more}</Button>}
        </section>
      )}
    </>
  );
}

/** Returns the restrictions of the list in the address, in words. */
function useAbout({ filter, on }: PointsAddress): readonly string[] {
  const { organisationId, planId, sectionId, accountableId, dueFrom, dueTo } = filter;
  const ids = [organisationId, planId, sectionId, accountableId].filter((id) => id !== undefined);
  const { data } = useQuery(namedQuery(ids));
  const names = (data ?? []).flatMap((each) => {
    if (!each) return [];
    return 'name' in each ? [each.name] : 'title' in each ? [each.title] : [];
  });
  const period = [dueFrom, dueTo].filter((day) => day !== undefined).map(shortDayText);
  const days = [...new Set(period)].join(' – ');
  return [
    ...names,
    ...(days === '' ? [] : [`${words.figures.term} ${days}`]),
    ...(on === undefined ? [] : [`${words.home.on} ${shortDayText(on)}`]),
  ];
}
