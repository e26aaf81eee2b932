import type { AccessDirectory } from './directory.js';
import type { Caller, Principal } from './principal.js';
import { digestsOf, isSameHash } from './tokens.js';
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
  readonly identities?: IdentityVerifier | undefined;
  readonly uses: AccessUses;
  readonly clock: () => string;
  /** Told when a use could not be noted: nobody is kept out for that. */
  readonly unnoted: (error: unknown) => void;
}

/** Never aborts: a configuration holds until the process ends. */
const FOR_EVER = new AbortController().signal;

/** Tells who a request comes from. */
export class Authentication {
  readonly #administrator: { readonly hash: string; readonly caller: Caller };

  constructor(private readonly parts: AuthenticationParts) {
    const { token, principal } = parts.administrator;
    this.#administrator = { hash: digestsOf(token).hash, caller: { principal, ended: FOR_EVER } };
  }

  /** Who sends this bearer token: an API key, or what an identity provider has signed; undefined for nobody. */
  async callerOf(token: string): Promise<Caller | undefined> {
    const { directory, uses, clock, unnoted } = this.parts;
    const caller = directory.callerByKey(token) ?? this.#administratorBy(token) ?? (await this.#byIdentity(token));
    if (caller) void uses.record(caller.principal.id, clock()).catch(unnoted);
    return caller;
  }

  #administratorBy(token: string): Caller | undefined {
    const { hash, caller } = this.#administrator;
    return isSameHash(digestsOf(token).hash, hash) ? caller : undefined;
  }

  async #byIdentity(token: string): Promise<Caller | undefined> {
    const { identities, directory } = this.parts;
    // Three parts, the first of them a JSON object: whatever else comes is no such token.
    if (!identities || !/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
    const verified = await identities.verified(token);
    const caller = verified && directory.callerByIdentity(verified.lookup);
    if (!verified || !caller) return undefined;
    const left = Math.max(0, Math.min(verified.until - Date.now(), 2 ** 31 - 1));
    let ended: AbortSignal | undefined;
    return {
      get principal() {
        return caller.principal;
      },
      get ended() {
        ended ??= AbortSignal.any([caller.ended, AbortSignal.timeout(left)]);
        return ended;
      },
    };
  }
}
