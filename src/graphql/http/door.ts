import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientConnection, Door } from '../request/who.js';
import { sessionToken } from './sessionCookie.js';

/** Returns the data of an HTTP request that authentication needs. */
export function doorOf(request: FastifyRequest, reply?: FastifyReply): Door {
  return new HttpDoor(request, reply && new HttpClient(reply.raw));
}

/** Computes each value when it is used: several handlers identify the sender, but a request is authenticated once. */
class HttpDoor implements Door {
  constructor(
    private readonly received: FastifyRequest,
    readonly client: ClientConnection | undefined,
  ) {}

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

  get request(): IncomingMessage {
    return this.received.raw;
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
