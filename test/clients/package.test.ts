import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CLIENT } from '../support/copies.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let project: string;
beforeAll(async () => {
  project = await temporaryDirectory();
  await mkdir(join(project, 'node_modules', '@types'), { recursive: true });
  await symlink(CLIENT, join(project, 'node_modules', 'letopis-client'));
  for (const name of ['@types/node', 'undici-types']) {
    await symlink(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  }
});
afterAll(() => removeDirectory(project));

const Package = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()),
});
const packageIn = async (directory: string) =>
  Package.parse(JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')));

/** A program that uses the package. The second line of `wrong` does not compile. */
const PROGRAM = `
import { copy, directoryStore, follow, LetopisError, readPlan, request, verifyWebhook, type TypedDocument } from 'letopis-client';
const letopis = { address: 'http://localhost:4000', key: 'key' };
const own: TypedDocument<{ n: number }, { id: string }> = 'query($id: ID!) { n }';
export async function main(): Promise<string[]> {
  const position: string = await copy(letopis, directoryStore('copy'));
  for await (const change of follow(letopis, { after: position })) {
    if (change.kind === 'PLAN_LEFT_SCOPE') return change.activityIds;
  }
  const plan = await readPlan(letopis, 'plan_1');
  const { n } = await request(letopis, own, { id: 'a' });
  const event = verifyWebhook({ body: '', headers: {}, secrets: [] });
  return [n.toFixed(), event.id, ...(plan?.activities.map(({ timeframe }) => timeframe.text) ?? [])];
}
export const isBusy = (error: unknown) => error instanceof LetopisError && error.code === 'RATE_LIMITED';
`;

async function compiled(text: string): Promise<string> {
  await writeFile(join(project, 'program.mts'), text);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  // This also checks the declarations of the package.
  const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, '--skipLibCheck', 'false', 'program.mts'];
  return run(process.execPath, tsc, { cwd: project }).then(
    () => '',
    (error: { readonly stdout: string }) => error.stdout,
  );
}

it('the package gives a program its functions and types, without other packages', async () => {
  expect(await compiled(PROGRAM)).toBe('');
  expect(await compiled(PROGRAM.replace("'RATE_LIMITED'", "'RATE_LIMITTED'"))).toContain('RATE_LIMITTED');
  expect((await packageIn(CLIENT)).dependencies).toEqual({});
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '-e', "console.log(Object.keys(await import('letopis-client')).sort().join())"],
    { cwd: project },
  );
  expect(stdout.trim()).toBe(
    'LetopisError,WebhookError,copy,directoryStore,follow,keepCopy,readPlan,request,verifyWebhook',
  );
});

it('the package is compiled here with the versions that it names itself', async () => {
  const { devDependencies } = await packageIn(CLIENT);
  expect((await packageIn(ROOT)).devDependencies).toMatchObject(devDependencies);
});

it('says in its README what a store of your own gets in each step', async () => {
  const source = await readFile(join(CLIENT, 'src', 'copy.ts'), 'utf8');
  const [, step = ''] = /interface CopyStep \{([\s\S]*?)\n\}/.exec(source) ?? [];
  const parts = [...step.matchAll(/readonly (\w+):/g)].map(([, name = '']) => `step.${name}`);
  expect(parts).toHaveLength(4);
  const readme = await readFile(join(CLIENT, 'README.md'), 'utf8');
  expect(parts.filter((part) => !readme.includes(part))).toEqual([]);
});
