import type { Logger } from 'pino';
import type { Authentication } from '../../access/authentication.js';
import type { Caller } from '../../access/principal.js';
import { apiError } from '../errors.js';
import { Deadline } from '../executor/deadline.js';
import { bearerToken, hasToken } from '../http/bearer.js';

/** The connection over which a request came. */
export interface ClientConnection {
  /** True when the response is sent or the client has disconnected. */
  readonly isGone: boolean;
  /** Returns a signal that aborts when {@link isGone} becomes true. */
  gone(): AbortSignal;
}

/** The data of a request that authentication needs. */
export interface Door {
  readonly authorization: string | undefined;
  /** The token of the session of a browser, if a page of this server has sent it. */
  readonly session: string | undefined;
  /** The languages that the client accepts, in the form of Accept-Language. */
  readonly language: string | undefined;
  /** The address of the client, as reported by trusted proxies. */
  readonly address: string;
  /** The connection that sent the token. Digests of the token are memoized per connection. */
  readonly connection?: object | undefined;
}

/** The identity behind a request. */
export interface Who {
  /** Undefined when the request is not authenticated. */
  readonly caller: Caller | undefined;
  /** Key of the budget that the request uses: the caller, or the address of an unknown caller. */
  readonly budgetKey: string;
  /** True without a key and without a session. */
  readonly isAnonymous: boolean;
}

/** The methods of {@link Authentication} that find the caller of a request. */
type Authenticator = Pick<Authentication, 'callerByKey' | 'callerByIdentity' | 'callerBySession'>;

/** The first stage: the authentication of one request. It is started once, within the time limit of the request. */
export class Identification {
  /** The sender of the request. Rejects with UNAVAILABLE if it cannot be determined within the time limit. */
  readonly who: Promise<Who>;
  #spentMs = 0;

  /**
   * Begins the authentication.
   *
   * @param limitMs the time limit of the request, in milliseconds.
   */
  constructor(
    authentication: Authenticator,
    readonly door: Door,
    private readonly limitMs: number,
    log: Logger,
  ) {
    const limit = new Deadline(limitMs);
    this.who = identified(authentication, door, limit, log).finally(() => {
      limit.stop();
      this.#spentMs = limitMs - limit.left;
    });
    // A request that is refused for another reason does not await this promise. Its rejection must not end the process.
    this.who.catch(() => undefined);
  }

  /** Returns the remaining time limit, starting now. The time in which a client sends its body does not count. */
  rest(): Deadline {
    return new Deadline(this.limitMs, this.#spentMs);
  }
}

/** Returns the sender of a request, by its key or by the session of a browser. @throws GraphQLError UNAVAILABLE */
async function identified(
  authentication: Authenticator,
  { authorization, session, address, connection }: Door,
  limit: Deadline,
  log: Logger,
): Promise<Who> {
  const token = bearerToken(authorization);
  // A key is sent deliberately, so it takes precedence over the cookie of the browser.
  const inSession = token === '' && session !== undefined;
  const isAnonymous = token === '' && !inSession;
  try {
    const known = inSession ? undefined : authentication.callerByKey(token, connection);
    const caller =
      known ??
      (await limit.race(inSession ? authentication.callerBySession(session) : authentication.callerByIdentity(token)));
    return { caller, budgetKey: budgetKeyOf(isAnonymous ? undefined : caller, address), isAnonymous };
  } catch (error) {
    log.error({ err: error }, 'a caller cannot be identified');
    const message = 'Your credentials cannot be checked at the moment: try again later.';
    throw apiError('UNAVAILABLE', message, { http: { status: 503 } });
  }
}

/** Returns the key of the budget that a request uses. All keys and logins of one caller share a budget. */
export function budgetKeyOf(caller: Caller | undefined, address: string): string {
  return caller ? `caller ${caller.principal.id}` : `address ${networkOf(address)}`;
}

/** Returns an IPv4 address unchanged. For IPv6 returns the /64 network, which usually belongs to one customer. */
export function networkOf(address: string): string {
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? before
      : [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Returns the error of a request whose key is missing or invalid. */
export function unauthenticated(authorization: string | undefined) {
  if (hasToken(authorization)) {
    const message = 'This key or token opens nothing here: it is unknown, expired or revoked. Send another one.';
    return apiError('INVALID_KEY', message, { http: { status: 401 } });
  }
  const message =
    'An API key is needed: send it as «Authorization: Bearer …». The administrator makes one with `npx letopis keys add`.';
  return apiError('UNAUTHENTICATED', message, { http: { status: 401 } });
}
