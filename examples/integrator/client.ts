import type { TypedDocumentString } from './generated/graphql.js';
import { asked, type Connection, LetopisError, type Problem } from './http.js';

/** What GraphQL answers. That `data` is as the types say, the server sees to: they are made from its schema. */
interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly Problem[];
}

/**
 * Asks Letopis. A mutation needs a `commandId` in its input: after a lost answer it is sent again, and with it never carried
 * out twice.
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

/** The data of an answer. @throws LetopisError when it has errors, also beside data */
export function dataIn<Data>(text: string): Data {
  const { data, errors }: Answer<Data> = JSON.parse(text);
  const [first] = errors ?? [];
  if (first) throw new LetopisError(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR', first.message);
  return data;
}

/** Hashes that the server did not know, of documents whose text it takes. */
const unknown = new Set<string>();

/** Sends the hash of a document, and its text when the server does not know it, or knows of no hashes at all. */
export async function byHash<Data, Variables, T>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  send: (body: object) => Promise<T>,
): Promise<T> {
  const hash: string = document.__meta__?.hash ?? '';
  // Forgotten until the text is taken again: a server that wants the hash now is sent it next time.
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

/** A server that knows of no hashes finds the request bad, in one way or another. */
function mayBeUnknown(error: unknown): boolean {
  return error instanceof LetopisError && (error.status === 400 || error.code === 'PERSISTED_QUERY_NOT_FOUND');
}
