import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { PlanTitlesDocument } from '../api/generated/graphql';
import { JOURNAL_KEY } from '../api/queries';

/** Maximum number of titles in one request. */
const MAX_IDS = 200;

/**
 * Returns the titles of plans by their ids. A plan that is not loaded yet, or that this person may not see, has none.
 */
export function usePlanTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const wanted = [...new Set(ids)].slice(-MAX_IDS);
  const { data } = useQuery({
    queryKey: [...JOURNAL_KEY, 'titles', wanted],
    queryFn: async () => (await ask(PlanTitlesDocument, { ids: wanted })).nodes,
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  return new Map((data ?? []).flatMap((node) => (node && 'title' in node ? [[node.id, node.title] as const] : [])));
}
