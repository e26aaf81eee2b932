import { ErrorType } from '@eventstore/db-client';
import { isObject } from '../../log/json.js';
import { errorCode, faultOf } from '../../storage/thrown.js';

/** gRPC status code of a call for which the account has no right. */
const PERMISSION_DENIED = 7;

/** Returns the `type` of an error of the client; undefined for any other error. */
export function typeOf(error: unknown): string | undefined {
  return isObject(error) && typeof error.type === 'string' ? error.type : undefined;
}

/** Returns true if the server does not let this account do something. */
export function isDenied(error: unknown): boolean {
  return typeOf(error) === ErrorType.ACCESS_DENIED || errorCode(error) === PERMISSION_DENIED;
}

/** Returns the message of an error, or its type if it has none. */
export function textOf(error: unknown): string {
  return faultOf(error) || typeOf(error) || 'no reason given';
}
