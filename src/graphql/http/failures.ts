import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { apiError, ERROR_KINDS, type ErrorCode, errorCodeOf } from '../errors.js';
import { asGraphQLError, publicError, statusAsked } from '../request/faults.js';
import { errorBody, RETRY_SECONDS } from './errorBody.js';

/** Codes of errors of the framework, by their HTTP status. */
const CODES_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
};

/** Messages about malformed requests, by the code of the framework's error. */
const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The address is not well-formed.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the address is too long.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty: send JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the body as «content-type: application/json».',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body has another length than its header «content-length» says.',
};

/**
 * Sends an error in the form of its address: GraphQL errors below /graphql, problem details (RFC 9457) elsewhere. The
 * cause of an internal error is not sent.
 */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown, log: Logger): FastifyReply {
  const known = asGraphQLError(error);
  const { message, extensions = {} } = publicError(known, log);
  const code = errorCodeOf(extensions);
  const status = statusAsked(known) ?? ERROR_KINDS[code].status;
  // Set for a file that could not be started; this response is not one.
  reply.removeHeader('content-disposition');
  reply.code(status).header('cache-control', 'no-store');
  if ((status === 503 || status === 429) && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_SECONDS);
  const { type, body } = errorBody(request.url, status, message, extensions);
  return reply.type(type).send(body);
}

/**
 * Answers every failure outside of handlers in the form of {@link sendError}: errors that no handler caught, requests
 * that the framework cannot read, unknown addresses, wrong methods, and requests while the server stops.
 */
export function answerFailures(app: FastifyInstance, log: Logger): void {
  const routes: { readonly methods: readonly string[]; readonly address: string }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    // The route for preflight requests of browsers, which covers every address.
    if (url === '*') return;
    routes.push({ methods: [method].flat(), address: url });
  });
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.addHook('onRequest', ({ raw, headers }, reply, done) => {
    // RFC 9112, 3.2. Node's own check answers without a body, so it is off.
    if (raw.httpVersion === '1.1' && headers.host === undefined)
      return done(apiError('BAD_REQUEST', 'Send the header «host».'));
    if (!isStopping) return done();
    reply.header('connection', 'close');
    done(apiError('UNAVAILABLE', 'The server is stopping: ask again in a while.'));
  });
  app.setErrorHandler((error: FastifyError | GraphQLError, request, reply) => {
    const isOfClient = !(error instanceof GraphQLError) && error.statusCode !== undefined && error.statusCode < 500;
    return sendError(request, reply, isOfClient ? requestError(error) : error, log);
  });
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    const allowed = [
      ...new Set(routes.filter(({ address }) => isPathAt(path, address)).flatMap(({ methods }) => methods)),
    ];
    if (allowed.length === 0) {
      return sendError(request, reply, apiError('NOT_FOUND', 'There is nothing at this address.'), log);
    }
    reply.header('allow', allowed.join(', '));
    const message = `This address takes ${allowed.join(', ')}, not ${request.method}.`;
    return sendError(request, reply, apiError('METHOD_NOT_ALLOWED', message), log);
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_SECONDS);
    done(null, payload);
  });
}

/**
 * Returns true if a path matches the address of a route, in which `:name` is any part between slashes and `*` is the
 * rest.
 */
function isPathAt(path: string, address: string): boolean {
  const [beginning = '', rest] = address.split('*');
  if (rest !== undefined) return path.startsWith(beginning);
  const [parts, wanted] = [path.split('/'), address.split('/')];
  return parts.length === wanted.length && wanted.every((part, at) => part.startsWith(':') || part === parts[at]);
}

/** Returns the error of a request that the framework cannot read. */
export function requestError({ code, statusCode = 400 }: FastifyError): GraphQLError {
  const message = MESSAGES[code] ?? 'The request cannot be read: check its body and headers.';
  return apiError(CODES_BY_STATUS[statusCode] ?? 'BAD_REQUEST', message, { http: { status: statusCode } });
}
