import type { TypedDocumentString } from './generated/graphql.js';
import { asked, type Connection, LetopisError, type Problem } from './http.js';

/** A GraphQL response. The server guarantees that `data` matches the types, which are generated from its schema. */
interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly Problem[];
}

/**
 * Sends an operation and returns its data. A mutation needs a `commandId` in its input: the client repeats a mutation
 * whose response was lost, and the server executes a `commandId` once.
 *
 * @throws LetopisError
 */
export function request<Data, Variables>(
  to: Connection,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const read = async (response: Response) => dataIn<Data>(await response.text());
  return byHash(document, variables, (body) => asked(to, '/graphql', read, { body }));
}

/** Returns the data of a response. @throws LetopisError for a response with errors, even if it also has data. */
export function dataIn<Data>(text: string): Data {
  const { data, errors }: Answer<Data> = JSON.parse(text);
  const [first] = errors ?? [];
  if (first) throw new LetopisError(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR', first.message);
  return data;
}

/** Hashes of documents that the server did not know although it accepted their text. */
const unknown = new Set<string>();

/**
 * Sends the hash of a document. Sends its text if the server does not know the hash or supports no persisted documents.
 */
export async function byHash<Data, Variables, T>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  send: (body: object) => Promise<T>,
): Promise<T> {
  const hash: string = document.__meta__?.hash ?? '';
  // Delete the entry first: if the server now accepts only hashes, the next attempt sends the hash.
  if (hash !== '' && !unknown.delete(hash)) {
    try {
      return await send({ documentId: hash, variables });
    } catch (error) {
      if (!mayBeUnknown(error)) throw error;
    }
  }
  const answer = await send({ query: document.toString(), variables });
  unknown.add(hash);
  return answer;
}

/** Returns true for the errors of a server that does not know the hash or supports no persisted documents. */
function mayBeUnknown(error: unknown): boolean {
  return error instanceof LetopisError && (error.status === 400 || error.code === 'PERSISTED_QUERY_NOT_FOUND');
}
