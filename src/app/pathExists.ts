import { access } from 'node:fs/promises';

/** Returns true when a file or directory exists at the path. */
export async function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
