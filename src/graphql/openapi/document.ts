import type { FastifyInstance } from 'fastify';
import { ERROR_KINDS } from '../errors.js';
import { component, describedBy, type JsonSchema, type RouteOperation, routeOperation } from './operation.js';

/** Schemas of components that routes refer to, by name. */
export type ComponentSchemas = () => Readonly<Record<string, JsonSchema>>;

type Paths = Record<string, Record<string, RouteOperation & { readonly operationId: string }>>;

const OPENAPI = routeOperation({
  summary: 'This document',
  tag: 'Operation',
  access: 'open',
  responses: { 200: ['The OpenAPI document.', { 'application/json': { type: 'object' } }] },
});

/**
 * Collects the descriptions of all routes that are added after this call. Returns the paths of the OpenAPI document.
 * Adding a route that describes no operation for one of its methods throws.
 */
export function describedPaths(app: FastifyInstance): Paths {
  const paths: Paths = {};
  app.addHook('onRoute', ({ method, url, config }) => {
    // The route for preflight requests of browsers, which covers every address.
    if (url === '*') return;
    // Fastify adds HEAD to each GET.
    for (const name of [method].flat().filter((each) => each !== 'HEAD')) {
      const found = Object.entries(config?.operations ?? {}).find(([each]) => each === name.toLowerCase())?.[1];
      if (!found) throw new Error(`${name} ${url} is not described: give its route describedBy(…)`);
      const address = routeAddress(url, found);
      const operationId = `${name.toLowerCase()} ${address}`.replace(/\W+/g, '_').replace(/_$/, '');
      paths[address] = { ...paths[address], [name.toLowerCase()]: { operationId, ...found } };
    }
  });
  return paths;
}

/** Returns the address of a route with its parameters in braces. The parameter of `*` is the last one of the path. */
function routeAddress(url: string, { parameters = [] }: RouteOperation): string {
  const rest = parameters.findLast((parameter) => parameter.in === 'path')?.name;
  return url.replace(/:(\w+)/g, '{$1}').replace('*', `{${rest}}`);
}

/** Serves the OpenAPI document of all routes at /openapi.json. */
export function serveOpenApi(
  app: FastifyInstance,
  paths: Paths,
  { schemas, version }: { readonly schemas: ComponentSchemas; readonly version: string },
): void {
  let text: string | undefined;
  app.get('/openapi.json', describedBy({ get: OPENAPI }), async (_, reply) => {
    text ??= JSON.stringify(openApiDocument(paths, schemas(), version));
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
}

function openApiDocument(paths: Paths, schemas: ReturnType<ComponentSchemas>, version: string): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Letopis',
      version,
      description:
        'The addresses of Letopis. Plans, activities, history and all commands are in the GraphQL API, which its own schema describes.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that serves this document' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key, or an access token (OIDC).' } },
      responses: {
        Problem: {
          description: 'An error: problem details (RFC 9457).',
          content: { 'application/problem+json': { schema: component('Problem') } },
        },
        GraphQLErrors: {
          description: 'An error without data.',
          content: { 'application/json': { schema: component('GraphQLErrors') } },
        },
      },
      schemas: { ...ERRORS, ...schemas },
    },
  };
}

const CODE: JsonSchema = {
  type: 'string',
  enum: Object.keys(ERROR_KINDS),
  description: Object.entries(ERROR_KINDS)
    .map(([code, { advice }]) => `- \`${code}\`: ${advice}`)
    .join('\n'),
};

const ERRORS: Readonly<Record<string, JsonSchema>> = {
  ErrorCode: CODE,
  Problem: {
    type: 'object',
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What is wrong, and what to do.' },
      code: component('ErrorCode'),
    },
    required: ['type', 'title', 'status', 'detail', 'code'],
  },
  GraphQLError: {
    type: 'object',
    properties: {
      message: { type: 'string' },
      path: { type: 'array', items: { type: ['string', 'integer'] } },
      extensions: { type: 'object', properties: { code: component('ErrorCode') }, required: ['code'] },
    },
    required: ['message', 'extensions'],
  },
  GraphQLErrors: {
    type: 'object',
    properties: { errors: { type: 'array', items: component('GraphQLError'), minItems: 1 } },
    required: ['errors'],
  },
};
