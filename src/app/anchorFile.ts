import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AnchorStore } from '../engine/log/logAnchor.js';
import { errorCode } from '../engine/storage/thrown.js';

/** Returns the store of a log anchor in a file. A process that is killed leaves either the old or the new content. */
export function anchorFile(path: string): AnchorStore {
  return {
    read: () => textIn(path),
    async put(text) {
      const part = `${path}.part`;
      const file = await open(part, 'w', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
      const directory = await open(dirname(path), 'r');
      // Some file systems cannot sync a directory. Then a power failure can restore the old anchor, which is allowed.
      await directory.sync().catch(() => undefined);
      await directory.close();
    },
  };
}

/** Returns the text of a file; undefined when it does not exist. */
export async function textIn(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}
