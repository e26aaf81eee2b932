import { ErrorType } from '@eventstore/db-client';

/** gRPC status code of a call that the account may not do. */
const PERMISSION_DENIED = 7;

/** Returns the `type` of an error of the client; undefined for any other error. */
export function typeOf(error: unknown): string | undefined {
  return isErrorObject(error) && 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

/** Returns true if the server does not let this account do something. */
export function isDenied(error: unknown): boolean {
  return typeOf(error) === ErrorType.ACCESS_DENIED || codeOf(error) === PERMISSION_DENIED;
}

/** Returns the message of an error, or its type if it has none. */
export function textOf(error: unknown): string {
  const text = isErrorObject(error) && 'message' in error ? String(error.message) : String(error);
  return text || typeOf(error) || 'no reason given';
}

/** Returns the code of an error: of gRPC, or of Node.js. */
export function codeOf(error: unknown): unknown {
  return isErrorObject(error) && 'code' in error ? error.code : undefined;
}

function isErrorObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
