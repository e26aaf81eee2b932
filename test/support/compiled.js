// Compiles the sources and the typed client before all tests, as far as they changed: what runs as a process of its own
// runs from their `dist`.
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
