import type { GraphQLError } from 'graphql';

/**
 * Returns errors in the order of their fields in the GraphQL document, then of their list indexes. Errors arise in the
 * order in which reads end, which differs between executions; the order in an answer must not differ.
 */
export function inDocumentOrder(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  return errors.length < 2 ? errors : errors.toSorted(comparePlaces);
}

function comparePlaces(one: GraphQLError, other: GraphQLError): number {
  const [first, second] = [answerPlace(one), answerPlace(other)];
  for (const [index, part] of first.entries()) {
    const difference = part - (second[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

/** Returns line, column and list indexes. */
function answerPlace({ locations, path }: GraphQLError): readonly number[] {
  const { line = 0, column = 0 } = locations?.[0] ?? {};
  return [line, column, ...(path ?? []).flatMap((part) => (typeof part === 'number' ? [part] : []))];
}
