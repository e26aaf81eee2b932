import { operatorTerms } from '../../operatorTerms.js';
import { failureText, isDamage } from '../../storage/failure.js';
import type { Damage } from '../damage.js';
import { ChronicleDamaged, EventStoreUnavailable } from '../port.js';

const UNIQUE_VIOLATION = 2067;

/** Returns an error of the driver as an error of the port. */
export function unavailable(file: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const message = failureText(file, error);
  return isDamage(error) || isIncomplete(error)
    ? new ChronicleDamaged(message, { cause: error })
    : new EventStoreUnavailable(message, { cause: error });
}

/**
 * Returns true if one of our tables or columns is missing: a file is queried only after its schema version was checked.
 */
function isIncomplete(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    /no such (table|column)/.test(String(error.message))
  );
}

/** Returns true if a unique index refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === UNIQUE_VIOLATION;
}

/** Returns the error for an append to a closed stream, with the stream and the remedy. */
export function closedBy({ stream, problem }: Damage, file: string): ChronicleDamaged {
  const restore = `stop the server, keep the files as they are, and restore the latest backup (${operatorTerms().restore})`;
  return stream === null
    ? new ChronicleDamaged(`${file} is damaged (${problem}): nothing more is written to it; ${restore}`)
    : new ChronicleDamaged(
        `stream ${stream} in ${file} is damaged (${problem}): nothing more is appended to it, other streams go on; ${restore}`,
        { stream },
      );
}
