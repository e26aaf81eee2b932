import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./rebuildChild.js', import.meta.url));

/**
 * Makes the read models of a data directory from nothing, in a process of its own.
 *
 * @param mode `profile` prints where the time goes.
 * @returns what it took: milliseconds, memory, bytes of the file.
 */
export async function rebuilt(files, mode = '') {
  for (const end of ['', '-wal', '-shm']) await rm(`${files.readModels}${end}`, { force: true });
  return inChild(CHILD, [files.path, mode]);
}

/** Runs a script and gives the one message that it sends. */
function inChild(script, argv) {
  return new Promise((resolve, reject) => {
    const child = fork(script, argv, { execArgv: ['--disable-warning=ExperimentalWarning'] });
    let answer;
    child.on('message', (message) => {
      answer = message;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0 && answer) resolve(answer);
      else reject(new Error(`${script} ended with ${signal ?? code}`));
    });
  });
}
