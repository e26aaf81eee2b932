/** Compiles the sources and the web page, and restarts the server when one of them changes: `npm run dev`. */
import { spawn } from 'node:child_process';
import { mkdirSync, watch } from 'node:fs';
import process from 'node:process';

/** Compilers that watch the sources. Each writes its output to dist. */
const COMPILERS = [
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  ['node_modules/vite/bin/vite.js', 'build', 'src/web', '--watch', '--logLevel', 'error'],
];
const SERVER = ['--disable-warning=ExperimentalWarning', 'bin/letopis.js', 'serve'];

/** Time without a further change after which the server is restarted: a compiler writes many files. In milliseconds. */
const QUIET_MS = 300;

let server;
let isStopping = false;
/** True from the signal to the server until its exit: a second signal would end it before it has closed its files. */
let isClosing = false;
let quiet;

function start() {
  server = spawn(process.execPath, SERVER, { stdio: 'inherit' });
  server.once('exit', (code) => {
    server = undefined;
    if (isStopping) return;
    if (isClosing) {
      isClosing = false;
      // The new server runs the files that are compiled by now, so changes during the closing need no further restart.
      start();
    } else if (code) console.error('The server has ended; it is started again after the next change.');
  });
}

function restart() {
  if (isStopping || isClosing) return;
  if (!server) return start();
  isClosing = true;
  server.kill('SIGTERM');
}

mkdirSync('dist', { recursive: true });
// The first files that the compilers write start the server.
const compilers = COMPILERS.map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));
const watcher = watch('dist', { recursive: true }, () => {
  clearTimeout(quiet);
  quiet = setTimeout(restart, QUIET_MS);
});

/** Stops the compilers and the server. A terminal also sends its signal to the children. */
function stop() {
  isStopping = true;
  clearTimeout(quiet);
  watcher.close();
  for (const child of [...compilers, server]) child?.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
for (const compiler of compilers) compiler.once('exit', stop);
