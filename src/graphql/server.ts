import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { AccessKeys } from '../access/keys.js';
import { languageOf } from '../application/wordings.js';
import { Context, type Services } from './context.js';
import { apiError } from './errors.js';
import { schema } from './schema.js';

/** Largest request body, in bytes: an import of 5 MB in base64 fits. */
const MAX_BODY = 8_000_000;
/** Most tokens of a document. */
const MAX_TOKENS = 4_000;
const MAX_SUBSCRIPTION_MESSAGE = 100_000;

/** The HTTP server: GraphQL at /graphql (POST, GET, WebSocket), GraphiQL at /, health below /health. */
export async function httpServer(
  services: Services,
  keys: AccessKeys,
  log: Logger,
  readyAt: () => boolean,
): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = log;
  const app = Fastify({
    loggerInstance,
    bodyLimit: MAX_BODY,
    forceCloseConnections: 'idle',
  });
  const contextFor = (authorization: string | undefined, language: string | undefined): Context => {
    const principal = keys.principalOf(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '');
    if (!principal) throw unauthenticated();
    return new Context(services, principal, languageOf(language));
  };
  const apollo = new ApolloServer<Context>({
    schema: schema(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: (formatted, error) => formattedError(formatted, error, log),
    logger: log,
    plugins: [ApolloServerPluginCacheControlDisabled(), drain(app), staleness],
  });
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => contextFor(request.headers.authorization, request.headers['accept-language']),
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
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const ready = readyAt();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'catching up' });
  });
  serveSubscriptions(app, contextFor);
  return app;
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
  log.error({ err: unwrapResolverError(error), path: formatted.path }, 'a request failed');
  const { message: _, ...rest } = formatted;
  return { ...rest, message: 'The server failed to answer this; its log tells why.', extensions: { code } };
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

function serveSubscriptions(
  app: FastifyInstance,
  contextFor: (authorization?: string, language?: string) => Context,
): void {
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
      onConnect: ({ connectionParams, extra }) => {
        try {
          contextFor(authorizationOf(connectionParams) ?? extra.request.headers.authorization);
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
