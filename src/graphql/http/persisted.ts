import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** Documents that an operator has given to the server, by their ids. */
export type PersistedDocuments = ReadonlyMap<string, string>;

const PREFIX = 'sha256:';
const Named = z.looseObject({ documentId: z.string().min(1).max(200) });

/** The text of a document by its id, with or without the name of the hash. */
function textOf(documents: PersistedDocuments, id: string): string | undefined {
  return documents.get(id) ?? documents.get(id.startsWith(PREFIX) ? id.slice(PREFIX.length) : `${PREFIX}${id}`);
}

/**
 * Lets clients name a document by its id (`documentId`) in place of sending it: one that was given to the server, or one that a client
 * has sent by its hash before (automatic persisted queries), of which Apollo tells whether it is known.
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

/** A body that names a document, as one that has it. */
function unfolded(documents: PersistedDocuments, body: unknown): unknown {
  const named = Named.safeParse(body);
  if (!named.success || 'query' in named.data) return body;
  const { documentId, ...rest } = named.data;
  const query = textOf(documents, documentId);
  return query === undefined ? { ...rest, extensions: extensionsFor(documentId, rest.extensions) } : { ...rest, query };
}

/** The address of a GET that names a document, as that of one that has it: whoever reads the address later knows of no ids. */
export function unfoldedUrl(documents: PersistedDocuments, url: string): string {
  const [path = '', search] = url.split('?');
  if (search === undefined || !search.includes('documentId=') || !/^\/graphql(\/stream)?$/.test(path)) return url;
  const parameters = new URLSearchParams(search);
  const id = parameters.get('documentId') ?? '';
  if (parameters.has('query')) return url;
  parameters.delete('documentId');
  const query = textOf(documents, id);
  if (query === undefined) parameters.set('extensions', JSON.stringify(extensionsFor(id, undefined)));
  else parameters.set('query', query);
  return `${path}?${parameters}`;
}

function extensionsFor(id: string, others: unknown) {
  const sha256Hash = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
  return { ...(typeof others === 'object' ? others : {}), persistedQuery: { version: 1, sha256Hash } };
}
