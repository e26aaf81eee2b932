import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ReadWay } from '../access/readings/readings.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { enter } from './guards.js';

/** The context of a request by its headers. @throws GraphQLError UNAUTHENTICATED */
export type ContextFor = (
  authorization: string | undefined,
  language: string | undefined,
  way: ReadWay,
) => Promise<Context>;

/** The query of an address, parameter by parameter. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const STATUSES: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  READ_MODEL_BEHIND: 503,
};

/** The status of an answer that is an error. */
export function statusOf({ extensions }: GraphQLError): number {
  return STATUSES[String(extensions.code)] ?? 400;
}

/** The handler of an address outside of GraphQL, guarded as the policy says: its errors are JSON with the codes of the API. */
export function answering<Request extends FastifyRequest>(
  contextFor: ContextFor,
  address: string,
  way: ReadWay,
  answer: (context: Context, request: Request, reply: FastifyReply) => Promise<FastifyReply>,
) {
  return async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      const { authorization, 'accept-language': language } = request.headers;
      const context = await contextFor(authorization, language, way);
      context.connection = { address: request.ip, response: reply.raw };
      enter(context, address);
      return await answer(context, request, reply);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { message, extensions } = error;
      return reply.code(statusOf(error)).send({ error: { code: String(extensions.code), message } });
    }
  };
}

/** @throws GraphQLError BAD_USER_INPUT when the address has a parameter that is none of these. */
export function checkParameters(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw apiError('BAD_USER_INPUT', `There is no parameter ${unknown.slice(0, 40)}: give ${known.join(', ')}.`);
}

/** The text of a parameter; null when it is not given. @throws GraphQLError BAD_USER_INPUT when it is given twice. */
export function parameter(query: Query, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  throw apiError('BAD_USER_INPUT', `Give ${name} once.`);
}
