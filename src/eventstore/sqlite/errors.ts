import { EventStoreUnavailable } from '../port.js';

const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
const UNIQUE_VIOLATION = 2067;

/**
 * An error of the driver as one of the port. A driver may throw errors of another realm, which fail
 * `instanceof Error`, so that only their properties are looked at.
 */
export function unavailable(file: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  return new EventStoreUnavailable(`${file}: ${messageOf(error)}${advice(error)}`, { cause: error });
}

/** Whether a unique index refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return resultCode(error) === UNIQUE_VIOLATION;
}

function advice(error: unknown): string {
  // The low byte is the primary result code, the rest tells it more finely.
  switch ((resultCode(error) ?? 0) & 0xff) {
    case CORRUPT:
    case NOTADB:
      return '; the file is damaged: restore it from a backup';
    case FULL:
      return '; free space on the disk, then repeat';
    case CANTOPEN:
      return '; check that its directory exists and may be written to';
    default:
      return '';
  }
}

function resultCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
