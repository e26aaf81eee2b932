// Compiles the sources and the typed client once before all tests. Child processes of the tests run the files in
// `dist`.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function compiled() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  for (const project of ['tsconfig.build.json', 'examples/integrator']) {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', project];
    try {
      execFileSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    } catch (error) {
      throw new Error(`the sources do not compile: ${error.stdout}`, { cause: error });
    }
  }
}
