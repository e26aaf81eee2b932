import type { Logger } from 'pino';
import type { Authentication } from '../../access/authentication.js';
import type { Caller } from '../../access/principal.js';
import { apiError } from '../errors.js';
import { tokenOf } from '../http/bearer.js';

/** What is known of a request at the door. */
export interface Door {
  readonly authorization: string | undefined;
  /** What the client takes, as in Accept-Language. */
  readonly language: string | undefined;
  /** The address that it comes from, behind trusted proxies. */
  readonly address: string;
  /** Aborts when the caller has left; undefined where that cannot be noticed. */
  readonly left?: AbortSignal | undefined;
}

/** Who a request comes from. */
export interface Who {
  /** Undefined for somebody who is not let in. */
  readonly caller: Caller | undefined;
  /** Whose budget it uses: the caller's; where there is none that of the address. */
  readonly budgetKey: string;
}

/**
 * The first stage: finds out who a request comes from.
 *
 * @throws GraphQLError UNAVAILABLE when that cannot be found out just now.
 */
export async function identified(
  authentication: Authentication,
  { authorization, address }: Door,
  log: Logger,
): Promise<Who> {
  const token = tokenOf(authorization);
  try {
    const caller = await authentication.callerOf(token);
    return { caller, budgetKey: budgetKeyOf(token === '' ? undefined : caller, address) };
  } catch (error) {
    log.error({ err: error }, 'a caller cannot be identified');
    const message = 'Who you are cannot be told just now: ask again in a while.';
    throw apiError('UNAVAILABLE', message, { http: { status: 503 } });
  }
}

/** Whose budget a request uses: that of whoever came by a key or a login, by whichever of their ways; or of its address. */
export function budgetKeyOf(caller: Caller | undefined, address: string): string {
  return caller ? `caller ${caller.principal.id}` : `address ${networkOf(address)}`;
}

/** An address, or for IPv6 the network that one customer usually has (64 bits). */
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

/** The error of a request from nobody who is let in. */
export function unauthenticated() {
  const message =
    'An API key is needed: send it as «Authorization: Bearer …». The administrator makes one with `letopis keys add`.';
  return apiError('UNAUTHENTICATED', message, { http: { status: 401 } });
}
