import compress from '@fastify/compress';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CachedAnswer } from '../answers/answers.js';
import { apiError } from '../errors.js';
import type { Rates } from '../limits/rates.js';
import { securityHeaders } from './securityHeaders.js';
import { serveValidators } from './validators.js';

/** Shorter answers are not compressed, in bytes. */
const WORTH_PACKING = 1_024;

/** Returns the rate limit key of a request. */
export type CallerKey = (request: FastifyRequest) => Promise<string>;

/** Header of files and documents from a damaged event store, with the data of `extensions.damage`. */
export const DAMAGE_HEADER = 'letopis-damage';

/** Response headers that pages of other origins may read. */
const EXPOSED = [
  'etag',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  DAMAGE_HEADER,
] as const;

/** Returns the headers of every response to a request without an `Origin` of another site. */
export function commonHeaders(origins: readonly string[]): Readonly<Record<string, string>> {
  const isShared = origins.length > 0;
  const shared = { vary: 'Origin', 'access-control-expose-headers': EXPOSED.join(', ') };
  return { ...securityHeaders(isShared), ...(isShared ? shared : {}) };
}

/** Returns the Vary header of a response that may be compressed. */
export function varying(vary: string | undefined): string {
  return vary === undefined ? 'accept-encoding' : `${vary}, accept-encoding`;
}

/** Options of {@link protect}. */
export interface Protection {
  /** Other origins whose web pages may call the API. */
  readonly origins: readonly string[];
  readonly rates: Rates;
  readonly callerKey: CallerKey;
}

/** Installs security headers, CORS, the rate limit, ETags and compression for every address. */
export async function protect(app: FastifyInstance, { origins, rates, callerKey }: Protection): Promise<void> {
  const headers = securityHeaders(origins.length > 0);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  await app.register(cors, {
    origin: origins.length > 0 ? [...origins] : false,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language', 'apollo-require-preflight', 'last-event-id'],
    exposedHeaders: [...EXPOSED],
    maxAge: 600,
  });
  await app.register(rateLimit, {
    global: true,
    max: rates.max,
    timeWindow: rates.windowMs,
    store: storeOf(rates),
    keyGenerator: callerKey,
    enableDraftSpec: true,
    allowList: ({ url }) => url.startsWith('/health/'),
    errorResponseBuilder: (_, { max, after }) =>
      apiError('RATE_LIMITED', `More than ${max} requests in a minute: try again in ${after}.`),
  });
  serveValidators(app);
  await app.register(compress, { threshold: WORTH_PACKING, encodings: ['gzip'], globalDecompression: false });
}

/** Returns the rates as a store of the rate limit plugin. */
function storeOf(rates: Rates) {
  return class RateStore {
    incr(caller: string, done: (error: Error | null, result: { current: number; ttl: number }) => void): void {
      const { count, left } = rates.take(caller);
      done(null, { current: count, ttl: left });
    }
    child(): RateStore {
      return this;
    }
  };
}

/**
 * Returns the compressed copy of a cached answer if it is long enough and the client accepts gzip; otherwise undefined.
 */
export function packedFor({ text, packed }: CachedAnswer, accepted: string | string[] | undefined): Buffer | undefined {
  return text.length >= WORTH_PACKING && takesGzip(accepted) ? packed() : undefined;
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  const text = String(accepted ?? '');
  return /\bgzip\b/.test(text) && !/gzip\s*;\s*q=0(\.0*)?\s*(,|$)/.test(text);
}
