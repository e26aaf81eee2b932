import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Context } from '../context.js';
import { checkCost, costOf } from '../limits/cost.js';
import type { Limits } from '../limits/limits.js';
import { DOCUMENT_RULES, MAX_TOKENS } from '../limits/rules.js';
import { schema } from '../schema.js';
import { formattedError } from './faults.js';

/** GraphQL over HTTP, within limits. */
export function apolloServer(app: FastifyInstance, log: Logger, limits: Limits): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: schema(),
    introspection: limits.introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [...DOCUMENT_RULES],
    formatError: (formatted, error) => formattedError(formatted, error, log),
    stringifyResult: (answer) => bounded(answer, limits),
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      fastifyApolloDrainPlugin(app),
      affordable(limits),
      staleness,
      ending,
    ],
  });
}

/** An answer as text; one that is too long is an error in its place. */
function bounded(answer: unknown, { maxAnswer }: Limits): string {
  const text = JSON.stringify(answer);
  if (text.length <= maxAnswer) return `${text}\n`;
  const message = `The answer has ${text.length} characters, and may have ${maxAnswer}: ask for smaller pages.`;
  return `${JSON.stringify({ errors: [{ message, extensions: { code: 'ANSWER_TOO_LARGE' } }] })}\n`;
}

/** Refuses what costs too much before anything is read for it, and tells the cost to who asks by `extensions: { cost: true }`. */
function affordable({ maxCost }: Limits): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      let cost = 0;
      return {
        async didResolveOperation({ document, schema: of, operationName }) {
          cost = costOf(of, document, request.variables, operationName ?? undefined);
          checkCost(cost, maxCost);
        },
        async willSendResponse({ response: { body } }) {
          if (request.extensions?.cost !== true || body.kind !== 'single') return;
          const told = { requested: cost, limit: maxCost };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: told };
        },
      };
    },
  };
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
