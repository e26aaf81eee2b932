import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { z } from 'zod';
import { MAX_TOKENS } from '../limits/rules.js';
import { asGraphQLError, NESTED_TOO_DEEPLY, publicError } from '../request/faults.js';
import type { Requests, Visit } from '../request.js';
import { schema } from '../schema.js';
import { clientConnectionOf, identificationOf } from './door.js';
import type { Questions } from './plain.js';
import { countUnreadResponse } from './unread.js';

/** The Apollo context of a request over HTTP. */
export interface HttpVisit {
  readonly visit: Visit;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The parsed body. */
  readonly body: unknown;
}

/**
 * A request body without other fields, such as `extensions`. Its text determines the key under which its answer is
 * cached.
 */
const Plain = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  operationName: z.string().optional(),
});

/** Authenticates a request over HTTP. @throws GraphQLError UNAUTHENTICATED, INVALID_KEY, UNAVAILABLE */
export async function httpVisit(requests: Requests, request: FastifyRequest, reply: FastifyReply): Promise<HttpVisit> {
  const visit = await requests.enter(identificationOf(requests, request), clientConnectionOf(reply));
  return { visit, request: request.raw, response: reply.raw, body: request.body };
}

/**
 * Creates the Apollo server of GraphQL over HTTP. Apollo parses requests and writes responses; `Requests` executes
 * them, as for every transport.
 */
export function apolloServer(
  app: FastifyInstance,
  requests: Requests,
  questions: Questions,
  log: Logger,
): ApolloServer<HttpVisit> {
  return new ApolloServer<HttpVisit>({
    schema: schema(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    // The document stage validates, by the same rules for every transport.
    dangerouslyDisableValidation: true,
    formatError(formatted, error) {
      if (formatted.extensions?.code === 'INTERNAL_SERVER_ERROR') return publicError(asGraphQLError(error), log);
      // The recursive parser has exhausted the stack.
      return formatted.message.startsWith('Maximum call stack')
        ? { ...formatted, message: NESTED_TOO_DEEPLY }
        : formatted;
    },
    stringifyResult: answerText,
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      fastifyApolloDrainPlugin(app),
      answeringPlugin(requests, questions),
    ],
  });
}

/**
 * Apollo executes nothing: a result with data has the serialized answer of {@link answeringPlugin} as its data, and a
 * result of Apollo has errors only.
 */
function answerText(result: FormattedExecutionResult): string {
  const text = result.data?.text;
  return `${typeof text === 'string' ? text : JSON.stringify(result)}\n`;
}

/** Returns a plugin that answers every operation, so that Apollo does not execute operations. */
function answeringPlugin(requests: Requests, questions: Questions): ApolloServerPlugin<HttpVisit> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ source, document, request, contextValue }) {
          const { visit, body, response } = contextValue;
          const asked = {
            query: source,
            parsed: document,
            variables: request.variables,
            operationName: request.operationName,
            wantsCost: request.extensions?.cost === true,
          };
          const { answer, question } = await requests.answer(asked, visit);
          if (question !== undefined && Plain.safeParse(body).success) questions.learn(contextValue.request, question);
          countUnreadResponse(requests.parts, visit.budgetKey, response, answer.text.length);
          const http = { headers: new HeaderMap([['cache-control', 'no-store']]), status: answer.status };
          return { http, body: { kind: 'single', singleResult: { data: { text: answer.text } } } };
        },
      };
    },
  };
}
