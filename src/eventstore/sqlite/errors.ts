import { failureText, isDamage } from '../../storage/failure.js';
import type { Damage } from '../damage.js';
import { ChronicleDamaged, EventStoreUnavailable } from '../port.js';

const UNIQUE_VIOLATION = 2067;

/** An error of the driver as one of the port. */
export function unavailable(file: string, error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const message = failureText(file, error);
  return isDamage(error) || isIncomplete(error)
    ? new ChronicleDamaged(message, { cause: error })
    : new EventStoreUnavailable(message, { cause: error });
}

/** Whether a table of ours is not there: nothing is asked of a file before it has said that it is of this version. */
function isIncomplete(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    /no such (table|column)/.test(String(error.message))
  );
}

/** Whether a unique index refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === UNIQUE_VIOLATION;
}

/** Returns the error for an append to a closed stream: it names the stream and says what to do. */
export function closedBy({ stream, problem }: Damage, file: string): ChronicleDamaged {
  const restore = 'stop the server, keep the files as they are, and restore the latest backup (letopis restore)';
  return stream === null
    ? new ChronicleDamaged(`${file} is damaged (${problem}): nothing more is written to it; ${restore}`)
    : new ChronicleDamaged(
        `stream ${stream} in ${file} is damaged (${problem}): nothing more is appended to it, other streams go on; ${restore}`,
        { stream },
      );
}
