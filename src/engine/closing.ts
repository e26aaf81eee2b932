/** Registers a function that closes something. The functions are called in reverse order. */
export type OnClose = (closer: () => Promise<void> | void) => void;

/**
 * Opens several resources. If one of them fails to open, the others are closed, and the error is thrown.
 *
 * @returns the result of `open`, with a function that closes all resources in reverse order. A second call does
 *   nothing.
 */
export async function openedWhole<T extends object>(
  open: (onClose: OnClose) => Promise<T>,
): Promise<T & { close(): Promise<void> }> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await open((closer) => void closers.push(closer))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs `work`, then closes everything that it registered, in reverse order. */
export async function withOpened<T>(work: (onClose: OnClose) => Promise<T>): Promise<T> {
  const { result, close } = await openedWhole(async (onClose) => ({ result: await work(onClose) }));
  await close();
  return result;
}
