import { compareNames } from '../words/names';

interface ListedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string | null;
}

/**
 * Returns organisations in the order of their tree, by name within each parent, with their depth from 0. An organisation
 * whose parent is not in the list is a root.
 */
export function asTree<Each extends ListedOrganisation>(found: readonly Each[]): (Each & { readonly depth: number })[] {
  const ids = new Set(found.map(({ id }) => id));
  const below = Map.groupBy(
    found.toSorted((a, b) => compareNames(a.name, b.name)),
    ({ parentId }) => (parentId && ids.has(parentId) ? parentId : ''),
  );
  const branch = (parentId: string, depth: number): (Each & { readonly depth: number })[] =>
    (below.get(parentId) ?? []).flatMap((each) => [{ ...each, depth }, ...branch(each.id, depth + 1)]);
  return branch('', 0);
}
