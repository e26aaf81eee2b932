/** An answer that did not come in time; whether what was asked was done is not known. */
export class Late extends Error {
  override readonly name = 'Late';
}

/**
 * Waits for an answer so long and no longer, where a driver has no deadline of its own.
 *
 * @throws Late
 */
export function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  return withinEach(milliseconds, () => answer);
}

/**
 * Waits so long for each part of an answer: whenever `heard` is called, the time begins anew.
 *
 * @throws Late
 */
export async function withinEach<T>(milliseconds: number, ask: (heard: () => void) => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no answer in ${milliseconds} ms`)), milliseconds);
  });
  const answer = ask(() => timer?.refresh());
  // One that is given up may still fail later: nobody is left to hear of it.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    timer = undefined;
  }
}
