/** Compiles the sources and restarts the server whenever one of them changes: `npm run dev`. */
import { spawn } from 'node:child_process';
import process from 'node:process';

const COMMANDS = [
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  ['--watch', '--watch-preserve-output', '--disable-warning=ExperimentalWarning', 'bin/letopis.js', 'serve'],
];

const children = COMMANDS.map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));

/** Stops both commands. A terminal sends its signal to them too. */
function stop() {
  for (const child of children) child.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
for (const child of children) child.once('exit', stop);
