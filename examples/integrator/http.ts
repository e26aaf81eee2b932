import { setTimeout as wait } from 'node:timers/promises';

/** Where Letopis is, and the key to it. */
export interface Connection {
  readonly address: string;
  readonly key: string;
}

/** Letopis refused or did not answer: `code` is one of docs/api.md («Errors»), or NO_ANSWER, or HTTP_ with the status. */
export class LetopisError extends Error {
  override readonly name = 'LetopisError';
  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
    /** After how many milliseconds to ask again; 0 when that was not told. */
    readonly retryAfter = 0,
  ) {
    super(`${code}: ${message}`);
  }
}

/** An error as GraphQL tells it, or an address outside of it. */
export interface Problem {
  readonly message: string;
  readonly code?: string;
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
/** After these the same request may well be answered a little later. */
const PASSING = ['NO_ANSWER', 'RATE_LIMITED', 'READ_MODEL_BEHIND', 'UNAVAILABLE', 'HTTP_502', 'HTTP_503', 'HTTP_504'];

/** Sends a request and reads its answer; sends it again, a few times, while Letopis is away or busy. @throws LetopisError */
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
      // Longer each time, and not all clients at the same moment.
      const pause = failure.retryAfter || 2 ** tries * (50 + 100 * Math.random());
      await wait(Math.min(pause, LONGEST_PAUSE_MS));
    }
  }
}

/** Sends a request once; its answer is still to be read. @throws LetopisError when it is a refusal */
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
  const { message, code, extensions } = problemIn(await response.text());
  const retryAfter = 1_000 * Number(response.headers.get('retry-after'));
  throw new LetopisError(code ?? extensions?.code ?? `HTTP_${status}`, message, status, retryAfter);
}

function noAnswer(error: unknown): LetopisError {
  // «fetch failed» has the reason below it.
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  return new LetopisError('NO_ANSWER', String(reason));
}

function problemIn(text: string): Problem {
  try {
    const { errors, error }: { readonly errors?: readonly Problem[]; readonly error?: Problem } = JSON.parse(text);
    return errors?.[0] ?? error ?? { message: text };
  } catch {
    return { message: text }; // of something between here and Letopis
  }
}
