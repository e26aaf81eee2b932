import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../errorCode.js';
import { OperationRefused } from './operation.js';

/** What a verification leaves behind for the next one, outside of what it verifies. */
const Remembered = z.object({
  log: z.string(),
  // Left out, or empty as it was written once, where the log alone was followed: nobody had told the witness.
  witness: z
    .string()
    .optional()
    .transform((key) => (key === '' ? undefined : key)),
  checkpoint: z.string(),
});
export type Remembered = z.infer<typeof Remembered>;

/** What was remembered of a log; undefined at the first time. */
export async function recall(origin: string): Promise<Remembered | undefined> {
  const file = memoryOf(origin);
  try {
    return Remembered.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new OperationRefused(
      `${file} cannot be read: it holds what was verified before. Put it back from a backup; or remove it, and give --key with the key that you trust`,
      { cause: error },
    );
  }
}

/** Remembers a verification of a log that found nothing. */
export async function remember(origin: string, what: Remembered): Promise<void> {
  const file = memoryOf(origin);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // As a whole or not at all: it is what the next verification trusts.
  const part = `${file}.part`;
  await writeFile(part, `${JSON.stringify(what)}\n`, { mode: 0o600 });
  await rename(part, file);
}

/** The file of a log: away from the data, so that whoever changes them cannot change it too. */
function memoryOf(origin: string): string {
  const state = process.env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  return join(state, 'letopis', `${origin.replaceAll(/[^A-Za-z0-9-]/g, '_')}.json`);
}
