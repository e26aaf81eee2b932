import { setMaxListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { MAX_TIMER } from './credentialEndings.js';
import type { AccessDirectory } from './directory.js';
import type { Caller, Principal } from './principal.js';
import type { SessionEndings } from './sessionEndings.js';
import type { SessionAccess, Sessions } from './sessions.js';
import { ConnectionDigests, type Digests, digestsOf, isSameSecret } from './tokens.js';
import type { AccessUses } from './uses.js';

/** Verifies tokens that an identity provider has signed. */
export interface IdentityVerifier {
  /**
   * Returns the login that a token names, and when the token expires (ms since 1970). Returns undefined for a token
   * that does not verify.
   */
  verified(token: string): Promise<VerifiedLogin | undefined>;
}

/** A login of an identity provider, until its token expires. */
export interface VerifiedLogin {
  readonly issuer: string;
  readonly subject: string;
  readonly until: number;
}

/** Dependencies of {@link Authentication}. */
export interface AuthenticationParts {
  readonly directory: AccessDirectory;
  /** The administrator by configuration. Without it nobody could issue the first access. */
  readonly administrator: { readonly token: string; readonly principal: Principal };
  /** The principal of requests without a token. Undefined: such requests are rejected. */
  readonly anybody?: Principal | undefined;
  readonly identities?: IdentityVerifier | undefined;
  /** Returns the keyed digest by which the directory finds the login of an identity provider. */
  readonly lookupOf: (issuer: string, subject: string) => string;
  readonly sessions: Sessions;
  readonly endings: SessionEndings;
  readonly uses: AccessUses;
  readonly clock: () => string;
  /** Called when a use of access could not be recorded. The request continues. */
  readonly unnoted: (error: unknown) => void;
}

/** Never aborts: access by configuration lasts until the process ends. */
const NEVER_ABORTED = new AbortController().signal;
// Every open connection of the configured administrator adds a listener, so Node must not warn of many listeners.
setMaxListeners(0, NEVER_ABORTED);

/** Finds the caller of a request by its bearer token, or by the session of a browser. */
export class Authentication {
  readonly #digests = new ConnectionDigests();
  /** Tokens whose signature was verified within the last minute: one request looks up its caller more than once. */
  readonly #verified = new LRUCache<string, VerifiedLogin>({
    max: 1_000,
    ttl: 60_000,
  });
  readonly #administrator: { readonly digests: Digests; readonly caller: Caller };

  constructor(private readonly parts: AuthenticationParts) {
    const { token, principal } = parts.administrator;
    this.#administrator = { digests: digestsOf(token), caller: { principal, ended: NEVER_ABORTED } };
  }

  /**
   * Returns the caller with this API key, synchronously. An empty token gives the anonymous caller if public access is
   * on. Returns undefined for any other token, including those of an identity provider.
   *
   * @param connection that sent the token. Digests of the token are memoized per connection.
   */
  callerByKey(token: string, connection?: object): Caller | undefined {
    const { directory, anybody } = this.parts;
    if (token === '') return anybody && { principal: anybody, ended: NEVER_ABORTED };
    const digests = connection ? this.#digests.of(connection, token) : digestsOf(token);
    const caller = directory.callerByKey(digests) ?? this.#administratorBy(digests);
    return caller && this.#noted(caller);
  }

  /** Records that the caller's access was used now. */
  #noted(caller: Caller): Caller {
    const { uses, clock, unnoted } = this.parts;
    uses.record(caller.principal.id, clock())?.catch(unnoted);
    return caller;
  }

  #administratorBy({ hash: sent }: Digests): Caller | undefined {
    const { digests, caller } = this.#administrator;
    return isSameSecret(sent, digests.hash) ? caller : undefined;
  }

  /**
   * Returns the caller of a session in a browser; undefined when the session, or the credential that started it, has
   * ended.
   *
   * @throws AccessUnavailable
   */
  async callerBySession(token: string): Promise<Caller | undefined> {
    const { sessions, endings, clock } = this.parts;
    const session = await sessions.use(token, clock());
    const caller = session && this.#callerOfAccess(session);
    if (!caller) return undefined;
    let ended: AbortSignal | undefined;
    return {
      get principal() {
        return caller.principal;
      },
      get ended() {
        ended ??= anySignal(caller.ended, endings.signal(token));
        return ended;
      },
    };
  }

  /**
   * Starts a session with an API key, or with a one-time code, which is used up. Returns the token of the session;
   * undefined for a key or code that gives no access.
   *
   * @throws AccessUnavailable
   */
  async signIn(secret: string): Promise<string | undefined> {
    const { sessions, clock } = this.parts;
    const key = secret === '' ? undefined : this.callerByKey(secret);
    const access = key
      ? { holderId: key.principal.id, lookup: digestsOf(secret).lookup }
      : await sessions.redeem(secret, clock());
    const way = key ? 'key' : 'code';
    return access && this.#callerOfAccess(access) ? sessions.start(access, way, clock()) : undefined;
  }

  /**
   * Starts a session of the person with this login, whom an identity provider has named. Returns the token of the
   * session; undefined for a login that gives no access.
   *
   * @throws AccessUnavailable
   */
  async signInByIdentity(issuer: string, subject: string): Promise<string | undefined> {
    const { sessions, clock } = this.parts;
    const { lookup, caller } = this.#holderOf({ issuer, subject });
    return caller && sessions.start({ holderId: this.#noted(caller).principal.id, lookup }, 'provider', clock());
  }

  /** Ends the session with this token, or all sessions of its holder. @throws AccessUnavailable */
  async signOut(token: string, everywhere: boolean): Promise<void> {
    const { sessions, endings, clock } = this.parts;
    const session = await sessions.use(token, clock());
    if (everywhere && session) await sessions.endAll(session.holderId, clock());
    else await sessions.end(token, clock());
    await endings.check();
  }

  #callerOfAccess({ holderId, lookup }: SessionAccess): Caller | undefined {
    const { digests, caller: administrator } = this.#administrator;
    const isAdministrator = holderId === administrator.principal.id && lookup === digests.lookup;
    const caller = isAdministrator ? administrator : this.parts.directory.callerByCredential(lookup);
    return caller?.principal.id === holderId ? this.#noted(caller) : undefined;
  }

  #holderOf({ issuer, subject }: Pick<VerifiedLogin, 'issuer' | 'subject'>) {
    const lookup = this.parts.lookupOf(issuer, subject);
    return { lookup, caller: this.parts.directory.callerByIdentity(lookup) };
  }

  /** Returns the caller with this token of an identity provider; undefined for any other token. */
  async callerByIdentity(token: string): Promise<Caller | undefined> {
    const { identities } = this.parts;
    // A JWT has three parts. The first part is a JSON object in base64url, so it begins with «eyJ».
    if (!identities || !/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
    const verified = this.#verified.get(token) ?? (await identities.verified(token));
    const caller = verified && this.#holderOf(verified).caller;
    if (!verified || !caller || verified.until <= Date.now()) return undefined;
    this.#verified.set(token, verified);
    this.#noted(caller);
    const left = Math.max(0, Math.min(verified.until - Date.now(), MAX_TIMER));
    let ended: AbortSignal | undefined;
    return {
      get principal() {
        return caller.principal;
      },
      get ended() {
        ended ??= anySignal(caller.ended, AbortSignal.timeout(left));
        return ended;
      },
    };
  }
}

/** Returns a signal that aborts with the first of the two. Every open connection of a caller adds a listener to it. */
function anySignal(one: AbortSignal, other: AbortSignal): AbortSignal {
  const signal = AbortSignal.any([one, other]);
  setMaxListeners(0, signal);
  return signal;
}
