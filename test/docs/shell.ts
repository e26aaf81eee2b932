import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/letopis.js', import.meta.url));

/** Marks the end of what a block prints. */
const END_MARK = '--- end of the block ---';

/** A shell in which the blocks of a page are run in order. */
export interface Shell {
  /** Runs a block. Returns what it prints, without the last line break. @throws Error when the shell ends */
  type(block: string): Promise<string>;
  /** Ends the shell and everything that it has started. */
  close(): Promise<void>;
}

/**
 * Starts bash in a directory, where `npx letopis` runs the compiled sources.
 *
 * @param port replaces 4000, which may be in use on this machine.
 */
export async function startShell(
  directory: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Shell> {
  const bin = join(directory, 'bin');
  await mkdir(bin, { recursive: true });
  const npx = `#!/bin/sh\n[ "$1" = letopis ] && shift && exec '${process.execPath}' '${PROGRAM}' "$@"\n`;
  await writeFile(join(bin, 'npx'), npx);
  await chmod(join(bin, 'npx'), 0o755);
  const child = spawn('bash', ['--norc', '-eo', 'pipefail'], {
    cwd: directory,
    // A separate process group, so that servers in the background end with it.
    detached: true,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      LETOPIS_PORT: String(port),
      LETOPIS_LOG_LEVEL: 'error',
      ...settings,
    },
  });
  let printed = '';
  let errors = '';
  child.stderr.on('data', (part) => {
    errors += part;
  });
  child.stdout.setEncoding('utf8').on('data', (part) => {
    printed += part;
    child.emit('printed');
  });
  const ended = once(child, 'close');
  return {
    async type(block) {
      printed = '';
      child.stdin.write(`${block.replaceAll('localhost:4000', `localhost:${port}`)}\necho; echo '${END_MARK}'\n`);
      while (!printed.includes(END_MARK)) {
        if (child.exitCode !== null) throw new Error(`the shell ended at «${block}»: ${printed}${errors}`);
        await Promise.race([once(child, 'printed'), ended]);
      }
      return printed.slice(0, printed.indexOf(END_MARK)).trimEnd();
    },
    async close() {
      end(child);
      await ended;
    },
  };
}

function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Everything has ended already.
  }
}
