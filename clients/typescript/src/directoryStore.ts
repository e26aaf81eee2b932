import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopyProgress, CopyStep, CopyStore } from './copy.js';

const PROGRESS = 'progress.json';
const PLANS = 'plans';

/**
 * Returns a store of one JSON file for each plan, `plans/<id>.json`, and of `progress.json`. A plan's file is always
 * whole. Use it as a pattern for a store in your database.
 */
export function directoryStore(directory: string): CopyStore {
  const path = (...names: readonly string[]) => join(directory, ...names);
  return {
    async progress() {
      const text = await readFile(path(PROGRESS), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return undefined;
      });
      const progress: CopyProgress | undefined = text === undefined ? undefined : JSON.parse(text);
      return progress;
    },
    async save({ startsOver, plans, gone, progress }: CopyStep) {
      if (startsOver) await rm(path(PLANS), { recursive: true, force: true });
      await mkdir(path(PLANS), { recursive: true });
      for (const plan of plans) await write(path(PLANS, `${plan.id}.json`), plan);
      for (const id of gone) await rm(path(PLANS, `${id}.json`), { force: true });
      // Last: after a kill before this line, the same step is made again.
      await write(path(PROGRESS), progress);
    },
  };
}

/** Replaces a file at once: it has its old or its new content, also after a kill or a power failure. */
async function write(path: string, value: object): Promise<void> {
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(JSON.stringify(value));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
