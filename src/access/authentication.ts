import { setMaxListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { MAX_TIMER } from './credentialEndings.js';
import type { AccessDirectory } from './directory.js';
import type { Caller, Principal } from './principal.js';
import { ConnectionDigests, type Digests, digestsOf, isSameSecret } from './tokens.js';
import type { AccessUses } from './uses.js';

/** Verifies tokens that an identity provider has signed. */
export interface IdentityVerifier {
  /**
   * Returns the keyed digest by which the directory finds the person, and when the token expires (ms since 1970).
   * Returns undefined for a token that does not verify.
   */
  verified(token: string): Promise<{ readonly lookup: string; readonly until: number } | undefined>;
}

/** Dependencies of {@link Authentication}. */
export interface AuthenticationParts {
  readonly directory: AccessDirectory;
  /** The administrator by configuration. Without it nobody could issue the first access. */
  readonly administrator: { readonly token: string; readonly principal: Principal };
  /** The principal of requests without a token. Undefined: such requests are rejected. */
  readonly anybody?: Principal | undefined;
  readonly identities?: IdentityVerifier | undefined;
  readonly uses: AccessUses;
  readonly clock: () => string;
  /** Called when a use of access could not be recorded. The request goes on. */
  readonly unnoted: (error: unknown) => void;
}

/** Never aborts: access by configuration lasts until the process ends. */
const NEVER_ABORTED = new AbortController().signal;
// Every open connection of the configured administrator adds a listener.
setMaxListeners(0, NEVER_ABORTED);

/** Finds the caller of a request by its bearer token. */
export class Authentication {
  readonly #digests = new ConnectionDigests();
  /** Tokens whose signature was verified within the last minute: one request looks up its caller more than once. */
  readonly #verified = new LRUCache<string, { readonly lookup: string; readonly until: number }>({
    max: 1_000,
    ttl: 60_000,
  });
  readonly #administrator: { readonly hash: Buffer; readonly caller: Caller };

  constructor(private readonly parts: AuthenticationParts) {
    const { token, principal } = parts.administrator;
    this.#administrator = { hash: digestsOf(token).hash, caller: { principal, ended: NEVER_ABORTED } };
  }

  /**
   * Returns the caller with this bearer token: an API key or a token of an identity provider.
   * Returns undefined for a token that gives no access.
   */
  async callerOf(token: string): Promise<Caller | undefined> {
    const known = this.callerByKey(token);
    if (known) return known;
    const caller = await this.#byIdentity(token);
    return caller && this.#noted(caller);
  }

  /**
   * Returns the caller with this API key or with an empty token, synchronously. Returns undefined for any other token,
   * including those of an identity provider.
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
    const { hash, caller } = this.#administrator;
    return isSameSecret(sent, hash) ? caller : undefined;
  }

  async #byIdentity(token: string): Promise<Caller | undefined> {
    const { identities, directory } = this.parts;
    // A JWT has three parts, and the first is a JSON object in base64url, which begins with «eyJ».
    if (!identities || !/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
    const verified = this.#verified.get(token) ?? (await identities.verified(token));
    const caller = verified && directory.callerByIdentity(verified.lookup);
    if (!verified || !caller || verified.until <= Date.now()) return undefined;
    this.#verified.set(token, verified);
    const left = Math.max(0, Math.min(verified.until - Date.now(), MAX_TIMER));
    let ended: AbortSignal | undefined;
    return {
      get principal() {
        return caller.principal;
      },
      get ended() {
        ended ??= AbortSignal.any([caller.ended, AbortSignal.timeout(left)]);
        setMaxListeners(0, ended);
        return ended;
      },
    };
  }
}
