import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { apiError } from '../errors.js';
import type { DoorRefusal } from '../limits/door.js';
import { unauthenticated, type Who } from '../request/who.js';
import { sendError } from './failures.js';
import { Uploads } from './uploads.js';

/** Largest body of a caller without a key, in bytes. */
export const MAX_ANONYMOUS_BODY = 65_536;
/** Bodies up to this size, in bytes, do not count as uploads, so that queries are not refused because of uploads. */
const SMALL_BODY = 16_384;
/** How long a client may continue to send a body after the response, in milliseconds. */
const LINGER_MS = 2_000;

/** Dependencies and limits of {@link guardBodies}. */
export interface BodyParts {
  /** Authenticates a request by its headers. @throws GraphQLError UNAVAILABLE */
  readonly identify: (request: FastifyRequest) => Promise<Who>;
  /** Largest body of a caller with a key, in bytes. */
  readonly maxBody: number;
  /** Maximum bytes of all concurrent uploads. */
  readonly maxUploads: number;
  readonly refused: (refusal: DoorRefusal) => void;
  readonly log: Logger;
}

/**
 * Decides by the headers whether the body of a request is read. It authenticates the caller first, limits callers
 * without a key to a small body, and limits the sum of concurrent uploads. Refused bodies are not buffered.
 */
export function guardBodies(app: FastifyInstance, parts: BodyParts): void {
  const { maxBody } = parts;
  const max = Math.max(parts.maxUploads, maxBody);
  const uploads = new Uploads(max, Math.max(Math.floor(max / 2), maxBody));
  app.addHook('preParsing', async (request, reply, payload) => {
    if (!hasBody(request.raw)) return payload;
    try {
      return await admitted(parts, uploads, request, reply, payload);
    } catch (error) {
      return sendError(request, reply, error, parts.log);
    }
  });
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    endUnread(raw);
    done();
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

async function admitted(
  { identify, maxBody, refused }: BodyParts,
  uploads: Uploads,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Readable,
) {
  const { authorization, 'content-length': length } = request.headers;
  const { caller, budgetKey: name, isAnonymous } = await identify(request);
  if (!caller) {
    refused('unauthenticated');
    throw unauthenticated(authorization);
  }
  if (isAnonymous && length === undefined) {
    refused('bodySize');
    const http = { status: 411 };
    throw apiError('BAD_REQUEST', 'Without a key, send the length of the body (Content-Length).', { http });
  }
  const limit = isAnonymous ? Math.min(MAX_ANONYMOUS_BODY, maxBody) : maxBody;
  if (Number(length ?? 0) > limit) {
    refused('bodySize');
    const message = `This body has ${length} bytes; ${isAnonymous ? `without a key, ${limit}` : limit} are allowed.`;
    throw apiError('TOO_LARGE', message);
  }
  if (length !== undefined && Number(length) <= SMALL_BODY) return payload;
  let held = 0;
  reply.raw.once('close', () => uploads.release(name, held));
  const reserve = (bytes: number) => {
    const outcome = uploads.reserve(name, bytes);
    if (outcome === 'reserved') held += bytes;
    else refused('uploads');
    return outcome;
  };
  if (length === undefined) return metered(payload, reserve);
  const outcome = reserve(Number(length));
  if (outcome === 'reserved') return payload;
  throw fullness(outcome);
}

/** Passes on a body of unknown length while the upload limits allow it. */
function metered(payload: Readable, reserve: (bytes: number) => ReturnType<Uploads['reserve']>): Transform {
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const outcome = reserve(chunk.length);
      if (outcome === 'reserved') return done(null, chunk);
      done(fullness(outcome));
    },
  });
  payload.once('error', (error) => counted.destroy(error));
  return payload.pipe(counted);
}

function fullness(outcome: 'caller' | 'all'): GraphQLError {
  return outcome === 'caller'
    ? apiError('RATE_LIMITED', 'You are sending too much at once: wait for your uploads to end.')
    : apiError('UNAVAILABLE', 'Too much is being uploaded just now: try again in a while.');
}

/** Closes the connection of an answered request whose client continues to send its body. */
function endUnread(request: IncomingMessage): void {
  if (request.complete) return;
  setTimeout(() => request.complete || request.socket.destroy(), LINGER_MS).unref();
}
