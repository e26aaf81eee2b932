import { setTimeout as wait } from 'node:timers/promises';
import { asLetopisError, LetopisError } from './errors.js';
import type { ErrorCode } from './generated/errorCodes.js';

/** Where Letopis is, and the key for it. */
export interface Connection {
  /** Such as `https://letopis.example`, without a path. */
  readonly address: string;
  readonly key: string;
}

/** Options of everything that sends requests. */
export interface Options {
  /** Ends the work. It then rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** An error in a GraphQL response. */
export interface GraphQLProblem {
  readonly message: string;
  readonly extensions?: { readonly code?: ErrorCode };
}

const TRIES = 5;
const TIMEOUT_MS = 30_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Sends a GraphQL request and reads the text of the response. Retries up to four times while Letopis is down or busy,
 * after the delay of `retry-after` or else a growing one.
 *
 * @param read may throw a LetopisError too.
 * @throws LetopisError
 */
export async function send<T>(
  to: Connection,
  body: object,
  { signal }: Options,
  read: (text: string) => T,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const response = await open(to, '/graphql', body, {}, signal ? AbortSignal.any([timeout, signal]) : timeout);
      return read(await response.text());
    } catch (error) {
      signal?.throwIfAborted();
      const failure = asLetopisError(error);
      if (tries === TRIES || !failure.passes) throw failure;
      await pauseAfter(failure, tries, signal);
    }
  }
}

/** Waits before the next try: as long as the server asks for, or longer with each failure in a row. */
export async function pauseAfter({ retryAfter }: LetopisError, failures: number, signal?: AbortSignal): Promise<void> {
  // A random part, so that clients that failed together do not retry together.
  const growing = 2 ** Math.min(failures, 10) * (50 + 100 * Math.random());
  await wait(Math.min(retryAfter || growing, LONGEST_PAUSE_MS), undefined, signal && { signal });
}

/** Sends a request once. Returns the response with its body unread. @throws LetopisError for an error response */
export async function open(
  { address, key }: Connection,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(new URL(path, address), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  const { status } = response;
  const { message, code } = problemIn(await response.text());
  throw new LetopisError(code ?? `HTTP_${status}`, message, status, delayIn(response.headers.get('retry-after')));
}

/** Returns the delay of a `retry-after` header in milliseconds; it is in seconds, or a date. */
function delayIn(header: string | null): number {
  if (header === null) return 0;
  const delay = /^\d+$/.test(header) ? 1_000 * Number(header) : Date.parse(header) - Date.now();
  return delay > 0 ? delay : 0;
}

/** Returns what an error response says: GraphQL errors, or problem details (RFC 9457). */
function problemIn(text: string): { readonly message: string; readonly code?: ErrorCode | undefined } {
  try {
    const body: { readonly errors?: readonly GraphQLProblem[]; readonly detail?: string; readonly code?: ErrorCode } =
      JSON.parse(text);
    const [first] = body.errors ?? [];
    return first
      ? { message: first.message, code: first.extensions?.code }
      : { message: body.detail ?? text, code: body.code };
  } catch {
    return { message: text.slice(0, 500) }; // Not JSON: sent by a proxy in between.
  }
}
