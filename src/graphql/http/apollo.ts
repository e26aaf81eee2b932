import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { KnownDocument } from '../answers/documents.js';
import { answered } from '../answers/readPath.js';
import type { Context } from '../context.js';
import { checkCost } from '../limits/cost.js';
import type { Limits } from '../limits/limits.js';
import { DOCUMENT_RULES, MAX_TOKENS } from '../limits/rules.js';
import { schema } from '../schema.js';
import { unavailability } from './again.js';
import { checkAnswerable } from './elsewhere.js';
import { formattedError } from './faults.js';
import type { ReadingParts } from './reading.js';

/** GraphQL over HTTP, within limits. */
export function apolloServer(app: FastifyInstance, log: Logger, parts: ReadingParts): ApolloServer<Context> {
  const { limits } = parts;
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
      reading(parts),
      unavailability,
      staleness,
      ending,
    ],
  });
}

/** Texts of data that were made before Apollo asks for them. */
const texts = new WeakMap<object, string>();

/** An answer as text; one that is too long is an error in its place. */
function bounded(answer: { readonly data?: unknown; readonly extensions?: unknown }, { maxAnswer }: Limits): string {
  const text = textOf(answer);
  if (text.length <= maxAnswer) return `${text}\n`;
  const message = `The answer has ${text.length} characters, and may have ${maxAnswer}: ask for smaller pages.`;
  return `${JSON.stringify({ errors: [{ message, extensions: { code: 'ANSWER_TOO_LARGE' } }] })}\n`;
}

function textOf(answer: { readonly data?: unknown; readonly extensions?: unknown }): string {
  const { data, extensions } = answer;
  const made = typeof data === 'object' && data !== null ? texts.get(data) : undefined;
  if (made === undefined) return JSON.stringify(answer);
  return extensions === undefined ? made : `${made.slice(0, -1)},"extensions":${JSON.stringify(extensions)}}`;
}

/**
 * Refuses what costs too much before anything is read for it, answers queries on the way that all share, and tells the cost to who
 * asks by `extensions: { cost: true }`.
 */
function reading({ documents, answers, limits }: ReadingParts): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      let cost = 0;
      let known: KnownDocument;
      return {
        async didResolveOperation({ source, document, operation, operationName }) {
          if (operation) checkAnswerable(operation);
          known = documents.of(source, document);
          cost = known.costOf(request.variables, operationName ?? undefined);
          checkCost(cost, limits.maxCost);
        },
        async responseForOperation({ contextValue, operationName }) {
          const asked = { known, variables: request.variables, operationName: operationName ?? undefined };
          const answer = await answered(answers, asked, contextValue);
          if (!answer) return null;
          const data = {};
          texts.set(data, answer.text.toString().trimEnd());
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
        },
        async willSendResponse({ response: { body } }) {
          if (request.extensions?.cost !== true || body.kind !== 'single') return;
          const told = { requested: cost, limit: limits.maxCost };
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
