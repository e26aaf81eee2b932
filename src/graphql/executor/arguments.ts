import { getArgumentValues, Kind } from 'graphql';
import type { SelectedField } from './selection.js';

/**
 * Returns the values of the arguments of a field. If `last` is given, `first` has no default, because a page is counted
 * from one end.
 *
 * @throws GraphQLError for a value that is missing or not of its type.
 */
export function argumentsOf(
  { definition, nodes: [node] }: Pick<SelectedField, 'definition' | 'nodes'>,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values = getArgumentValues(definition, node, { ...variables });
  if (values.last === undefined || values.last === null) return values;
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  const isGiven = given?.kind === Kind.VARIABLE ? given.name.value in variables : given !== undefined;
  if (isGiven) return values;
  const { first: _, ...rest } = values;
  return rest;
}
