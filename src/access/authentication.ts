import { setMaxListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { type AccessDirectory, MAX_TIMER } from './directory.js';
import type { LegacyKey } from './legacy/keys.js';
import type { Caller, Principal } from './principal.js';
import { ConnectionDigests, type Digests, digestsOf, isSameSecret } from './tokens.js';
import type { AccessUses } from './uses/uses.js';

/** Verifies what an identity provider has signed. */
export interface IdentityVerifier {
  /** The keyed digest by which the person is found, and when the token ends (ms since 1970); undefined for a token that does not verify. */
  verified(token: string): Promise<{ readonly lookup: string; readonly until: number } | undefined>;
}

export interface AuthenticationParts {
  readonly directory: AccessDirectory;
  /** The one who is let in by configuration, so that there is somebody to let in the others. */
  readonly administrator: { readonly token: string; readonly principal: Principal };
  /** Who comes without any key; undefined: nobody is let in so. */
  readonly anybody?: Principal | undefined;
  readonly identities?: IdentityVerifier | undefined;
  /** Keys that an older version has left, as long as processes of it may work beside this one. */
  readonly legacy?: readonly LegacyKey[];
  readonly uses: AccessUses;
  readonly clock: () => string;
  /** Told when a use could not be noted: nobody is kept out for that. */
  readonly unnoted: (error: unknown) => void;
}

/** Never aborts: a configuration holds until the process ends. */
const FOR_EVER = new AbortController().signal;
// Every connection that is open by the configured administrator listens.
setMaxListeners(0, FOR_EVER);

/** Tells who a request comes from. */
export class Authentication {
  readonly #legacy: ReadonlyMap<string, LegacyKey>;
  readonly #digests = new ConnectionDigests();
  /** Tokens whose signature was verified within the last minute: a request asks more than once who it comes from. */
  readonly #verified = new LRUCache<string, { readonly lookup: string; readonly until: number }>({
    max: 1_000,
    ttl: 60_000,
  });
  readonly #administrator: { readonly hash: Buffer; readonly caller: Caller };

  constructor(private readonly parts: AuthenticationParts) {
    this.#legacy = new Map((parts.legacy ?? []).map((key) => [key.lookup, key]));
    const { token, principal } = parts.administrator;
    this.#administrator = { hash: digestsOf(token).hash, caller: { principal, ended: FOR_EVER } };
  }

  /** Who sends this bearer token: an API key, or what an identity provider has signed; undefined for nobody. */
  async callerOf(token: string): Promise<Caller | undefined> {
    const known = this.callerByKey(token);
    if (known) return known;
    const caller = await this.#byIdentity(token);
    return caller && this.#noted(caller);
  }

  /**
   * The same of who comes by an API key, or by none, which takes no waiting; undefined for whoever else comes.
   *
   * @param connection by which the token comes, where it may come so again.
   */
  callerByKey(token: string, connection?: object): Caller | undefined {
    const { directory, anybody } = this.parts;
    if (token === '') return anybody && { principal: anybody, ended: FOR_EVER };
    const digests = connection ? this.#digests.of(connection, token) : digestsOf(token);
    const caller = directory.callerByKey(digests) ?? this.#legacyBy(digests) ?? this.#administratorBy(digests);
    return caller && this.#noted(caller);
  }

  /** Notes that a caller's access was used now. */
  #noted(caller: Caller): Caller {
    const { uses, clock, unnoted } = this.parts;
    uses.record(caller.principal.id, clock())?.catch(unnoted);
    return caller;
  }

  /** One that is recorded meanwhile is what the record says. */
  #legacyBy({ lookup, hash: sent }: Digests): Caller | undefined {
    const key = this.#legacy.get(lookup);
    if (!key || this.parts.directory.holderOf(lookup) !== undefined) return undefined;
    if (!isSameSecret(key.hash, sent)) return undefined;
    const { id, name, role, post, organisation } = key;
    return { principal: { id, name, role, post, organisation, scope: null }, ended: FOR_EVER };
  }

  #administratorBy({ hash: sent }: Digests): Caller | undefined {
    const { hash, caller } = this.#administrator;
    return isSameSecret(sent, hash) ? caller : undefined;
  }

  async #byIdentity(token: string): Promise<Caller | undefined> {
    const { identities, directory } = this.parts;
    // Three parts, the first of them a JSON object: whatever else comes is no such token.
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
