import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './errorCode.js';

/** What others than the owner of a file may do with it. */
const OTHERS = 0o077;

/** Takes all rights of others from what this process creates from now on: files are 0600 and directories 0700. */
export function createForOwnerAlone(): void {
  process.umask(OTHERS);
}

/**
 * Takes the rights of others from a data directory and the files in it, as an earlier version or the operator has made them.
 * What belongs to somebody else stays as it is.
 */
export async function closeToOthers(directory: string): Promise<void> {
  const names = await readdir(directory, { withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map(({ name }) => join(directory, name));
  for (const path of [directory, ...files]) await close(path);
}

async function close(path: string): Promise<void> {
  try {
    const { mode } = await stat(path);
    if ((mode & OTHERS) !== 0) await chmod(path, mode & 0o700);
  } catch (error) {
    // It has gone meanwhile, belongs to another user, or lies where nothing can be changed.
    if (!['ENOENT', 'EPERM', 'EACCES', 'EROFS'].includes(String(errorCode(error)))) throw error;
  }
}
