import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apiAt } from '../support/api.js';
import { emptyData, WITH_KEY } from '../support/keptData.js';
import { keyOf } from '../support/keys.js';
import { letopisProcess as letopis } from '../support/process.js';
import { sampleOf } from '../support/server.js';

const SAMPLE = fileURLToPath(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const place = emptyData({});
let home: string;
let settings: Readonly<Record<string, string>>;
let before: number;

beforeAll(() => {
  // Child processes inherit this mask: files that they create would be readable by everybody.
  before = process.umask(0o022);
});
afterAll(() => void process.umask(before));
beforeEach(() => {
  ({ home, settings } = place);
});

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await letopis(args, settings);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Returns everything below a directory that users other than the owner may use. */
async function openToOthers(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  const found = await Promise.all(
    ['', ...names].map(async (name) => {
      const path = join(directory, name);
      const { mode } = await stat(path);
      return (mode & 0o077) === 0 ? [] : [`${name} ${(mode & 0o777).toString(8)}`];
    }),
  );
  expect(names.length).toBeGreaterThan(5);
  return found.flat();
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

describe('with a umask of 022', () => {
  it('a server, a backup, an export, a copy, a verification and a restore create nothing that others may use', async () => {
    const { address } = await place.serveProcess(WITH_KEY);
    const { planId } = await sampleOf(apiAt(address));
    await run('export', planId, '--format', 'docx', '--output', join(home, 'plan.docx'));
    await run('backup', join(home, 'backup.tar.gz'));
    expect(await openToOthers(home)).toEqual([]);
    await place.stop('SIGTERM');
    await run('verify');
    await run('copy', '--from', `sqlite:${join(home, 'data')}`, '--to', `sqlite:${join(home, 'copy')}`);
    await run('restore', join(home, 'backup.tar.gz'), '--data', join(home, 'restored'));
    await run('import', SAMPLE, '--data', join(home, 'imported'));
    expect(await openToOthers(home)).toEqual([]);
    for (const name of ['data/chronicle.db', 'backup.tar.gz', 'restored/keys.db', 'copy/chronicle.db', 'plan.docx']) {
      expect([name, await modeOf(join(home, name))]).toEqual([name, 0o600]);
    }
    for (const name of ['data', 'restored', 'copy', 'imported']) expect(await modeOf(join(home, name))).toBe(0o700);
  }, 300_000);

  it('a directory and files that an earlier version has left open are closed by a start', async () => {
    await mkdir(join(home, 'data'));
    await writeFile(join(home, 'data', 'forgotten.list'), '');
    await chmod(join(home, 'data'), 0o755);
    await place.serveProcess(settings);
    expect(await openToOthers(join(home, 'data'))).toEqual([]);
  });
});

describe('the socket of the command line', () => {
  it('lies in the data directory, which its owner alone may enter', async () => {
    await place.serveProcess(settings);
    expect(await modeOf(join(home, 'data', 'admin.sock'))).toBe(0o600);
    expect(await modeOf(join(home, 'data'))).toBe(0o700);
  });

  it('of a directory with a long path lies in a folder of a random name, as long as the server runs', async () => {
    const runtime = join(home, 'run');
    await mkdir(runtime, { mode: 0o700 });
    const data = join(home, 'очень-длинное-имя'.repeat(6), 'data');
    settings = { ...settings, LETOPIS_DATA: data, XDG_RUNTIME_DIR: runtime };
    const server = await place.serveProcess(settings);
    const pointer = join(data, 'admin.sock.path');
    const socket = (await readFile(pointer, 'utf8')).trim();
    expect(dirname(dirname(socket))).toBe(runtime);
    expect([await modeOf(dirname(socket)), await modeOf(socket), await modeOf(pointer)]).toEqual([0o700, 0o600, 0o600]);
    // The command line finds it from another directory too.
    const told = await letopis(['status', '--json'], settings, { env: { ...process.env, ...settings } });
    expect(JSON.parse(told.stdout)).toMatchObject({ running: true });
    await server.stop('SIGKILL');
    // Files that a killed server has left are removed by the next one.
    const next = await place.serveProcess(settings);
    expect(await readdir(runtime)).toHaveLength(1);
    await next.stop('SIGTERM');
    expect(await readdir(runtime)).toEqual([]);
    await expect(stat(pointer)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

/** Returns what a start prints to a terminal. */
async function printedToTerminal(): Promise<string> {
  const child = spawn('script', ['-qec', `${process.execPath} bin/letopis.js serve`, '/dev/null'], {
    cwd: ROOT,
    env: { ...process.env, LC_ALL: 'C.UTF-8', LETOPIS_PORT: '0', ...settings },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let printed = '';
  const ended = once(child, 'close');
  for await (const text of child.stdout) {
    printed += text;
    // Ctrl-C, as a terminal sends it.
    if (printed.includes('Ctrl-C') && !child.stdin.writableEnded) child.stdin.end('\u0003');
  }
  await ended;
  return printed;
}

describe('the key of the administrator', () => {
  const keyFile = () => readFile(join(home, 'data', 'administrator.key'), 'utf8').then((text) => text.trim());

  it('is printed to a terminal by the start that has made it, and by no later one', async () => {
    const first = await printedToTerminal();
    const key = await keyFile();
    expect(first).toContain(`Ключ администратора:\r\n  ${key}`);
    expect(first).toContain(`Authorization: Bearer ${key}`);
    const second = await printedToTerminal();
    expect(second).not.toContain(key);
    expect(second).toMatch(/administrator\.key; .*letopis keys bootstrap/);
  });

  it('is not printed where the output is kept; the command line prints it, with a server and without', async () => {
    const server = await place.serve();
    const key = await keyFile();
    expect(server.printed()).not.toContain(key);
    expect(server.printed()).toMatch(/administrator\.key; .*letopis keys bootstrap/);
    expect((await run('keys', 'bootstrap')).trim()).toBe(key);
    await server.stop('SIGTERM');
    expect((await run('keys', 'bootstrap')).trim()).toBe(key);
  });

  it('that was configured is not printed either', async () => {
    const server = await place.serve(WITH_KEY);
    expect(server.printed()).not.toContain(keyOf('administrator'));
    expect(server.printed()).toContain('задан в LETOPIS_BOOTSTRAP_KEY');
  });
});
