import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClientConnection, Door, Identification } from '../request/who.js';
import type { Requests } from '../request.js';
import { sessionToken } from './sessionCookie.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by {@link identificationOf}. */
    identification: Identification | undefined;
  }
}

/** Declares the property `identification` of the requests of a server. */
export function holdIdentifications(app: FastifyInstance): void {
  app.decorateRequest('identification', undefined);
}

/**
 * Returns the authentication of an HTTP request. Several handlers need it; it is started once.
 *
 * The request holds it. In a WeakMap it would stay in memory, with all that it refers to, until the next major
 * garbage collection.
 */
export function identificationOf(requests: Requests, request: FastifyRequest): Identification {
  request.identification ??= requests.identify(new HttpDoor(request));
  return request.identification;
}

/** Returns the connection of the client of an HTTP request. */
export function clientConnectionOf(reply: FastifyReply): ClientConnection {
  return new HttpClient(reply.raw);
}

class HttpDoor implements Door {
  constructor(private readonly received: FastifyRequest) {}

  get authorization(): string | undefined {
    return this.received.headers.authorization;
  }

  get session(): string | undefined {
    return sessionToken(this.received.headers, this.received.method);
  }

  get language(): string | undefined {
    return this.received.headers['accept-language'];
  }

  get address(): string {
    return this.received.ip;
  }

  get connection(): Socket {
    return this.received.raw.socket;
  }
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
