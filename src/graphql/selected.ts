import { type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql';

/**
 * Returns the names of the fields selected below the resolved field. The list includes fields that @skip or @include
 * may omit.
 */
export function selectedFields({
  fieldNodes,
  fragments,
}: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (selection: SelectionNode): void => {
    if (selection.kind === Kind.FIELD) {
      names.add(selection.name.value);
      return;
    }
    const below = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    below?.selectionSet.selections.forEach(add);
  };
  for (const { selectionSet } of fieldNodes) selectionSet?.selections.forEach(add);
  return names;
}
