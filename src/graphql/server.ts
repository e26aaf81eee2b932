import 'reflect-metadata';
import { createServer } from 'node:http';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Authentication } from '../access/authentication.js';
import type { SignInProvider } from '../access/signInProvider.js';
import { mayEnter } from '../application/policy.js';
import { bodyLimit } from '../documents/isolated.js';
import { serveAudit } from './auditExport.js';
import { isWarned } from './context/health.js';
import { serveDocuments } from './documents.js';
import { apiError } from './errors.js';
import { serveExport } from './export.js';
import { type TrustedProxies, trustedProxies } from './http/address.js';
import { apolloServer, httpVisit } from './http/apollo.js';
import { guardBodies } from './http/bodies.js';
import { answerBroken, refuseExpectation } from './http/broken.js';
import { holdIdentifications, identificationOf } from './http/door.js';
import { explorer } from './http/explorer/page.js';
import { FailedAttempts } from './http/failedAttempts.js';
import { answerFailures, requestError, sendError } from './http/failures.js';
import { front } from './http/front.js';
import { type ServerReadiness, serveHealth } from './http/health.js';
import { servePage } from './http/page.js';
import { type PersistedDocuments, servePersisted, unfoldedUrl } from './http/persisted.js';
import type { Questions } from './http/plain.js';
import { commonHeaders, protect } from './http/protection.js';
import { serveProviderSignIn } from './http/providerSignIn.js';
import { readingParts } from './http/reading.js';
import { serveSession } from './http/session.js';
import { closeSilent } from './http/silent.js';
import { serveSockets } from './http/sockets.js';
import { serveStream } from './http/stream.js';
import { Budget } from './limits/budget.js';
import { CallerConnections } from './limits/connections.js';
import { type DoorRefusal, limitConnections, timeLimits } from './limits/door.js';
import { LiveHeap } from './limits/liveHeap.js';
import { Hub } from './live/hub.js';
import { serveLog } from './log.js';
import { componentSchemas } from './openapi/components.js';
import { describedPaths, serveOpenApi } from './openapi/document.js';
import { GRAPHQL, GRAPHQL_BY_GET } from './openapi/graphql.js';
import { describedBy } from './openapi/operation.js';
import { EXPLORER, METRICS } from './openapi/others.js';
import { servePlanProof } from './planProof.js';
import { budgetKeyOf, unauthenticated } from './request/who.js';
import { Requests } from './request.js';
import { restHandlers } from './rest.js';
import type { Services } from './services.js';

/** Metrics in the format of Prometheus. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Dependencies and options of {@link httpServer}. */
export interface ServerParts {
  readonly services: Services;
  readonly authentication: Authentication;
  readonly log: Logger;
  readonly readiness: ServerReadiness;
  readonly metrics: MetricsText;
  /**
   * Without `api` the server has only health and metrics. With `traced` every request goes through the framework, so
   * that its hooks can trace it.
   */
  readonly serves: { readonly api: boolean; readonly traced: boolean };
  /** The provider for signing in on the web page. Omitted: people sign in with a key or a link. */
  readonly provider?: SignInProvider | undefined;
  /** GraphQL documents that clients may send by id. Omitted: none. */
  readonly persisted?: PersistedDocuments;
}

const HEAP_TIGHT =
  'the heap is tight: live objects take more than 60 % of its limit, fewer requests are answered at once; raise --max-old-space-size';

/**
 * Returns the HTTP server. GraphQL at /graphql (POST, GET, WebSocket), the web page at /, GraphiQL at /explorer,
 * printed plans below /plans, the audit trail as a file at /audit.jsonl and /audit.csv, the signed log at /checkpoint
 * and below /tile, health below /health, metrics at /metrics, the OpenAPI document of all these at /openapi.json.
 */
export async function httpServer(parts: ServerParts): Promise<FastifyInstance> {
  // Query strings may contain names of persons, so they are not logged.
  const req = ({ method, url, ip }: FastifyRequest) => ({ method, url: url.split('?')[0], ip });
  const loggerInstance: FastifyBaseLogger = parts.log.child({}, { serializers: { req } });
  const { persisted = new Map<string, string>() } = parts;
  const { authentication, metrics, readiness, services } = parts;
  const { limits } = services;
  const isTrusted = trustedProxies(limits.proxies);
  const headers = commonHeaders(limits.origins);
  const { cache, lists, documents, ownWrites, questions } = readingParts(services);
  const heap = new LiveHeap(({ isTight, hasChanged, ...measured }) => {
    if (isTight) {
      cache.clear();
      lists.clear();
    }
    // Callers can make the process collect often, so only a change is logged.
    if (!hasChanged) return;
    if (isTight) parts.log.warn(measured, HEAP_TIGHT);
    else parts.log.info(measured, 'the heap has room again: as many requests as usual are answered at once');
  });
  const budget = new Budget(limits, heap);
  const requests = new Requests({
    services,
    authentication,
    budget,
    cache,
    lists,
    documents,
    ownWrites,
    hub: new Hub(parts.log),
    log: parts.log,
  });
  const identify = (request: FastifyRequest) => identificationOf(requests, request).who;
  const refused = (refusal: DoorRefusal) => services.observer?.turnedAway(refusal);
  const maxBody = bodyLimit(services.maxUpload);
  const isInFront = parts.serves.api && !parts.serves.traced;
  const app = Fastify({
    serverFactory(next, { keepAliveTimeout }) {
      const server = createServer({
        keepAliveTimeout: Number(keepAliveTimeout),
        // `answerFailures` requires the header, in the form of the API.
        requireHostHeader: false,
        ...timeLimits(limits),
      });
      server.on('checkExpectation', refuseExpectation);
      limitConnections(server, limits, isTrusted, refused);
      const inFront = {
        cache,
        ownWrites,
        questions,
        authentication,
        rates: budget.rates,
        isTrusted,
        isWarned: () => isWarned(services),
        headers,
        log: parts.log,
      };
      return server.on('request', isInFront ? front(inFront, next, () => server.listening) : next);
    },
    loggerInstance,
    trustProxy: (address) => isTrusted(address),
    bodyLimit: maxBody,
    forceCloseConnections: 'idle',
    // `answerFailures` refuses requests while the server stops, in the form of the API.
    return503OnClosing: false,
    clientErrorHandler: answerBroken,
    frameworkErrors: (error, request, reply) => void sendError(request, reply, requestError(error), parts.log),
    rewriteUrl: ({ url = '/' }) => unfoldedUrl(persisted, url),
  });
  app.addHook('onClose', async () => heap.close());
  holdIdentifications(app);
  answerFailures(app, parts.log);
  const paths = describedPaths(app);
  await protect(app, {
    origins: limits.origins,
    rates: budget.rates,
    // If authentication is unavailable, the request counts for its address. Its handler reports the error.
    callerKey: (request) =>
      identify(request).then(
        ({ budgetKey }) => budgetKey,
        () => budgetKeyOf(undefined, request.ip),
      ),
  });
  closeSilent(app, app.server);
  guardBodies(app, { identify, refused, maxBody, maxUploads: limits.maxUploads, log: parts.log });
  if (parts.serves.api) {
    servePersisted(app, persisted);
    await serveGraphql(app, parts, { requests, questions, isTrusted });
    serveOpenApi(app, paths, { schemas: componentSchemas, version: services.version });
  }
  serveHealth(app, readiness, services);
  app.get('/metrics', describedBy({ get: METRICS }), async (request, reply) => {
    const { caller } = await identify(request);
    if (!caller) throw unauthenticated(request.headers.authorization);
    if (!mayEnter(caller.principal, 'GET /metrics')) {
      throw apiError('FORBIDDEN', 'Metrics cover all organisations: use an API key that sees all of them.');
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  return app;
}

async function serveGraphql(
  app: FastifyInstance,
  { services, provider, log }: ServerParts,
  { requests, questions, isTrusted }: { requests: Requests; questions: Questions; isTrusted: TrustedProxies },
): Promise<void> {
  const apollo = apolloServer(app, requests, questions, log);
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: (request, reply) => httpVisit(requests, request, reply),
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    ...describedBy({ get: GRAPHQL_BY_GET, post: GRAPHQL }),
    async handler(request, reply) {
      const browser = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      return browser ? reply.redirect('/explorer') : handler.call(app, request, reply);
    },
  });
  app.get('/explorer', describedBy({ get: EXPLORER }), async (_, reply) => {
    const { html, policy } = await explorer();
    return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
  });
  await servePage(app);
  const signingIn = { authentication: requests.parts.authentication, attempts: new FailedAttempts(), log };
  serveSession(app, signingIn);
  serveProviderSignIn(app, provider, signingIn);
  const rest = restHandlers(requests);
  if (services.log) serveLog(app, services.log, services.events, rest);
  serveDocuments(app, rest);
  servePlanProof(app, rest);
  serveAudit(app, rest);
  serveExport(app, rest);
  const connections = new CallerConnections(services.limits.maxSockets);
  serveSockets(app, { requests, connections, isTrusted });
  serveStream(app, requests, connections);
}
