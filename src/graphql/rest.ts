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
  UNAVAILABLE: 503,
};

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
      enter(context, address);
      return await answer(context, request, reply);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const code = String(error.extensions.code);
      return reply.code(STATUSES[code] ?? 400).send({ error: { code, message: error.message } });
    }
  };
}

/** The text of a parameter; null when it is not given. @throws GraphQLError BAD_USER_INPUT when it is given twice. */
export function parameter(query: Query, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  throw apiError('BAD_USER_INPUT', `Give ${name} once.`);
}
