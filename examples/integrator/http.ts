import { setTimeout as wait } from 'node:timers/promises';

/** The address of Letopis and the key for it. */
export interface Connection {
  readonly address: string;
  readonly key: string;
}

/**
 * Thrown when Letopis refuses a request or does not answer. `code` is one of docs/api.md («Errors»), NO_ANSWER, or
 * HTTP_ with the status.
 */
export class LetopisError extends Error {
  override readonly name = 'LetopisError';
  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
    /** Delay before a retry in milliseconds; 0 when the server stated none. */
    readonly retryAfter = 0,
  ) {
    super(`${code}: ${message}`);
  }
}

/** An error of GraphQL. */
export interface Problem {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

interface Sent {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const TRIES = 5;
const TIMEOUT_MS = 30_000;
const LONGEST_PAUSE_MS = 60_000;
/** Codes of temporary errors: the same request may succeed a little later. */
const PASSING = ['NO_ANSWER', 'RATE_LIMITED', 'READ_MODEL_BEHIND', 'UNAVAILABLE', 'HTTP_502', 'HTTP_503', 'HTTP_504'];

/** Sends a request and reads the response. Retries a few times while Letopis is down or busy. @throws LetopisError */
export async function asked<T>(
  to: Connection,
  path: string,
  read: (response: Response) => Promise<T>,
  { body, timeout = TIMEOUT_MS }: { readonly body?: object; readonly timeout?: number } = {},
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read(await opened(to, path, { ...(body && { body }), signal: AbortSignal.timeout(timeout) }));
    } catch (error) {
      const failure = error instanceof LetopisError ? error : noAnswer(error);
      if (tries === TRIES || !PASSING.includes(failure.code)) throw failure;
      // Increase the delay with each retry, with a random part so that clients do not retry at the same moment.
      const pause = failure.retryAfter || 2 ** tries * (50 + 100 * Math.random());
      await wait(Math.min(pause, LONGEST_PAUSE_MS));
    }
  }
}

/** Sends a request once and returns the response with its body unread. @throws LetopisError for an error response */
export async function opened({ address, key }: Connection, path: string, sent: Sent): Promise<Response> {
  const { body, headers, signal } = sent;
  const response = await fetch(`${address}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: body ? JSON.stringify(body) : null,
    signal,
  });
  if (response.ok) return response;
  const { status } = response;
  const { message, code } = problemIn(await response.text());
  const retryAfter = 1_000 * Number(response.headers.get('retry-after'));
  throw new LetopisError(code ?? `HTTP_${status}`, message, status, retryAfter);
}

function noAnswer(error: unknown): LetopisError {
  // The cause of «fetch failed» is in `error.cause`.
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  return new LetopisError('NO_ANSWER', String(reason));
}

/** Returns what an error response says: GraphQL errors, or the problem details of another address (RFC 9457). */
function problemIn(text: string): { readonly message: string; readonly code?: string | undefined } {
  try {
    const body: { readonly errors?: readonly Problem[]; readonly detail?: string; readonly code?: string } =
      JSON.parse(text);
    const [first] = body.errors ?? [];
    return first
      ? { message: first.message, code: first.extensions?.code }
      : { message: body.detail ?? text, code: body.code };
  } catch {
    return { message: text }; // not JSON: sent by a proxy in between
  }
}
