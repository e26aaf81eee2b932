import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Door } from '../request/who.js';
import { sessionToken } from './sessionCookie.js';

/** Returns the data of an HTTP request that authentication needs. */
export function doorOf({ headers, method, ip, raw: request }: FastifyRequest, reply?: FastifyReply): Door {
  const left = reply && whenClosed(reply.raw);
  const session = sessionToken(headers, method);
  const { authorization, 'accept-language': language } = headers;
  return { authorization, session, language, address: ip, left, request };
}

const signals = new WeakMap<ServerResponse, AbortSignal>();

/** Returns a signal that aborts when the response is sent or the client disconnects. Memoized by response. */
function whenClosed(response: ServerResponse): AbortSignal {
  const known = signals.get(response);
  if (known) return known;
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  else response.once('close', () => controller.abort());
  signals.set(response, controller.signal);
  return controller.signal;
}
