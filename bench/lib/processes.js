import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FLAGS } from './child.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Clock ticks a second in `/proc`, the same on every Linux. */
const TICKS = 100;

/**
 * Starts `letopis serve` in a process with these settings alone.
 *
 * @returns `address`, `pid`, and `stop`, which ends it and waits.
 */
export async function serveProcess(settings) {
  const child = spawn(process.execPath, [...FLAGS, 'bin/letopis.js', 'serve'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, LETOPIS_PORT: '0', LETOPIS_SAMPLE: 'off', LETOPIS_RATE: '10000000', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  let printed = '';
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += text;
    const address = /http:\/\/[\d.]+:\d+/.exec(printed)?.[0];
    if (!address) continue;
    child.stdout.resume();
    return { address, pid: child.pid, stop };
  }
  throw new Error(`a process did not start: ${printed}`);
}

/** Returns the processor time that some processes have used so far, in seconds; 0 if the system does not report it. */
export async function processorSeconds(pids) {
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return texts.reduce((sum, text) => {
    // The name of the program, in parentheses, may contain spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS;
  }, 0);
}
