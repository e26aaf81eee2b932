import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../domain/dates.js';
import type { RecordStore, Records, TableSpec } from '../engine/records/port.js';
import type { SessionLog, SignInWay } from './sessionLog.js';
import { digestsOf } from './tokens.js';

/** The access that a session or a code opens: its holder, and the credential with which the access ends. */
export interface SessionAccess {
  readonly holderId: string;
  /** The lookup value of the credential. A session ends when this credential is revoked, replaced or expires. */
  readonly lookup: string;
}

/** A session of a person in a browser. */
export interface Session extends SessionAccess {
  readonly startedAt: Instant;
  /** When it was last used, accurate to {@link SLIDE_MS}. */
  readonly usedAt: Instant;
}

const HOUR_MS = 3_600_000;
/** Time without use after which a session ends, in milliseconds. */
const SESSION_IDLE_MS = 12 * HOUR_MS;
/** A session ends after this time even if it is used, in milliseconds. */
const LONGEST_SESSION_MS = 30 * 24 * HOUR_MS;
/** How long a code to sign in is accepted, in milliseconds. */
const CODE_MS = HOUR_MS / 4;
/** Uses within this time after a recorded one are not recorded, in milliseconds. */
const SLIDE_MS = HOUR_MS / 12;
/** Days after which rows are deleted that no session or code uses any more. */
const KEPT_DAYS = 31;

const SESSION_TOKEN_BYTES = 32;

const StoredSession = z.object({
  hash: z.string(),
  holderId: z.string(),
  lookup: z.string(),
  startedAt: z.string(),
  usedAt: z.string(),
});
type StoredSession = z.infer<typeof StoredSession>;

const SESSION_TABLE: TableSpec<StoredSession> = {
  collection: 'letopis_sessions',
  table: 'session',
  create: `CREATE TABLE IF NOT EXISTS session (
       hash TEXT PRIMARY KEY, holder_id TEXT NOT NULL, lookup TEXT NOT NULL, started_at TEXT NOT NULL,
       used_at TEXT NOT NULL) WITHOUT ROWID`,
  columns: {
    hash: 'hash',
    holderId: 'holder_id',
    lookup: 'lookup',
    startedAt: 'started_at',
    usedAt: 'used_at',
  },
  indexes: { holder: ['holderId'] },
  key: 'hash',
  at: 'usedAt',
  parse: (row) => StoredSession.parse(row),
};

const StoredCode = z.object({ hash: z.string(), holderId: z.string(), lookup: z.string(), madeAt: z.string() });

const SIGN_IN_CODES: TableSpec<z.infer<typeof StoredCode>> = {
  collection: 'letopis_sign_in_codes',
  table: 'sign_in_code',
  create: `CREATE TABLE IF NOT EXISTS sign_in_code (
       hash TEXT PRIMARY KEY, holder_id TEXT NOT NULL, lookup TEXT NOT NULL, made_at TEXT NOT NULL) WITHOUT ROWID`,
  columns: { hash: 'hash', holderId: 'holder_id', lookup: 'lookup', madeAt: 'made_at' },
  key: 'hash',
  at: 'madeAt',
  parse: (row) => StoredCode.parse(row),
};

/**
 * Opens the sessions of this installation. Only hashes of their tokens are stored.
 *
 * @param log records sign-ins and sign-outs.
 * @throws AccessUnavailable
 */
export async function openSessions(store: RecordStore, log: SessionLog): Promise<Sessions> {
  return new Sessions(await store.open(SESSION_TABLE, KEPT_DAYS), await store.open(SIGN_IN_CODES, KEPT_DAYS), log);
}

/** Sessions of people in browsers, and one-time codes that start them. Every method rejects with AccessUnavailable. */
export class Sessions {
  constructor(
    private readonly sessions: Records<StoredSession>,
    private readonly codes: Records<z.infer<typeof StoredCode>>,
    private readonly log: SessionLog,
  ) {}

  /** Starts a session. Returns its token, which is not stored. */
  async start({ holderId, lookup }: SessionAccess, way: SignInWay, now: Instant): Promise<string> {
    const token = newSecret();
    await this.log.record({ at: now, actorId: holderId, kind: 'started', way });
    await this.sessions.put([{ hash: sessionId(token), holderId, lookup, startedAt: now, usedAt: now }]);
    return token;
  }

  /** Returns a session that has not ended, and records its use. */
  async use(token: string, now: Instant): Promise<Session | undefined> {
    const [found] = await this.#open([sessionId(token)], now);
    // A session that has ended meanwhile is not created again: `update` changes only a row that exists.
    if (found && elapsedMs(found.usedAt, now) > SLIDE_MS) await this.sessions.update({ ...found, usedAt: now });
    return found;
  }

  /** Returns those of the given ids whose sessions have not ended. */
  async stillOpen(ids: readonly string[], now: Instant): Promise<ReadonlySet<string>> {
    return new Set((await this.#open(ids, now)).map(({ hash }) => hash));
  }

  /** Ends a session, and records that. Does nothing if the session has ended before. */
  async end(token: string, now: Instant): Promise<void> {
    const ended = await this.sessions.take(sessionId(token));
    if (ended) await this.log.record({ at: now, actorId: ended.holderId, kind: 'ended', way: null });
  }

  /** Ends all sessions of a holder, and invalidates the codes made for them. */
  async endAll(holderId: string, now: Instant): Promise<void> {
    await this.codes.remove({ holderId });
    await this.sessions.remove({ holderId });
    await this.log.record({ at: now, actorId: holderId, kind: 'endedAll', way: null });
  }

  /** Returns a new code that starts one session within {@link CODE_MS}. The code is not stored. */
  async newCode({ holderId, lookup }: SessionAccess, now: Instant): Promise<string> {
    const code = newSecret();
    await this.codes.put([{ hash: sessionId(code), holderId, lookup, madeAt: now }]);
    return code;
  }

  /** Uses a code up. Returns the access that it opens; undefined for a code that is unknown, used or too old. */
  async redeem(code: string, now: Instant): Promise<SessionAccess | undefined> {
    const made = await this.codes.take(sessionId(code));
    return made && elapsedMs(made.madeAt, now) <= CODE_MS ? made : undefined;
  }

  async #open(ids: readonly string[], now: Instant): Promise<readonly StoredSession[]> {
    const found = await this.sessions.find({ hash: { in: ids } }, { by: 'hash', limit: ids.length });
    return found.filter(
      ({ startedAt, usedAt }) =>
        elapsedMs(usedAt, now) <= SESSION_IDLE_MS && elapsedMs(startedAt, now) <= LONGEST_SESSION_MS,
    );
  }
}

/** Returns the id of a session or code, which is stored in place of its token. Tokens are random: a hash suffices. */
export function sessionId(token: string): string {
  return digestsOf(token).hash.toString('hex');
}

function newSecret(): string {
  return randomBytes(SESSION_TOKEN_BYTES).toString('base64url');
}

/** Returns the milliseconds between two moments. */
function elapsedMs(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}
