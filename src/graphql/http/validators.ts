import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * Gives each whole answer of the API to a GET a tag of its very content, and answers 304 to who has that content already. The tag is exact:
 * whatever the answer depends on (what is seen, the language, the local day of a timing) is in it because it is in the answer.
 */
export function serveValidators(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    const isAsked = request.method === 'GET' && request.url.startsWith('/graphql?');
    const isWhole = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (!isAsked || !isWhole || reply.statusCode !== 200) return done(null, payload);
    // Weak, since the same content may be packed or not.
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
