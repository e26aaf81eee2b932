import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
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

const PROGRAM = fileURLToPath(new URL('../../clients/python/follow.py', import.meta.url));
const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let directory: string;
let port: string;
let server: TestServer;
let sample: Sample;
let program: ChildProcess | undefined;
const start = () => startServer({ directory, settings: { LETOPIS_PORT: port } });

describeIf(hasPython, 'python3 is not installed')('the example in Python', () => {
  beforeAll(async () => {
    directory = await temporaryDirectory();
    port = String(await freePort());
    server = await start();
    sample = await sampleOf(server);
    for (let n = 0; n < 60; n += 1) await server.done('draftPlan', { title: `План ${n}`, ownerUnit: 'Центр' });
  });
  afterAll(async () => {
    program?.kill();
    await server.close();
    await removeDirectory(directory);
  });

  it('prints all plans page by page, each change once though the server starts again, and ends with its key', async () => {
    const { id: accessId, token } = await newKey(server);
    const env = { ...process.env, LETOPIS_KEY: token };
    program = spawn('python3', [PROGRAM, server.address], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (!program.stdout || !program.stderr) throw new Error('the output is not a pipe');
    const lines: unknown[] = [];
    let errors = '';
    program.stderr.on('data', (part) => {
      errors += part;
    });
    const closed = once(program, 'close');
    const output = createInterface({ input: program.stdout });
    output.on('line', (line) => lines.push(JSON.parse(line)));
    const printed = async (count: number) => {
      while (lines.length < count) {
        if (program?.exitCode !== null) throw new Error(`the program has ended: ${errors}`);
        await Promise.race([once(output, 'line'), closed]);
      }
    };
    await printed(61);
    expect(new Set(lines.map((plan) => JSON.stringify(plan))).size).toBe(61);

    const activityId = sample.activity(3);
    await server.done('completeActivity', { activityId, actualOn: '2020-09-28' });
    await printed(62);
    await server.close();
    server = await start();
    await server.done('withdrawCompletion', { activityId, reason: 'Ошибка' });
    await printed(63);
    const about = { planId: sample.planId, activityIds: [activityId] };
    expect(lines.slice(61)).toEqual([
      { eventType: 'ActivityCompleted', ...about },
      { eventType: 'CompletionWithdrawn', ...about },
    ]);
    await onAccess(server, 'revokeAccess', { accessId, reason: 'Утерян' });
    await closed;
    expect(errors).toContain('401');
  });
});
