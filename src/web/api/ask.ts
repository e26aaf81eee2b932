import { language } from '../words/language';
import type { TypedDocumentString } from './generated/graphql';

/** A response of the server without data, or no response at all (`OFFLINE`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** Code of the API; `OFFLINE` when the server was not reached. */
    readonly code: string,
    message: string,
    /** Why a document cannot be read as a plan; undefined for any other error. */
    readonly unread?: UnreadReport,
  ) {
    super(message);
  }
}

/** Why a document cannot be read as a plan. */
export interface UnreadReport {
  readonly reason: string;
  /** Headings of the columns that were found. */
  readonly headings: readonly string[];
}

/** Root fields that may be null without an error. If another field is null, there is an error, which `ask` throws. */
type Optional = 'plan' | 'activity' | 'organisation' | 'node';
/** The data of an answer without errors. */
export type AnswerData<Result> = {
  [Root in keyof Result]: Root extends Optional ? Result[Root] : NonNullable<Result[Root]>;
};

interface AnswerBody<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string } & Partial<UnreadReport>;
  }[];
}

/** Timeout of a request of the page, in milliseconds. */
const PATIENCE_MS = 35_000;

/** Sends a GraphQL document. Returns its data. @throws ApiError */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<AnswerData<Result>> {
  const { data, errors } = await sent<AnswerBody<AnswerData<Result>>>('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify({ query: String(document), variables }),
  });
  const [error] = errors ?? [];
  if (error) {
    const { code = 'INTERNAL_SERVER_ERROR', reason, headings = [] } = error.extensions ?? {};
    throw new ApiError(code, error.message, reason === undefined ? undefined : { reason, headings });
  }
  if (data === undefined || data === null) throw new ApiError('INTERNAL_SERVER_ERROR', 'no data');
  return data;
}

/** Starts a session with a key or a one-time code. @throws ApiError */
export async function signIn(secret: string): Promise<void> {
  await sent('/session', { method: 'POST', headers: { authorization: `Bearer ${secret}` } });
}

/** Returns the host of the identity provider for signing in; null if there is none. @throws ApiError */
export async function signInWays(): Promise<string | null> {
  const { provider } = await sent<{ readonly provider: string | null }>('/sign-in/ways', {});
  return provider;
}

/** Navigates to the identity provider, which sends the browser back after the sign-in. @throws ApiError */
export async function signInAtProvider(): Promise<void> {
  const { address } = await sent<{ readonly address: string }>('/sign-in/provider', { method: 'POST' });
  location.assign(address);
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
    throw new ApiError(body.code ?? (response.status === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE'), '');
  }
  return body;
}
