/** Thrown on a timeout. Whether the operation was executed is not known. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/**
 * Waits for a promise with a timeout. For drivers without a timeout per operation.
 *
 * @throws DeadlineExceeded
 */
export function withTimeout<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  return withinEach(milliseconds, () => answer);
}

/**
 * Waits for an operation with a timeout that starts again whenever the operation calls `extendDeadline`.
 *
 * @throws DeadlineExceeded
 */
export async function withinEach<T>(milliseconds: number, ask: (extendDeadline: () => void) => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(`no answer in ${milliseconds} ms`)), milliseconds);
  });
  const answer = ask(() => timer?.refresh());
  // After a timeout the operation may still fail. That must not be an unhandled rejection.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    timer = undefined;
  }
}
