import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type ExecutionArgs, GraphQLError, getOperationAST } from 'graphql';
import { CloseCode, handleProtocols, MessageType, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiError, type ErrorCode } from '../errors.js';
import { turns } from '../executor/turns.js';
import type { CallerConnections } from '../limits/connections.js';
import { type GraphQLRequest, unresolvedOperation } from '../request/document.js';
import { mayRetry, sendable } from '../request/faults.js';
import type { Requests, Visit } from '../request.js';
import { schema } from '../schema.js';
import { addressOf, type TrustedProxies } from './address.js';
import { refuseUpgrade } from './broken.js';
import { ClientMessage } from './clientMessage.js';
import { closeWith } from './closeReasons.js';
import { errorBody } from './errorBody.js';
import { isWritten, unopenedSubscription, type Written, writtenAnswer, writtenSubscription } from './operations.js';
import { isAllowedOrigin } from './origin.js';
import { sessionToken } from './sessionCookie.js';
import { type Shared, SocketSink } from './sinks.js';
import { WatchedSocket } from './watchedSocket.js';

/** Longest message of a client, in bytes. */
const MAX_MESSAGE = 100_000;

/** Close code after which clients of graphql-ws reconnect («Try Again Later»). */
const TRY_AGAIN = 1013;

/** Closes a connection because of a temporary error, so that its client reconnects. The error itself is not sent. */
function closeForNow(socket: WebSocket): void {
  closeWith(socket, TRY_AGAIN, 'UNAVAILABLE', 'the server is temporarily unavailable, try again later');
}

/** Closes a connection whose key is missing or invalid. */
function closeUnauthenticated(socket: WebSocket, error: unknown): void {
  const isWrong = error instanceof GraphQLError && error.extensions.code === 'INVALID_KEY';
  if (isWrong) closeWith(socket, CloseCode.Forbidden, 'INVALID_KEY', 'the key or token is unknown, expired or revoked');
  else closeWith(socket, CloseCode.Forbidden, 'UNAUTHENTICATED', 'send an API key as connectionParams.authorization');
}

/** Dependencies of {@link serveSockets}. */
export interface SocketParts {
  readonly requests: Requests;
  readonly connections: CallerConnections;
  readonly isTrusted: TrustedProxies;
}

/** An operation that `onSubscribe` hands to `execute` or `subscribe` of graphql-ws. */
class SocketOperation {
  constructor(
    readonly asked: GraphQLRequest,
    readonly visit: Visit,
    readonly message: ClientMessage,
  ) {}
}

type Params = Readonly<Record<string, unknown>> | undefined;

/** Serves GraphQL over WebSocket by the protocol of graphql-ws: subscriptions, queries and mutations. */
export function serveSockets(app: FastifyInstance, { requests, connections, isTrusted }: SocketParts): void {
  const { budget, documents, log, services } = requests.parts;
  const { maxSubscriptions, origins, patienceMs } = services.limits;
  const sockets = new WebSocketServer({
    server: app.server,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    verifyClient({ req: { headers, url = '' } }, answer) {
      const refuse = (status: number, message: string, code: ErrorCode) => {
        const { type, body } = errorBody(url, status, message, { code });
        answer(false, status, body, { 'content-type': type });
      };
      if (url.split('?')[0] !== '/graphql') return refuse(404, 'WebSockets are served at /graphql.', 'NOT_FOUND');
      if (isAllowedOrigin(headers, origins)) return answer(true);
      services.observer?.turnedAway('origin');
      refuse(403, 'Pages of this origin may not connect: see LETOPIS_CORS_ORIGINS.', 'FORBIDDEN');
    },
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  sockets.on('wsClientError', (_error, socket, request) => refuseUpgrade(request, socket));
  const enter = (params: Params, request: IncomingMessage) =>
    requests.enter(
      requests.identify({
        authorization: authorizationOf(params) ?? request.headers.authorization,
        session: sessionToken(request.headers, 'GET'),
        language: stringOrUndefined(params?.['accept-language']) ?? request.headers['accept-language'],
        address: addressOf(request, isTrusted),
      }),
    );
  const server = makeServer<Record<string, unknown>, Extra>({
    schema: schema(),
    connectionInitWaitTimeout: 10_000,
    onConnect: async ({ connectionParams, extra: { socket, request } }) => {
      try {
        const { caller, budgetKey } = await enter(connectionParams, request);
        const leave = connections.enter(budgetKey);
        if (!leave) {
          const reason = `one caller has at most ${connections.max} connections`;
          closeWith(socket, CloseCode.TooManyInitialisationRequests, 'RATE_LIMITED', reason);
          return false;
        }
        // All operations end on revocation or expiry. The client may reconnect with another key.
        const close = () =>
          closeWith(socket, CloseCode.Forbidden, 'INVALID_KEY', 'this access has ended, connect with another key');
        caller.ended.addEventListener('abort', close);
        socket.once('close', () => {
          caller.ended.removeEventListener('abort', close);
          leave();
        });
        return true;
      } catch (error) {
        if (mayRetry(error)) closeForNow(socket);
        else closeUnauthenticated(socket, error);
        return false;
      }
    },
    onSubscribe: async ({ connectionParams, subscriptions, extra }, _id, payload) => {
      const { socket, request, message } = extra;
      if (!message) throw new Error('an operation must begin with a message');
      const asked = socketRequest(payload);
      try {
        // A client may send thousands of operations at once: yield to others between them.
        await turns.yield(turns.newTask(addressOf(request, isTrusted)));
        const visit = await enter(connectionParams, request);
        budget.count(visit.budgetKey);
        // The new operation is included already.
        if (Object.keys(subscriptions).length > maxSubscriptions) {
          return [apiError('RATE_LIMITED', `A connection has at most ${maxSubscriptions} operations at once.`)];
        }
        const excess = message.reserve();
        if (excess !== undefined) return [apiError('RATE_LIMITED', excess)];
        const found = await budget.work(visit.task, visit.deadline, async () => documents.checked(asked.query));
        if ('errors' in found) return found.errors;
        const { document } = found;
        if (!getOperationAST(document, asked.operationName)) return [unresolvedOperation()];
        // graphql-ws only needs to find the operation. Later stages decide whether it is executed.
        const contextValue = new SocketOperation(asked, visit, message);
        return { schema: schema(), document, operationName: asked.operationName, contextValue };
      } catch (error) {
        if (mayRetry(error)) closeForNow(socket);
        return [sendable(error, log)];
      }
    },
    execute: async (args): Promise<Written> => {
      const { asked, visit } = operationOf(args);
      const { answer } = await requests.answer(asked, visit);
      return writtenAnswer(answer, budget.hold(visit.budgetKey, answer.text.length));
    },
    subscribe: async (args): Promise<Written> => {
      const { asked, visit } = operationOf(args);
      const opened = await requests.subscribe(asked, visit);
      if ('tell' in opened) return writtenSubscription(opened, log);
      return opened.status === 503 ? unopenedSubscription() : writtenAnswer(opened, () => undefined);
    },
    onOperation: ({ subscriptions, extra: { socket, shared } }, id, _payload, args, result) => {
      if (!isWritten(result)) return;
      operationOf(args).message.opened();
      // The client has ended the operation meanwhile.
      if (!(id in subscriptions)) return result.abandon();
      shared.open += 1;
      result.writeTo(new SocketSink(socket, id, shared), (error) => {
        shared.open -= 1;
        if (mayRetry(error)) closeForNow(socket);
      });
    },
  });
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    const watched = new WatchedSocket(socket, request.socket, patienceMs, log);
    const shared = { open: 0, characters: 0, watched };
    const extra: Extra = { socket, request, shared, message: undefined };
    const send = (data: string) =>
      new Promise<void>((resolve) => {
        socket.send(data, () => resolve());
        watched.replied();
      });
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send,
        // The pong has no payload. The library would send back the payload of the ping.
        onPing: () => send(PONG),
        close: (code, reason) => socket.close(code, reason),
        onMessage(handle) {
          socket.on('message', (data) => {
            // A client may still send data while the connection is being closed.
            if (socket.readyState !== socket.OPEN) return;
            const text = String(data);
            const message = new ClientMessage(text.length, shared);
            extra.message = message;
            void handle(text)
              .catch((error: unknown) => {
                log.error({ err: error }, 'a message of a connection failed');
                const reason = 'the server failed to handle this request; its log has the cause';
                closeWith(socket, CloseCode.InternalServerError, 'INTERNAL_SERVER_ERROR', reason);
              })
              .finally(() => message.ended());
          });
        },
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'a connection failed to end'));
    });
  });
  app.addHook('preClose', async () => {
    for (const socket of sockets.clients) closeWith(socket, GOING_AWAY, 'UNAVAILABLE', 'the server ends');
    await new Promise<void>((resolve) => sockets.close(() => resolve()));
  });
}

/** The connection in the context of graphql-ws. */
interface Extra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly shared: Shared;
  /** The last message that has arrived. graphql-ws calls `onSubscribe` in the same turn, without the message. */
  message: ClientMessage | undefined;
}

const PONG = JSON.stringify({ type: MessageType.Pong });

/** Close code for the shutdown of the server. */
const GOING_AWAY = 1001;

function operationOf({ contextValue }: ExecutionArgs): SocketOperation {
  if (contextValue instanceof SocketOperation) return contextValue;
  throw new Error('onSubscribe must set the context of an operation');
}

function socketRequest({ query, variables, operationName, extensions }: SubscribePayload): GraphQLRequest {
  return {
    query,
    variables: variables ?? undefined,
    operationName: operationName ?? undefined,
    wantsCost: extensions?.cost === true,
  };
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function authorizationOf(params: Params): string | undefined {
  return stringOrUndefined(params?.authorization) ?? stringOrUndefined(params?.Authorization);
}
