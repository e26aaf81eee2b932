import type { ErrorCode } from './generated/errorCodes.js';

/** The request was not answered, or only in part. */
const NO_ANSWER = 'NO_ANSWER';

/** Codes of errors that pass: the same request may succeed a little later. */
const PASSING: readonly string[] = [
  NO_ANSWER,
  ...(['RATE_LIMITED', 'READ_MODEL_BEHIND', 'TIMEOUT', 'UNAVAILABLE'] satisfies ErrorCode[]),
  ...['HTTP_502', 'HTTP_503', 'HTTP_504'],
];

/**
 * Thrown when Letopis refuses a request or does not answer. `code` is a code of the API (docs/api.md, «Errors»);
 * `NO_ANSWER`; or `HTTP_` with the status, when something between client and server has answered.
 */
export class LetopisError extends Error {
  override readonly name = 'LetopisError';

  constructor(
    readonly code: ErrorCode | typeof NO_ANSWER | `HTTP_${number}`,
    message: string,
    /** Status of the response; 0: none. */
    readonly status = 0,
    /** Delay that the server asks for before a retry, in milliseconds; 0: it states none. */
    readonly retryAfter = 0,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
  }

  /** True when the same request may succeed later. */
  get passes(): boolean {
    return PASSING.includes(this.code);
  }
}

/** Returns an error as a {@link LetopisError}: whatever broke a connection counts as no answer. */
export function asLetopisError(error: unknown): LetopisError {
  if (error instanceof LetopisError) return error;
  // The reason of «fetch failed» is in its cause.
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  return new LetopisError(NO_ANSWER, reason instanceof Error ? reason.message : String(reason), 0, 0, { cause: error });
}
