import type { FastifyInstance } from 'fastify';
import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { apiError } from '../errors.js';
import { checkCost, costOf } from '../limits/cost.js';
import type { Limits } from '../limits/limits.js';
import { DOCUMENT_RULES, MAX_TOKENS } from '../limits/rules.js';
import type { ContextFor } from '../rest.js';
import { schema } from '../schema.js';

/** Longest message of a client, in bytes. */
const MAX_MESSAGE = 100_000;

/** Subscriptions over WebSocket, by the protocol of graphql-ws. */
export function serveSockets(app: FastifyInstance, contextFor: ContextFor, limits: Limits): void {
  const sockets = new WebSocketServer({
    server: app.server,
    path: '/graphql',
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  const open = new Map<string, number>();
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const served = useServer(
    {
      schema: schema(),
      connectionInitWaitTimeout: 10_000,
      onConnect: async ({ connectionParams, extra: { socket, request } }) => {
        try {
          const authorization = authorizationOf(connectionParams) ?? request.headers.authorization;
          const { caller } = await contextFor(authorization, undefined, 'subscription');
          const { id } = caller.principal;
          const count = open.get(id) ?? 0;
          if (count >= limits.maxSockets) {
            socket.close(
              CloseCode.TooManyInitialisationRequests,
              `At most ${limits.maxSockets} connections of one key`,
            );
            return false;
          }
          open.set(id, count + 1);
          // Revoked or expired: whatever is open by it ends. The client may come again by another key.
          const close = () => socket.close(CloseCode.Forbidden, 'This access has ended: come by another key');
          caller.ended.addEventListener('abort', close);
          socket.once('close', () => {
            caller.ended.removeEventListener('abort', close);
            const left = (open.get(id) ?? 1) - 1;
            if (left > 0) open.set(id, left);
            else open.delete(id);
          });
          return true;
        } catch {
          socket.close(CloseCode.Forbidden, 'An API key is needed: give it as connectionParams.authorization');
          return false;
        }
      },
      onSubscribe: ({ subscriptions }, _id, { query, variables, operationName }) => {
        try {
          // The one that is asked for counts already.
          if (Object.keys(subscriptions).length > limits.maxSubscriptions) {
            throw apiError('RATE_LIMITED', `A connection has at most ${limits.maxSubscriptions} subscriptions.`);
          }
          return problemsOf(query, variables ?? undefined, operationName ?? undefined, limits);
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
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

/** What is wrong with a document; undefined lets it through. */
function problemsOf(
  query: string,
  variables: Readonly<Record<string, unknown>> | undefined,
  operationName: string | undefined,
  { maxCost }: Limits,
): readonly GraphQLError[] | undefined {
  const document = parse(query, { maxTokens: MAX_TOKENS });
  const problems = validate(schema(), document, [...specifiedRules, ...DOCUMENT_RULES]);
  if (problems.length > 0) return problems;
  checkCost(costOf(schema(), document, variables, operationName), maxCost);
  return undefined;
}

function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = params?.authorization ?? params?.Authorization;
  return typeof value === 'string' ? value : undefined;
}
