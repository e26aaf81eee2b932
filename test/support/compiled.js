// Compiles the sources and the typed client before all tests, if they have changed: separate processes run the compiled
// files in `dist`.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

export default async function compiled() {
  await Promise.all(['tsconfig.build.json', 'clients/typescript'].map(compile));
}

async function compile(project) {
  try {
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { cwd: root });
  } catch (error) {
    throw new Error(`the sources do not compile: ${error.stdout}`, { cause: error });
  }
}
