import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../engine/storage/thrown.js';

/** Mode bits of group and others. */
const GROUP_AND_OTHERS = 0o077;

/** Sets the umask, so that this process creates files with mode 0600 and directories with mode 0700. */
export function createForOwnerAlone(): void {
  process.umask(GROUP_AND_OTHERS);
}

/**
 * Removes the rights of group and others from a data directory and its files, which an earlier version or the operator
 * may have created with more rights. Files of another owner are skipped.
 */
export async function closeToOthers(directory: string): Promise<void> {
  const names = await readdir(directory, { withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map(({ name }) => join(directory, name));
  for (const path of [directory, ...files]) await close(path);
}

async function close(path: string): Promise<void> {
  try {
    const { mode } = await stat(path);
    if ((mode & GROUP_AND_OTHERS) !== 0) await chmod(path, mode & 0o700);
  } catch (error) {
    // The file was deleted meanwhile, belongs to another user, or is on a read-only file system.
    if (!['ENOENT', 'EPERM', 'EACCES', 'EROFS'].includes(String(errorCode(error)))) throw error;
  }
}
