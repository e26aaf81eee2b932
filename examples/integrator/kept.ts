import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Plan } from './plans.js';

/** Plans by their ids, as they are at a position. */
export interface Copy {
  readonly position: string;
  readonly plans: Readonly<Record<string, Plan>>;
}

/** The copy of a file; undefined when it was not begun. */
export async function kept(file: string): Promise<Copy | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Writes plans and position at once, so that the one is never ahead of the other: a transaction, where you have a database. */
export async function saved(file: string, copy: Copy): Promise<Copy> {
  await writeFile(`${file}.new`, JSON.stringify(copy), { flush: true });
  await rename(`${file}.new`, file);
  return copy;
}
