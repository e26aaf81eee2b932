import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientConnection, Door } from '../request/who.js';
import { sessionToken } from './sessionCookie.js';

/** Returns the data of an HTTP request that authentication needs. */
export function doorOf({ headers, method, ip, raw: request }: FastifyRequest, reply?: FastifyReply): Door {
  const client = reply && new HttpClient(reply.raw);
  const session = sessionToken(headers, method);
  const { authorization, 'accept-language': language } = headers;
  return { authorization, session, language, address: ip, client, request, connection: request.socket };
}

/** The connection of a response. Most requests need no signal, so it is created on first use. */
class HttpClient implements ClientConnection {
  #signal: AbortSignal | undefined;

  constructor(private readonly response: ServerResponse) {}

  get isGone(): boolean {
    return this.response.destroyed;
  }

  gone(): AbortSignal {
    this.#signal ??= whenClosed(this.response);
    return this.#signal;
  }
}

function whenClosed(response: ServerResponse): AbortSignal {
  if (response.destroyed) return AbortSignal.abort();
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}
