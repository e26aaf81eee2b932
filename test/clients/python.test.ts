import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newKey, onAccess } from '../support/access.js';
import { freePort } from '../support/ports.js';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { until } from '../support/waiting.js';

const programFile = (name: string) => fileURLToPath(new URL(`../../clients/python/${name}`, import.meta.url));
const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const Changes = z.object({ changes: z.object({ changes: z.array(z.unknown()) }) });

let directory: string;
let port: string;
let server: TestServer;
let sample: Sample;
const running = new Set<ChildProcess>();
const start = () => startServer({ directory, settings: { LETOPIS_PORT: port } });

/** Runs a program with a key, and collects what it prints. */
function run(name: string, key: string, ...args: string[]) {
  const env = { ...process.env, LETOPIS_KEY: key };
  const child = spawn('python3', [programFile(name), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (part) => {
    errors += part;
  });
  const closed = once(child, 'close');
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  return {
    lines,
    /** Returns when this many lines were printed. */
    async printed(count: number): Promise<void> {
      while (lines.length < count) {
        if (child.exitCode !== null) throw new Error(`the program has ended: ${errors}`);
        await Promise.race([once(output, 'line'), closed]);
      }
    },
    /** Returns the exit code and the message about the end. */
    async ended() {
      await closed;
      return { code: child.exitCode, errors };
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

describeIf(hasPython, 'python3 is not installed')('the examples in Python', () => {
  beforeAll(async () => {
    directory = await temporaryDirectory();
    port = String(await freePort());
    server = await start();
    sample = await sampleOf(server);
    for (let n = 0; n < 60; n += 1) await server.done('draftPlan', { title: `План ${n}`, ownerUnit: 'Центр' });
  });
  afterAll(async () => {
    for (const child of running) child.kill();
    await server.close();
    await removeDirectory(directory);
  });

  it('read all plans in ten lines', async () => {
    const text = readFileSync(programFile('plans.py'), 'utf8');
    expect(text.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(10);
    const { token } = await newKey(server);
    const program = run('plans.py', token, server.address);
    expect(await program.ended()).toEqual({ code: 0, errors: '' });
    expect(program.lines).toHaveLength(61);
    expect(program.lines).toContain('DRAFT План 7');
  });

  it.each(['plans.py', 'follow.py'])('%s says what is wrong when the key is wrong', async (name) => {
    const args = name === 'follow.py' ? [join(directory, 'never.txt')] : [];
    const { code, errors } = await run(name, 'letopis_wrong', server.address, ...args).ended();
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toMatch(/key/i);
  });

  it('follow.py says how it is called, and when the address is another one', async () => {
    expect((await run('follow.py', 'letopis_key').ended()).errors).toContain('LETOPIS_KEY=… python3 follow.py');
    const address = `${server.address}/nowhere`;
    const { errors } = await run('follow.py', 'letopis_key', address, join(directory, 'never.txt')).ended();
    expect(errors).toContain(address);
    expect(errors).not.toContain('Traceback');
  });

  it('print all plans, each change once though server and program start again, and end with the key', async () => {
    const { id: accessId, token } = await newKey(server);
    const file = join(directory, 'position.txt');
    const program = run('follow.py', token, server.address, file);
    await program.printed(61);
    expect(new Set(program.lines).size).toBe(61);

    const activityId = sample.activity(3);
    await server.done('completeActivity', { activityId, actualOn: '2020-09-28' });
    await program.printed(62);
    await server.close();
    server = await start();
    await server.done('withdrawCompletion', { activityId, reason: 'Ошибка' });
    await program.printed(63);
    const about = { planId: sample.planId, activityIds: [activityId] };
    expect(program.lines.slice(61).map((line): unknown => JSON.parse(line))).toEqual([
      { eventType: 'ActivityCompleted', ...about },
      { eventType: 'CompletionWithdrawn', ...about },
    ]);
    // Killed between a change and its position, the program would print that change again.
    const next = 'query($after: Position) { changes(after: $after) { changes { eventType } } }';
    const isKept = async () => {
      const { changes } = await server.read(Changes, next, { variables: { after: readFileSync(file, 'utf8') } });
      return changes.changes.length === 0;
    };
    await until(isKept, 50);
    await program.kill();

    await server.done('completeActivity', { activityId, actualOn: '2020-09-29' });
    const again = run('follow.py', token, server.address, file);
    await again.printed(1);
    await onAccess(server, 'revokeAccess', { accessId, reason: 'Утерян' });
    const { code, errors } = await again.ended();
    expect(code).toBe(1);
    expect(errors).toMatch(/^INVALID_KEY: /);
    expect(again.lines.map((line): unknown => JSON.parse(line))).toEqual([
      { eventType: 'ActivityCompleted', ...about },
    ]);
  });
});
