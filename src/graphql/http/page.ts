import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { apiError } from '../errors.js';
import { describedBy, routeOperation, TEXT_SCHEMA } from '../openapi/operation.js';

/** The directory of the built page. The relative address is right from `src` and from `dist`. */
const BUILT = new URL('../../../dist/web/', import.meta.url);

/** Addresses of the page. Its script shows the view of the address. */
const PAGE_ADDRESSES = [
  ...(['/', '/points', '/wall', '/sign-in', '/journal', '/proof'] as const),
  ...(['/document', '/document/*', '/plan', '/plan/*'] as const),
] as const;

/** Nothing is loaded from other hosts, and the page contains no inline script or style. */
const PAGE_POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const PAGE = routeOperation({
  summary: 'The web page',
  tag: 'Web page',
  access: 'open',
  responses: { 200: ['The page.', { 'text/html': TEXT_SCHEMA }] },
});
const PLAN_PAGE = routeOperation({
  summary: 'The web page about a plan',
  tag: 'Web page',
  access: 'open',
  path: { address: 'The plan and what is shown of it.' },
  responses: { 200: ['The page.', { 'text/html': TEXT_SCHEMA }] },
});
const ASSET = routeOperation({
  summary: 'A file of the web page',
  tag: 'Web page',
  access: 'open',
  path: { file: 'Its name.' },
  responses: {
    200: ['The file.', { 'text/javascript': TEXT_SCHEMA, 'text/css': TEXT_SCHEMA, 'image/svg+xml': TEXT_SCHEMA }],
  },
});

const NOT_BUILT = 'Страница не собрана: выполните npm run build:web. / The page is not built: run npm run build:web.';

/**
 * Serves the web page at {@link PAGE_ADDRESSES} and its files below /assets. The few files are read into memory once.
 */
export async function servePage(app: FastifyInstance): Promise<void> {
  const page = await readFile(new URL('index.html', BUILT)).catch(() => undefined);
  const names = page ? await readdir(new URL('assets/', BUILT)) : [];
  const read = names.map(async (name) => [name, await readFile(new URL(`assets/${name}`, BUILT))] as const);
  const assets = new Map(await Promise.all(read));
  for (const view of PAGE_ADDRESSES) {
    app.get(view, describedBy({ get: view.endsWith('*') ? PLAN_PAGE : PAGE }), async (_, reply) => {
      if (!page) throw apiError('NOT_FOUND', NOT_BUILT);
      reply.header('content-security-policy', PAGE_POLICY).header('cache-control', 'no-cache');
      return reply.type('text/html; charset=utf-8').send(page);
    });
  }
  app.get<{ Params: { file: string } }>(
    '/assets/:file',
    describedBy({ get: ASSET }),
    async ({ params: { file } }, reply) => {
      const asset = assets.get(file);
      if (!asset) return reply.callNotFound();
      // Names of assets contain a hash of the content.
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply.type(TYPES[extname(file)] ?? 'application/octet-stream').send(asset);
    },
  );
}
