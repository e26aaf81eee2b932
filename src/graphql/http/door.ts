import type { FastifyRequest } from 'fastify';
import type { Door } from '../request/who.js';

/** What is known of a request over HTTP at the door. */
export function doorOf({ headers, ip }: FastifyRequest): Door {
  return { authorization: headers.authorization, language: headers['accept-language'], address: ip };
}
