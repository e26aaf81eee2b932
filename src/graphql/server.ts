import 'reflect-metadata';
import { createServer } from 'node:http';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Authentication } from '../access/authentication.js';
import type { Caller } from '../access/principal.js';
import { mayEnter } from '../application/policy.js';
import { languageOf } from '../application/wordings.js';
import { bodyLimit } from '../documents/isolated.js';
import { serveAudit } from './auditExport.js';
import { Context } from './context.js';
import { serveDocuments } from './documents.js';
import { apiError } from './errors.js';
import { serveExport } from './export.js';
import { apolloServer } from './http/apollo.js';
import { tokenOf } from './http/bearer.js';
import { guardBodies } from './http/bodies.js';
import { explorer } from './http/explorer.js';
import { answerFailures } from './http/failures.js';
import { front } from './http/front.js';
import { lane, sendAnswer } from './http/lane.js';
import { type PersistedDocuments, servePersisted, unfoldedUrl } from './http/persisted.js';
import { commonHeaders, protect } from './http/protection.js';
import { type ReadingParts, readingParts } from './http/reading.js';
import { serveSockets } from './http/sockets.js';
import { serveStream } from './http/stream.js';
import { Connections } from './limits/connections.js';
import { limitConnections, type Refusal, timeLimits } from './limits/door.js';
import { Rates } from './limits/rates.js';
import { Hub } from './live/hub.js';
import { serveLog } from './log.js';
import type { ContextFor } from './rest.js';
import type { Services } from './services.js';
import type { Report } from './unavailable.js';

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
  /** Without `api` there are health and metrics alone; each request is to be seen by who asks the framework for it where they are `traced`. */
  readonly serves: { readonly api: boolean; readonly traced: boolean };
  /** What clients may name by its id in place of sending it; left out: nothing. */
  readonly persisted?: PersistedDocuments;
}

/** The HTTP server: GraphQL at /graphql (POST, GET, WebSocket), GraphiQL at /, plans as documents below /plans, the audit trail as a file at /audit.jsonl and /audit.csv, the log at /checkpoint and below /tile, health below /health, metrics at /metrics. */
export async function httpServer(parts: ServerParts): Promise<FastifyInstance> {
  // What is asked for may name people: addresses are logged without it.
  const req = ({ method, url, ip }: FastifyRequest) => ({ method, url: url.split('?')[0], ip });
  const loggerInstance: FastifyBaseLogger = parts.log.child({}, { serializers: { req } });
  const { persisted = new Map<string, string>() } = parts;
  const { authentication, metrics, readiness, services } = parts;
  const { limits } = services;
  const rates = new Rates(limits.perMinute, 60_000);
  const headers = commonHeaders(limits.origins);
  const reading = readingParts(services);
  const { answers, questions } = reading;
  const callerFor = callerBy(parts);
  const refused = (refusal: Refusal) => services.observer?.turnedAway(refusal);
  const isInFront = parts.serves.api && limits.lane && !parts.serves.traced;
  const app = Fastify({
    serverFactory(next, { keepAliveTimeout }) {
      const server = createServer({ keepAliveTimeout: Number(keepAliveTimeout), ...timeLimits(limits) });
      limitConnections(server, limits, refused);
      const inFront = { answers, questions, authentication, rates, headers, log: parts.log };
      return server.on('request', isInFront ? front(inFront, next, () => server.listening) : next);
    },
    loggerInstance,
    bodyLimit: bodyLimit(parts.services.maxUpload),
    forceCloseConnections: 'idle',
    rewriteUrl: ({ url = '/' }) => unfoldedUrl(persisted, url),
  });
  await protect(app, {
    origins: limits.origins,
    rates,
    callerKey: ({ headers: { authorization }, ip }) => authentication.holderOf(tokenOf(authorization)) ?? ip,
  });
  answerFailures(app, parts.log);
  guardBodies(app, {
    ...{ callerFor, refused },
    maxBody: bodyLimit(services.maxUpload),
    maxUploads: limits.maxUploads,
  });
  if (parts.serves.api) {
    servePersisted(app, persisted);
    await serveGraphql(app, parts, reading, callerFor);
  }
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const { problem } = readiness;
    return reply.code(problem === undefined ? 200 : 503).send({ status: problem ?? 'ready' });
  });
  app.get('/metrics', async (request, reply) => {
    const caller = await authentication.callerOf(tokenOf(request.headers.authorization));
    if (!caller || !mayEnter(caller.principal, 'GET /metrics')) return reply.code(401).send('An API key is needed.\n');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  return app;
}

/** Finds the caller by an authorization header. */
type CallerFor = (authorization: string | undefined) => Promise<Caller>;

function callerBy({ authentication, log }: ServerParts): CallerFor {
  return async (authorization) => {
    const caller = await authentication.callerOf(tokenOf(authorization)).catch((error: unknown) => {
      log.error({ err: error }, 'who asks cannot be told');
      throw apiError('UNAVAILABLE', 'Who you are cannot be told just now: ask again in a while.', {
        http: { status: 503 },
      });
    });
    if (!caller) throw unauthenticated();
    return caller;
  };
}

async function serveGraphql(
  app: FastifyInstance,
  parts: ServerParts,
  reading: ReadingParts,
  callerFor: CallerFor,
): Promise<void> {
  const { services, log } = parts;
  const contextFor: ContextFor = async (authorization, language, way) =>
    new Context(services, await callerFor(authorization), languageOf(language), way, reading.lists);
  const { documents, limits } = reading;
  const quick = limits.lane ? lane(reading, contextFor) : undefined;
  const apollo = apolloServer(app, log, reading);
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => contextFor(request.headers.authorization, request.headers['accept-language'], 'query'),
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    async handler(request, reply) {
      const browser = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      if (browser) return reply.redirect('/');
      const answer = await quick?.(request);
      if (!answer) return handler.call(app, request, reply);
      return sendAnswer(reply, answer);
    },
  });
  app.get('/', async (_, reply) =>
    reply
      .header(
        'content-security-policy',
        "default-src 'self' data: blob: 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'",
      )
      .type('text/html; charset=utf-8')
      .send(await explorer()),
  );
  if (services.log) serveLog(app, services.log, services.events, contextFor);
  serveDocuments(app, contextFor);
  serveAudit(app, contextFor);
  serveExport(app, contextFor);
  const connections = new Connections(limits.maxSockets);
  const report: Report = (failure) => log.error({ err: failure }, 'a subscription failed');
  const observer = services.observer;
  const live = { contextFor, documents, limits, connections, hub: new Hub(report), report, observer };
  serveSockets(app, live);
  serveStream(app, live);
}

function unauthenticated(): GraphQLError {
  const message =
    'An API key is needed: send it as «Authorization: Bearer …». The administrator makes one with `letopis keys add`.';
  return apiError('UNAUTHENTICATED', message, { http: { status: 401 } });
}
