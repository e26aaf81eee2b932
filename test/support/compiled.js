// Compiles the sources to `dist` once before all tests: what runs as a process of its own runs from there.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function compiled() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
  try {
    execFileSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    throw new Error(`the sources do not compile: ${error.stdout}`, { cause: error });
  }
}
