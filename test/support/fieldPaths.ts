import { type GraphQLInputType, getNullableType, isInputObjectType, isListType } from 'graphql';
import { schema } from '../../src/graphql/schema.js';

/**
 * Mutations that read their changes from a document: `changes.3` is the fourth difference that `importPreview` lists.
 */
const OF_DOCUMENTS: ReadonlySet<string> = new Set(['reviseDraft', 'amendFromDocument']);

/** Returns true when the path of a user error, with dots between, leads to a field of the input of a mutation. */
export function isFieldOf(mutation: string, path: string): boolean {
  const input = schema()
    .getMutationType()
    ?.getFields()
    [mutation]?.args.find(({ name }) => name === 'input');
  if (OF_DOCUMENTS.has(mutation) && /^changes\.\d+(\.|$)/.test(path)) return true;
  return input !== undefined && leadsIn(input.type, path.split('.'));
}

function leadsIn(type: GraphQLInputType, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  const plain = getNullableType(type);
  if (isListType(plain)) return /^\d+$/.test(step) && leadsIn(plain.ofType, rest);
  const field = isInputObjectType(plain) ? plain.getFields()[step] : undefined;
  return field !== undefined && leadsIn(field.type, rest);
}
