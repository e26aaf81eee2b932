import type { FastifyInstance } from 'fastify';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiError } from '../errors.js';
import { checked } from '../limits/check.js';
import type { LiveParts } from '../live/parts.js';
import { schema } from '../schema.js';
import { isWritten, subscriber } from './operations.js';
import { type Shared, SocketSink } from './sinks.js';

/** Longest message of a client, in bytes. */
const MAX_MESSAGE = 100_000;

/** Subscriptions over WebSocket, by the protocol of graphql-ws. */
export function serveSockets(
  app: FastifyInstance,
  { contextFor, documents, hub, limits, connections }: LiveParts,
): void {
  const sockets = new WebSocketServer({
    server: app.server,
    path: '/graphql',
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const sharedBy = new WeakMap<WebSocket, Shared>();
  const served = useServer(
    {
      schema: schema(),
      connectionInitWaitTimeout: 10_000,
      onConnect: async ({ connectionParams, extra: { socket, request } }) => {
        try {
          const authorization = authorizationOf(connectionParams) ?? request.headers.authorization;
          const { caller } = await contextFor(authorization, undefined, 'subscription');
          const leave = connections.enter(caller.principal.id);
          if (!leave) {
            const reason = `One key has at most ${connections.max} connections`;
            socket.close(CloseCode.TooManyInitialisationRequests, reason);
            return false;
          }
          // Revoked or expired: whatever is open by it ends. The client may come again by another key.
          const close = () => socket.close(CloseCode.Forbidden, 'This access has ended: come by another key');
          caller.ended.addEventListener('abort', close);
          socket.once('close', () => {
            caller.ended.removeEventListener('abort', close);
            leave();
          });
          return true;
        } catch {
          socket.close(CloseCode.Forbidden, 'An API key is needed: give it as connectionParams.authorization');
          return false;
        }
      },
      onSubscribe: ({ subscriptions }, _id, { query, variables, operationName }) => {
        // The one that is asked for counts already.
        if (Object.keys(subscriptions).length > limits.maxSubscriptions) {
          return [apiError('RATE_LIMITED', `A connection has at most ${limits.maxSubscriptions} subscriptions.`)];
        }
        const asked = { query, variables: variables ?? undefined, operationName: operationName ?? undefined };
        const found = checked(asked, documents, limits);
        if ('errors' in found) return found.errors;
        // As it was parsed and checked: left out, it would be parsed and checked once more.
        return { schema: schema(), document: found.document, variableValues: asked.variables, operationName };
      },
      subscribe: subscriber(hub),
      onOperation: ({ subscriptions, extra: { socket, request } }, id, _payload, _args, result) => {
        // Who has left meanwhile is told nothing.
        if (!isWritten(result) || !(id in subscriptions)) return;
        const shared = sharedBy.get(socket) ?? { open: 0 };
        sharedBy.set(socket, shared);
        shared.open += 1;
        result.writeTo(new SocketSink(socket, request.socket, id, shared), () => {
          shared.open -= 1;
        });
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
