import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * Adds an ETag to each complete answer to a GET, and answers 304 when the client has the same content. The tag is a
 * hash of the content, so it covers everything that the answer depends on: the access scope, the language, the local
 * day.
 */
export function serveValidators(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    const isAsked = request.method === 'GET' && request.url.startsWith('/graphql?');
    const isWhole = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (!isAsked || !isWhole || reply.statusCode !== 200) return done(null, payload);
    // Weak, because the same content may be compressed or not.
    const tag = `W/"${createHash('sha256').update(payload).digest('base64url')}"`;
    reply.header('etag', tag);
    reply.header('cache-control', 'private, no-cache');
    if (!tagsIn(request.headers['if-none-match']).includes(tag)) return done(null, payload);
    reply.code(304);
    reply.removeHeader('content-length');
    done(null, '');
  });
}

function tagsIn(header: string | undefined): string[] {
  return (header ?? '').split(',').map((tag) => tag.trim());
}
