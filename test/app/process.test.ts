import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const run = promisify(execFile);
const LETOPIS = ['--disable-warning=ExperimentalWarning', 'bin/letopis.js'];
const SAMPLE = 'sample/buzuluk-2020-2021.txt';
const KEY = 'a-bootstrap-key-for-tests-only';

let directory: string;
let started: ChildProcessWithoutNullStreams[] = [];

/** Runs the command line to its end; a failed one gives its exit code and what it said. */
async function letopis(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, LETOPIS_DATA: join(directory, 'data'), LETOPIS_SAMPLE: 'off' };
  const child = spawn(process.execPath, [...LETOPIS, ...args], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const [code]: unknown[] = await once(child, 'close');
  return { code: Number(code), stdout, stderr };
}

/** Starts the server and waits until it says where it is. */
async function serve(): Promise<{ child: ChildProcessWithoutNullStreams; address: string }> {
  const data = join(directory, 'data');
  const env = { ...process.env, LETOPIS_DATA: data, LETOPIS_PORT: '0', LETOPIS_BOOTSTRAP_KEY: KEY };
  const child = spawn(process.execPath, [...LETOPIS, 'serve'], { env });
  started.push(child);
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    const address = /http:\/\/[\d.:]+/.exec(said)?.[0];
    if (address && said.includes('Ctrl-C')) return { child, address };
  }
  throw new Error('the server ended before it was ready');
}

const Answer = z.object({ data: z.record(z.string(), z.unknown()) });

async function ask(address: string, query: string): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return Answer.parse(await response.json()).data;
}

beforeAll(() => run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-process-'));
  started = [];
});

afterEach(async () => {
  for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(directory, { recursive: true });
});

afterAll(() => expect(started.every(({ killed, exitCode }) => killed || exitCode !== null)).toBe(true));

describe('letopis import', () => {
  it('shows as JSON what it would create, and creates nothing', async () => {
    const { code, stdout } = await letopis('import', '--dry-run', '--json', SAMPLE);
    const expected: unknown = JSON.parse(await readFile('test/fixtures/plans/buzuluk-2020-2021.expected.json', 'utf8'));
    const shown: unknown = JSON.parse(stdout);
    const head = z.object({
      title: z.string(),
      unit: z.string(),
      period: z.unknown(),
      approvals: z.unknown(),
      columns: z.unknown(),
    });
    expect(code).toBe(0);
    expect(head.parse(shown)).toEqual(head.parse(expected));
    expect((await letopis('import', SAMPLE)).code).toBe(0);
  });

  it('knows the same file again and says which plan it is', async () => {
    const first = await letopis('import', '--json', SAMPLE);
    const { planId } = z.object({ planId: z.string(), activities: z.literal(13) }).parse(JSON.parse(first.stdout));
    const second = await letopis('import', SAMPLE);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(planId);
  });

  it('names line and cause of a file that is no plan, and imports nothing', async () => {
    const file = join(directory, 'letter.txt');
    await writeFile(file, 'Уважаемые коллеги!\nНаправляем вам план.\n');
    const { code, stderr } = await letopis('import', file);
    expect(code).toBe(1);
    expect(stderr).toMatch(/letter\.txt: line 1: .*Nothing was imported/);
  });
});

describe('letopis serve', () => {
  it('keeps what it acknowledged through kill -9, and serves it again', async () => {
    const { child, address } = await serve();
    const mutations = Array.from({ length: 5 }, (_, n) => {
      const input = `{ title: "План ${n}", ownerUnit: "Центр" }`;
      return ask(address, `mutation { draftPlan(input: ${input}) { plan { id } userErrors { code } } }`);
    });
    await Promise.all(mutations);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = await serve();
    expect(await ask(again.address, '{ plans { totalCount } system { lag } }')).toEqual({
      plans: { totalCount: 6 },
      system: { lag: 0 },
    });
  });

  it('ends by Ctrl-C with code 0, and lets go of the directory', async () => {
    const { child } = await serve();
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const { child: next } = await serve();
    expect(next.exitCode).toBeNull();
  });

  it('lets keys be made beside it, and no second server or import', async () => {
    const { address } = await serve();
    const made = await letopis('keys', 'add', '--name', 'Проверка', '--role', 'auditor');
    const headers = { authorization: `Bearer ${made.stdout.trim()}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ auditTrail { totalCount } }' });
    const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ data: { auditTrail: { totalCount: 21 } } });
    const second = await letopis('import', SAMPLE);
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('another Letopis works on')]);
  });

  it('names each wrong setting and shows no secret', async () => {
    const env = { ...process.env, LETOPIS_PORT: 'many', LETOPIS_MASTER_KEY: 'short-secret', LETOPIS_DTAA: '1' };
    const failed = run(process.execPath, [...LETOPIS, 'serve'], { env });
    const { stderr } = z.object({ stderr: z.string() }).parse(await failed.catch((error: unknown) => error));
    for (const name of ['LETOPIS_PORT', 'LETOPIS_MASTER_KEY', 'LETOPIS_DTAA']) expect(stderr).toContain(name);
    expect(stderr).not.toContain('short-secret');
  });
});
