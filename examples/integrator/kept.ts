import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Plan } from './plans.js';

/** Plans by id, in their state at a position. */
export interface Copy {
  readonly position: string;
  readonly plans: Readonly<Record<string, Plan>>;
}

/** Returns the copy in a file; undefined when the file does not exist. */
export async function kept(file: string): Promise<Copy | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Writes plans and position at once, so that neither is newer than the other. With a database, use a transaction. */
export async function saved(file: string, copy: Copy): Promise<Copy> {
  await writeFile(`${file}.new`, JSON.stringify(copy), { flush: true });
  await rename(`${file}.new`, file);
  return copy;
}
