import { open, readFile } from 'node:fs/promises';
import type { ForgottenList } from '../application/persons/forgetting.js';
import { errorCode } from '../engine/storage/thrown.js';

/** Returns the list of forgotten persons in a file, one data subject id per line. It contains no names. */
export function forgottenList(file: string): ForgottenList {
  const all = async () => {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return '';
      throw error;
    });
    return new Set(text.split('\n').filter((line) => /^[0-9a-f-]{36}$/.test(line)));
  };
  return {
    all,
    async add(subject) {
      if ((await all()).has(subject)) return;
      const handle = await open(file, 'a', 0o600);
      await handle.appendFile(`${subject}\n`);
      await handle.sync();
      await handle.close();
    },
  };
}
