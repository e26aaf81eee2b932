import 'reflect-metadata';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Authentication } from '../access/authentication.js';
import { AccessUnavailable } from '../access/principal.js';
import { mayRead } from '../application/policy.js';
import { languageOf } from '../application/wordings.js';
import { bodyLimit } from '../documents/isolated.js';
import { EventStoreUnavailable } from '../eventstore/port.js';
import { ReadStoreUnavailable } from '../readstore/port.js';
import { VaultUnavailable } from '../vault/vault.js';
import { serveAudit } from './auditExport.js';
import { Context } from './context.js';
import { serveDocuments } from './documents.js';
import { apiError } from './errors.js';
import { serveLog } from './log.js';
import type { ContextFor } from './rest.js';
import { schema } from './schema.js';
import type { Services } from './services.js';

/** Most tokens of a document. */
const MAX_TOKENS = 4_000;
const MAX_SUBSCRIPTION_MESSAGE = 100_000;

/** Metrics in the form that Prometheus reads. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** What the server is made of. */
export interface ServerParts {
  readonly services: Services;
  readonly authentication: Authentication;
  readonly log: Logger;
  /** Why requests should not come here now; undefined when they may. */
  readonly readiness: { readonly problem: string | undefined };
  readonly metrics: MetricsText;
  /** Without `api` there are health and metrics alone. */
  readonly serves: { readonly api: boolean };
}

/** The HTTP server: GraphQL at /graphql (POST, GET, WebSocket), GraphiQL at /, plans as documents below /plans, the audit trail as a file at /audit.jsonl and /audit.csv, the log at /checkpoint and below /tile, health below /health, metrics at /metrics. */
export async function httpServer(parts: ServerParts): Promise<FastifyInstance> {
  // What is asked for may name people: addresses are logged without it.
  const req = ({ method, url, ip }: FastifyRequest) => ({ method, url: url.split('?')[0], ip });
  const loggerInstance: FastifyBaseLogger = parts.log.child({}, { serializers: { req } });
  const app = Fastify({
    loggerInstance,
    bodyLimit: bodyLimit(parts.services.maxUpload),
    forceCloseConnections: 'idle',
  });
  if (parts.serves.api) await serveGraphql(app, parts);
  const { authentication, metrics, readiness } = parts;
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const { problem } = readiness;
    return reply.code(problem === undefined ? 200 : 503).send({ status: problem ?? 'ready' });
  });
  app.get('/metrics', async (request, reply) => {
    const caller = await authentication.callerOf(tokenOf(request.headers.authorization));
    if (!caller || !mayRead(caller.principal, 'system')) return reply.code(401).send('An API key is needed.\n');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  return app;
}

async function serveGraphql(app: FastifyInstance, { services, authentication, log }: ServerParts): Promise<void> {
  const contextFor: ContextFor = async (authorization, language, way) => {
    const caller = await authentication.callerOf(tokenOf(authorization));
    if (!caller) throw unauthenticated();
    return new Context(services, caller, languageOf(language), way);
  };
  const apollo = new ApolloServer<Context>({
    schema: schema(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: (formatted, error) => formattedError(formatted, error, log),
    logger: log,
    plugins: [ApolloServerPluginCacheControlDisabled(), drain(app), staleness, ending],
  });
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => contextFor(request.headers.authorization, request.headers['accept-language'], 'query'),
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler(request, reply) {
      const browser = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      return browser ? reply.redirect('/') : handler.call(app, request, reply);
    },
  });
  app.get('/', async (_, reply) => reply.type('text/html; charset=utf-8').send(await graphiql()));
  if (services.log) serveLog(app, services.log, services.events, contextFor);
  serveDocuments(app, contextFor);
  serveAudit(app, contextFor);
  serveSubscriptions(app, contextFor);
}

/** Tells with an answer which of the read models it came from are behind, so that nothing old passes for new. */
const staleness: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, response: { body } }) {
        const { staleness: behind } = contextValue;
        if (behind.length === 0 || body.kind !== 'single') return;
        const stale = behind.map(({ model, documents, sinceAt }) => ({
          code: 'QUARANTINED',
          readModel: model,
          documents,
          staleSince: sinceAt,
        }));
        body.singleResult.extensions = { ...body.singleResult.extensions, stale };
      },
    };
  },
};

/** Lets go of what a request opened for itself. */
const ending: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return { willSendResponse: ({ contextValue }) => contextValue.end() };
  },
};

function tokenOf(authorization: string | undefined): string {
  return /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '';
}

function drain(app: FastifyInstance): ApolloServerPlugin<Context> {
  return fastifyApolloDrainPlugin(app);
}

function unauthenticated(): GraphQLError {
  const message =
    'An API key is needed: send it as «Authorization: Bearer …». The administrator makes one with `letopis keys add`.';
  return apiError('UNAUTHENTICATED', message, { http: { status: 401 } });
}

/** What callers may see of an error: refusals and usage whole, faults only by a number that the log has too. */
function formattedError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const { code } = formatted.extensions ?? {};
  if (code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const cause = unwrapResolverError(error);
  if (isUnavailable(cause)) {
    log.error({ err: cause, path: formatted.path }, 'a store is not available');
    const message =
      'The server cannot read or store just now. Ask again in a while; a command with the same commandId is never carried out twice.';
    return { ...formatted, message, extensions: { code: 'UNAVAILABLE' } };
  }
  log.error({ err: cause, path: formatted.path }, 'a request failed');
  const { message: _, ...rest } = formatted;
  return { ...rest, message: 'The server failed to answer this; its log tells why.', extensions: { code } };
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ReadStoreUnavailable ||
    error instanceof VaultUnavailable ||
    error instanceof AccessUnavailable
  );
}

let page: Promise<string> | undefined;

/** GraphiQL from this server alone; loaded at its first use, since it is large. */
function graphiql(): Promise<string> {
  page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) =>
    renderGraphiQL({
      title: 'Летопись',
      endpoint: '/graphql',
      subscriptionsProtocol: 'WS',
      headers: '{ "Authorization": "Bearer КЛЮЧ" }',
      defaultQuery:
        '# Вставьте ключ, напечатанный при запуске, в «Headers» /\n# put the key printed at start into «Headers»\n{ plans { nodes { id title status } } }\n',
    }),
  );
  return page;
}

function serveSubscriptions(app: FastifyInstance, contextFor: ContextFor): void {
  const sockets = new WebSocketServer({
    server: app.server,
    path: '/graphql',
    maxPayload: MAX_SUBSCRIPTION_MESSAGE,
    perMessageDeflate: false,
  });
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const served = useServer(
    {
      schema: schema(),
      connectionInitWaitTimeout: 10_000,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          const authorization = authorizationOf(connectionParams) ?? extra.request.headers.authorization;
          const { caller } = await contextFor(authorization, undefined, 'subscription');
          // Revoked or expired: whatever is open by it ends. The client may come again by another key.
          const close = () => extra.socket.close(CloseCode.Forbidden, 'This access has ended: come by another key');
          caller.ended.addEventListener('abort', close);
          extra.socket.once('close', () => caller.ended.removeEventListener('abort', close));
          return true;
        } catch {
          extra.socket.close(CloseCode.Forbidden, 'An API key is needed: give it as connectionParams.authorization');
          return false;
        }
      },
      context: ({ connectionParams, extra }) =>
        contextFor(
          authorizationOf(connectionParams) ?? extra.request.headers.authorization,
          text(connectionParams?.['accept-language']) ?? extra.request.headers['accept-language'],
          'subscription',
        ),
    },
    sockets,
  );
  app.addHook('preClose', async () => {
    await served.dispose();
  });
}

function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = params?.authorization ?? params?.Authorization;
  return typeof value === 'string' ? value : undefined;
}
