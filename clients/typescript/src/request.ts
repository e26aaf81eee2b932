import { LetopisError } from './errors.js';
import { type Connection, type GraphQLProblem, type Options, send } from './http.js';

/** A GraphQL document with the types of its data and variables, as GraphQL Code Generator writes it. */
export interface TypedDocument<Data, Variables> {
  toString(): string;
  /** Only a type: no document has it. */
  __apiType?: (variables: Variables) => Data;
}

/** The data of a response without errors: a root list or page is null only with an error. */
interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly GraphQLProblem[];
}

/**
 * Sends a query or a mutation and returns its data. Give a mutation a `commandId`: a request whose response was lost is
 * sent again, and the server executes a `commandId` once.
 *
 * @throws LetopisError also when only a part of the data is missing
 */
export function request<Data, Variables>(
  to: Connection,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  options: Options = {},
): Promise<Data> {
  return send(to, { query: String(document), variables }, options, (text) => dataIn<Data>(text));
}

/** Returns the data of a response. @throws LetopisError for a response with errors */
export function dataIn<Data>(text: string): Data {
  const { data, errors }: Answer<Data> = JSON.parse(text);
  const [first] = errors ?? [];
  if (first) throw new LetopisError(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR', first.message, 200);
  return data;
}
