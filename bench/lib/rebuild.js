import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./rebuildChild.js', import.meta.url));

/**
 * Rebuilds the read models of a data directory in a separate process.
 *
 * @param mode `profile` prints where the time goes.
 * @returns milliseconds, memory, and bytes of the file.
 */
export async function rebuilt(files, mode = '') {
  for (const end of ['', '-wal', '-shm']) await rm(`${files.readModels}${end}`, { force: true });
  return inChild(CHILD, [files.path, mode]);
}

/** Runs a script in a child process and returns the one message that it sends. */
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
