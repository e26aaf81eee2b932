import { existsSync } from 'node:fs';
import { cp, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { until } from './waiting.js';

// The driver ends prepared statements when they are garbage-collected. SQLite closes a file, and deletes the files
// beside it, with its last statement.

const Collector = z.custom<() => void>((value) => typeof value === 'function');
setFlagsFromString('--expose-gc');
const collect = Collector.parse(runInNewContext('gc'));

/** The directory in which Linux lists the open files of this process. */
const OPEN_FILES = '/proc/self/fd';
export const listsOpenFiles = existsSync(OPEN_FILES);

/** Waits until this process has no file of a directory open. */
export async function filesClosed(directory: string): Promise<void> {
  await until(async () => {
    if (!(await hasOpenFiles(directory))) return true;
    collect();
    return false;
  }, 10);
}

/**
 * Copies a file or directory of a Letopis that was closed, so that no connection that is still open changes it
 * meanwhile.
 */
export async function copyData(from: string, to: string): Promise<void> {
  // One collection may free objects that kept others alive. A collection of a worker's heap takes most of a second.
  for (let round = 0; round < 5 && (!listsOpenFiles || (await hasOpenFiles(from))); round += 1) {
    collect();
    await nextTurn();
  }
  await cp(from, to, { recursive: true, filter: (path) => !path.endsWith('-shm') });
}

async function hasOpenFiles(path: string): Promise<boolean> {
  const open = (await readdir(OPEN_FILES)).map((each) => readlink(join(OPEN_FILES, each)).catch(() => ''));
  return (await Promise.all(open)).some((file) => file.startsWith(path));
}
