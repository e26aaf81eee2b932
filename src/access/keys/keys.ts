import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { type Actor, ROLES, type Role } from '../../domain/actor.js';

/** Who a request comes from: an actor of the domain, with the name that is sealed beside each event. */
export interface Principal extends Actor {
  readonly name: string;
}

/** What a new key is for. */
export interface KeyRequest {
  readonly name: string;
  readonly role: Exclude<Role, 'system'>;
  readonly post: string | null;
  readonly organisation: string | null;
}

/** What may be shown of a key. */
export interface ListedKey extends KeyRequest {
  readonly id: string;
  readonly createdAt: string;
}

/** The keys cannot be read or written just now. */
export class AccessUnavailable extends Error {
  override readonly name = 'AccessUnavailable';
}

/** API keys: the secret is shown once and only its hash is kept. Safe to use by several processes at once. */
export interface AccessKeys {
  /** Makes a key and returns its token, which cannot be had again. @throws AccessUnavailable */
  add(request: KeyRequest): Promise<string>;
  /** Keeps a token that was chosen outside, such as a bootstrap key; does nothing when it is known. */
  adopt(token: string, request: KeyRequest): Promise<void>;
  /** Who holds this token; undefined for an unknown one. @throws AccessUnavailable */
  principalOf(token: string): Promise<Principal | undefined>;
  /** Gives a key another name, and leaves no trace of the former one; false when there is no such key. @throws AccessUnavailable */
  rename(id: string, name: string): Promise<boolean>;
  /** All keys, oldest first, without anything that opens a door. */
  list(): Promise<readonly ListedKey[]>;
  close(): void;
}

/** Shortest token that is accepted from outside, in characters. */
export const MIN_TOKEN = 24;

/** A key as it is kept: the lookup finds it, the hash is what is compared. */
export interface KeptKey extends ListedKey {
  readonly lookup: string;
  readonly hash: Buffer;
}

/** Where keys are kept. */
export interface KeyShelf {
  /** Keeps a key unless one with its lookup is there. */
  put(key: KeptKey): Promise<void>;
  find(lookup: string): Promise<KeptKey | undefined>;
  /** False when there is no such key. */
  rename(id: string, name: string): Promise<boolean>;
  /** Oldest first. */
  all(): Promise<readonly KeptKey[]>;
  close(): void;
}

/** The keys on a shelf. */
export function accessKeysOn(shelf: KeyShelf): AccessKeys {
  const keep = (token: string, { name, role, post, organisation }: KeyRequest): Promise<void> =>
    shelf.put({
      id: randomUUID(),
      name,
      role,
      post,
      organisation,
      lookup: lookupOf(token),
      hash: hashOf(token),
      createdAt: new Date().toISOString(),
    });
  return {
    async add(request) {
      const token = `letopis_${randomBytes(32).toString('base64url')}`;
      await keep(token, request);
      return token;
    },
    adopt: keep,
    async principalOf(token) {
      const hash = hashOf(token);
      const key = await shelf.find(lookupOf(token));
      if (!key || key.hash.length !== hash.length || !timingSafeEqual(key.hash, hash)) return undefined;
      const { id, name, role, post, organisation } = key;
      return { id, name, role, post, organisation };
    },
    rename: (id, name) => shelf.rename(id, name),
    async list() {
      const keys = await shelf.all();
      return keys.map(({ lookup: _, hash: _hash, ...listed }) => listed);
    },
    close: () => shelf.close(),
  };
}

/** The role of a kept key; undefined for one that this version does not know. */
export function keyRoleOf(value: unknown): KeyRequest['role'] | undefined {
  const role = ROLES.find((known) => known === value);
  return role === 'system' ? undefined : role;
}

/** Tokens are random, so a plain hash suffices. The lookup is another digest than the one compared. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update('letopis key ').update(token).digest();
}

function lookupOf(token: string): string {
  return createHash('sha256').update('letopis lookup ').update(token).digest('hex').slice(0, 32);
}
