import { language } from '../words/words';
import type { TypedDocumentString } from './generated/graphql';

/** An answer of the server that is no data, or no answer at all (`OFFLINE`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** Code of the API; `OFFLINE` when the server was not reached. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** How long the page waits for an answer, in milliseconds. */
const PATIENCE_MS = 35_000;

/** Sends a GraphQL document. Returns its data. @throws ApiError */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const { data, errors } = await sent<Answer<Result>>('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify({ query: String(document), variables }),
  });
  const [error] = errors ?? [];
  if (error) throw new ApiError(error.extensions?.code ?? 'INTERNAL_SERVER_ERROR', error.message);
  if (data === undefined || data === null) throw new ApiError('INTERNAL_SERVER_ERROR', 'no data');
  return data;
}

/** Starts a session with a key or a one-time code. @throws ApiError */
export async function signIn(secret: string): Promise<void> {
  await sent('/session', { method: 'POST', headers: { authorization: `Bearer ${secret}` } });
}

/** Ends this session, or all sessions of the same person. @throws ApiError */
export async function signOut(everywhere: boolean): Promise<void> {
  await sent(everywhere ? '/sessions' : '/session', { method: 'DELETE' });
}

async function sent<Body>(path: string, init: RequestInit): Promise<Body> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new ApiError('OFFLINE', 'the server was not reached');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok && !('errors' in body)) {
    throw new ApiError(body.error?.code ?? (response.status === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE'), '');
  }
  return body;
}
