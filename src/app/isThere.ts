import { access } from 'node:fs/promises';

/** Whether a path names something. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
