import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AnchorStore } from '../audit/log/logAnchor.js';
import { errorCode } from './errorCode.js';

/** Keeps the anchor of a log in a file, which is replaced as a whole: a kill leaves the old one or the new one. */
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
      // Some file systems cannot sync a directory; then the rename is durable a moment later, and the anchor is behind.
      await directory.sync().catch(() => undefined);
      await directory.close();
    },
  };
}

/** The text of a file; undefined when it is not there. */
export async function textIn(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}
