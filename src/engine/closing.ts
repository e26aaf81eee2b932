/** Registers a function that closes something. The functions are called in reverse order. */
export type OnClose = (closer: () => Promise<void> | void) => void;

/** What was opened, and a function that closes all of it, in reverse order. Closing twice does nothing more. */
export type Closable<T> = T & { close(): Promise<void> };

/** Opens several things as one. On a failure it closes what was opened until then, and throws the failure. */
export async function openedWhole<T extends object>(open: (onClose: OnClose) => Promise<T>): Promise<Closable<T>> {
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
