import type { FastifyInstance } from 'fastify';
import { getOperationAST } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiError } from '../errors.js';
import { checked } from '../limits/check.js';
import type { LiveParts } from '../live/parts.js';
import { schema } from '../schema.js';
import { mayPass, publicResult } from '../unavailable.js';
import { isWritten, subscriber } from './operations.js';
import { isAllowedOrigin } from './origin.js';
import { type Shared, SocketSink } from './sinks.js';

/** Longest message of a client, in bytes. */
const MAX_MESSAGE = 100_000;

/** The close code after which clients of graphql-ws come again («Try Again Later»), and one after which they do not. */
const TRY_AGAIN = 1013;
const FAILED = 1011;

/** Closes a connection over an error, so that its client comes again if the error may pass; the error itself is not told. */
function closeOver(socket: WebSocket, error: unknown): void {
  if (mayPass(error)) socket.close(TRY_AGAIN, 'The server cannot read just now: come again');
  else socket.close(FAILED, 'The server failed to tell this; its log tells why');
}

/** Subscriptions over WebSocket, by the protocol of graphql-ws. */
export function serveSockets(
  app: FastifyInstance,
  { contextFor, documents, hub, limits, connections, report, observer }: LiveParts,
): void {
  const sockets = new WebSocketServer({
    server: app.server,
    path: '/graphql',
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    verifyClient({ req }, answer) {
      if (isAllowedOrigin(req.headers, limits.origins)) return answer(true);
      observer?.turnedAway('origin');
      answer(false, 403, 'Forbidden');
    },
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
        } catch (error) {
          if (mayPass(error)) closeOver(socket, error);
          else socket.close(CloseCode.Forbidden, 'An API key is needed: give it as connectionParams.authorization');
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
      onOperation: (
        { subscriptions, extra: { socket, request } },
        id,
        _payload,
        { document, operationName },
        result,
      ) => {
        if (!isWritten(result)) {
          const passing = 'errors' in result ? result.errors?.find(mayPass) : undefined;
          const isSubscription = getOperationAST(document, operationName)?.operation === 'subscription';
          if (passing && isSubscription) {
            report(passing);
            closeOver(socket, passing);
          }
          return;
        }
        // Who has left meanwhile is told nothing.
        if (!(id in subscriptions)) return;
        const shared = sharedBy.get(socket) ?? { open: 0 };
        sharedBy.set(socket, shared);
        shared.open += 1;
        result.writeTo(new SocketSink(socket, request.socket, id, shared), (error) => {
          shared.open -= 1;
          if (error === undefined) return;
          report(error);
          closeOver(socket, error);
        });
      },
      onNext: (_context, _id, _payload, _args, result) => (result.errors ? publicResult(result, report) : undefined),
      context: ({ connectionParams, extra }) =>
        contextFor(
          authorizationOf(connectionParams) ?? extra.request.headers.authorization,
          text(connectionParams?.['accept-language']) ?? extra.request.headers['accept-language'],
          'subscription',
        ).catch((error: unknown) => {
          // Before graphql-ws closes it in its own way, with the message of the error.
          closeOver(extra.socket, error);
          throw error;
        }),
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
