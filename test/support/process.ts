import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The compiled sources (see `compiled.js`), which child processes run. */
export const DIST = new URL('../../dist/', import.meta.url);

/** Runs the command line until it exits, with settings in the environment and `input` on standard input. */
export function letopis(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  { input, ...options }: SpawnOptions & { readonly input?: string } = {},
): Promise<Ended> {
  const child = started(args, settings, options);
  if (input !== undefined) child.stdin?.end(input);
  return ended(child);
}

/** A server that was started by the command line. */
export interface ServerProcess {
  readonly address: string;
  /** Returns its standard output so far. */
  printed(): string;
  /** Returns its log so far. */
  logged(): string;
  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Sends a signal and waits until the process has exited. */
  stop(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<Ended>;
}

/** Starts `serve`, of this version or of the one in another directory, and waits until it prints its address. */
export async function serveProcess(
  settings: Readonly<Record<string, string>>,
  version: string = ROOT,
): Promise<ServerProcess> {
  // Tests send requests as fast as they can. An older version does not know the setting.
  const rate = version === ROOT ? { LETOPIS_RATE: '1000000' } : {};
  const child = started(['serve'], { LETOPIS_PORT: '0', ...rate, ...settings }, { cwd: version });
  let printed = '';
  let logged = '';
  child.stderr?.on('data', (text) => {
    logged += text;
  });
  const end = ended(child);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      printed += text;
      const found = /(?:GraphQL|health): (http:\/\/[^/\s]+)\//.exec(printed)?.[1];
      if (found !== undefined && printed.includes('Ctrl-C')) resolve(found);
    });
    end.then(({ stderr }) => reject(new Error(`the server ended: ${stderr}`)), reject);
  });
  return {
    address,
    printed: () => printed,
    logged: () => logged,
    signal: (signal) => void child.kill(signal),
    stop(signal) {
      child.kill(signal);
      return end;
    },
  };
}

function started(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  options: SpawnOptions = {},
): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(LETOPIS_|NODE_OPTIONS$|NODE_V8)/.test(name));
  const env = { ...Object.fromEntries(inherited), ...settings };
  return spawn(process.execPath, ['bin/letopis.js', ...args], { cwd: ROOT, ...options, env });
}

async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}
