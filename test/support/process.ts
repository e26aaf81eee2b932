import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { main } from '../../src/app/cli.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The compiled sources (see `compiled.js`), which child processes run. */
export const DIST = new URL('../../dist/', import.meta.url);

type Settings = Readonly<Record<string, string>>;

/**
 * Runs the command line to its end in this process, with only these settings and with `input` on its standard input.
 */
export async function letopis(args: readonly string[], settings: Settings = {}, input = ''): Promise<Ended> {
  const run = running(args, settings, input);
  return run.ended;
}

/** Runs the command line like {@link letopis}, and expects success. Returns its output. */
export async function outputOf(args: readonly string[], settings: Settings): Promise<string> {
  const { code, stdout, stderr } = await letopis(args, settings);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Runs the command line to its end in a separate process. */
export function letopisProcess(
  args: readonly string[],
  settings: Settings = {},
  { input, ...options }: SpawnOptions & { readonly input?: string } = {},
): Promise<Ended> {
  const child = started(args, settings, options);
  if (input !== undefined) child.stdin?.end(input);
  return ended(child);
}

/** A server of the command line. */
export interface CommandServer<Signal> {
  readonly address: string;
  /** Returns its standard output so far. */
  printed(): string;
  /** Returns its log so far. */
  logged(): string;
  /** Sends a signal and waits for the end. */
  stop(signal: Signal): Promise<Ended>;
}

/** A server in a separate process. */
export interface ServerProcess extends CommandServer<'SIGINT' | 'SIGTERM' | 'SIGKILL'> {
  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/** Runs `serve` in this process, and waits until it prints its address. It cannot be killed. */
export async function serveHere(settings: Settings): Promise<CommandServer<'SIGTERM'>> {
  const server = running(['serve'], { LETOPIS_PORT: '0', LETOPIS_RATE: '1000000', ...settings }, '');
  return {
    address: await addressOf(server.stdout, server.ended),
    printed: () => server.stdout.text,
    logged: () => server.stderr.text,
    stop() {
      server.stop();
      return server.ended;
    },
  };
}

/** Starts `serve`, of this version or of the one in another directory, and waits until it prints its address. */
export async function serveProcess(settings: Settings, version: string = ROOT): Promise<ServerProcess> {
  // Tests send requests as fast as they can. An older version does not have this setting.
  const rate = version === ROOT ? { LETOPIS_RATE: '1000000' } : {};
  const child = started(['serve'], { LETOPIS_PORT: '0', ...rate, ...settings }, { cwd: version });
  const [stdout, stderr] = [new Collected(), new Collected()];
  child.stdout?.pipe(stdout);
  child.stderr?.pipe(stderr);
  const end = once(child, 'close').then(() => ({ code: child.exitCode, stdout: stdout.text, stderr: stderr.text }));
  return {
    address: await addressOf(stdout, end),
    printed: () => stdout.text,
    logged: () => stderr.text,
    signal: (signal) => void child.kill(signal),
    stop(signal) {
      child.kill(signal);
      return end;
    },
  };
}

/** A stream that stores what is written to it. */
class Collected extends Writable {
  text = '';
  readonly #decoder = new TextDecoder();

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += this.#decoder.decode(chunk, { stream: true });
    this.emit('text');
    done();
  }
}

function running(args: readonly string[], env: Settings, input: string) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const io = { env, stdin: Readable.from([input]), stdout, stderr, log: stderr, stopped: () => stopped };
  const ended = main(args, io).then((code) => ({ code, stdout: stdout.text, stderr: stderr.text }));
  return { stdout, stderr, ended, stop };
}

/** The address that a server prints when it is ready. */
function addressOf(stdout: Collected, end: Promise<Ended>): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = /(?:GraphQL|Состояние|health): (http:\/\/[^/\s]+)\//.exec(stdout.text)?.[1];
      if (found !== undefined && stdout.text.includes('Ctrl-C')) resolve(found);
    };
    stdout.on('text', look);
    end.then(({ stderr }) => reject(new Error(`the server ended: ${stderr}`)), reject);
  });
}

function started(args: readonly string[], settings: Settings, options: SpawnOptions = {}): ChildProcess {
  // Without the language settings of this machine, the command line prints Russian.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(LETOPIS_|NODE_OPTIONS$|NODE_V8|LANG$|LC_)/.test(name),
  );
  const env = { ...Object.fromEntries(inherited), ...settings };
  return spawn(process.execPath, ['bin/letopis.js', ...args], { cwd: ROOT, ...options, env });
}

async function ended(child: ChildProcess): Promise<Ended> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  child.stdout?.pipe(stdout);
  child.stderr?.pipe(stderr);
  await once(child, 'close');
  return { code: child.exitCode, stdout: stdout.text, stderr: stderr.text };
}
