import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** GraphQL documents registered by the operator, by their ids. */
export type PersistedDocuments = ReadonlyMap<string, string>;

const PREFIX = 'sha256:';
const Named = z.looseObject({ documentId: z.string().min(1).max(200) });

/** Returns a registered GraphQL document by its id, with or without the prefix `sha256:`. */
function persistedText(documents: PersistedDocuments, id: string): string | undefined {
  return documents.get(id) ?? documents.get(id.startsWith(PREFIX) ? id.slice(PREFIX.length) : `${PREFIX}${id}`);
}

/**
 * Allows clients to send the id of a GraphQL document (`documentId`) instead of its text. The operator has registered
 * the document, or a client has sent it with its hash before (automatic persisted queries, which Apollo handles).
 */
export function servePersisted(app: FastifyInstance, documents: PersistedDocuments): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const { body, method, url } = request;
    const isNamed = typeof body === 'object' && body !== null && 'documentId' in body;
    if (isNamed && method === 'POST' && /^\/graphql(\/stream)?(\?|$)/.test(url)) {
      request.body = unfolded(documents, body);
    }
    done();
  });
}

/** Returns a body with its `documentId` replaced by the query. */
function unfolded(documents: PersistedDocuments, body: unknown): unknown {
  const named = Named.safeParse(body);
  if (!named.success || 'query' in named.data) return body;
  const { documentId, ...rest } = named.data;
  const query = persistedText(documents, documentId);
  return query === undefined ? { ...rest, extensions: extensionsFor(documentId, rest.extensions) } : { ...rest, query };
}

/** Returns the URL of a GET request with its `documentId` replaced by the query, so that later code needs no ids. */
export function unfoldedUrl(documents: PersistedDocuments, url: string): string {
  const [path = '', search] = url.split('?');
  if (search === undefined || !search.includes('documentId=') || !/^\/graphql(\/stream)?$/.test(path)) return url;
  const parameters = new URLSearchParams(search);
  const id = parameters.get('documentId') ?? '';
  if (parameters.has('query')) return url;
  parameters.delete('documentId');
  const query = persistedText(documents, id);
  if (query === undefined) parameters.set('extensions', JSON.stringify(extensionsFor(id, undefined)));
  else parameters.set('query', query);
  return `${path}?${parameters}`;
}

function extensionsFor(id: string, others: unknown) {
  const sha256Hash = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
  return { ...(typeof others === 'object' ? others : {}), persistedQuery: { version: 1, sha256Hash } };
}
