import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { keyOf } from '../support/keys.js';
import { startProxy, type TcpProxy } from '../support/proxy.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOOP = /<!-- follow -->\n```js\n([\s\S]*?)\n```/;

let server: TestServer;
let sample: Sample;
let proxy: TcpProxy;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  proxy = await startProxy(Number(new URL(server.address).port));
});
const children = new Set<ChildProcess>();
afterAll(async () => {
  // A failed test would wait forever.
  for (const child of children) child.kill();
  await proxy.close();
  await server.close();
});

/** Runs the loop of docs/api.md unchanged. Each change is printed as a line. */
function following(key: string, position: string) {
  const [, loop = ''] = LOOP.exec(readFileSync(`${ROOT}docs/api.md`, 'utf8')) ?? [];
  const program = `${loop}
    const [url, key, position] = process.argv.slice(2);
    for await (const change of followed(url, key, position)) console.log(JSON.stringify(change));`;
  const url = `ws://127.0.0.1:${proxy.port}/graphql`;
  const child = spawn(process.execPath, ['--input-type=module', '-', url, key, position], { cwd: ROOT });
  children.add(child);
  child.stdin.end(program);
  let errors = '';
  child.stderr.on('data', (part) => {
    errors += part;
  });
  const lines = createInterface({ input: child.stdout });
  const told: string[] = [];
  let isOver = false;
  const ended = once(child, 'close').then(() => {
    isOver = true;
  });
  lines.on('line', (line) => told.push(line));
  return {
    told,
    /** Returns when this many changes were printed. */
    async until(count: number): Promise<void> {
      while (told.length < count) {
        await Promise.race([once(lines, 'line'), ended]);
        if (isOver) throw new Error(`the loop ended: ${errors}`);
      }
    },
    async ended(): Promise<string> {
      await ended;
      return errors;
    },
    async stop(): Promise<void> {
      child.kill();
      await ended;
    },
  };
}

const Told = z.object({ position: z.string(), eventType: z.string() });
const Head = z.object({ system: z.object({ head: z.string() }) });

it('the loop in docs/api.md gets each change once, however often the connection is cut', async () => {
  const { system } = await server.read(Head, '{ system { head } }');
  const loop = following(keyOf('administrator'), system.head);
  try {
    const count = 8;
    for (let n = 1; n <= count; n += 1) {
      const input = { activityId: sample.activity(3), actualOn: '2020-09-28', commandId: `c-${n}` };
      // Every other change is recorded while the client is disconnected.
      if (n % 2 === 0) proxy.set({ kind: 'refuse' });
      if (n % 2 === 1) await server.done('completeActivity', input);
      else
        await server.done('withdrawCompletion', { activityId: input.activityId, reason: 'Проба', commandId: `c-${n}` });
      proxy.set({ kind: 'clear' });
      await loop.until(n);
      if (n % 3 === 0) proxy.cut();
    }
    const position = z.object({ changes: z.object({ position: z.string(), changes: z.array(Told) }) });
    const document = 'query($after: Position) { changes(after: $after) { position changes { position eventType } } }';
    const { changes } = await server.read(position, document, { variables: { after: system.head } });
    expect(changes.changes).toHaveLength(count);
    // A duplicate would have been printed before the last change.
    expect(loop.told.map((line) => Told.parse(JSON.parse(line)))).toEqual(changes.changes);
  } finally {
    await loop.stop();
  }
}, 60_000);

it('the loop ends when its key gives no access, instead of trying for ever', async () => {
  const { system } = await server.read(Head, '{ system { head } }');
  const loop = following('letopis_wrong', system.head);
  try {
    expect(await loop.ended()).toMatch(/4403/);
  } finally {
    await loop.stop();
  }
}, 60_000);
