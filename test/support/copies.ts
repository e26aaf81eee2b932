import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { PATIENCE_MS } from './waiting.js';

/** The folder of the TypeScript client. `compiled.js` compiles it before all tests. */
export const CLIENT = fileURLToPath(new URL('../../clients/typescript/', import.meta.url));

/** Starts the example of the TypeScript client that keeps a copy in a directory, in a separate process. */
export function startCopying({
  address,
  directory,
  key,
}: {
  readonly address: string;
  readonly directory: string;
  readonly key: string;
}): ChildProcess {
  const env = { ...process.env, LETOPIS_KEY: key };
  return spawn(process.execPath, ['examples/copy.mjs', address, directory], { cwd: CLIENT, env, stdio: 'ignore' });
}

const Plan = z.looseObject({ id: z.string() });

/** Returns the plans of a copy in a directory, by id. */
export async function copiedPlans(directory: string): Promise<Record<string, unknown>> {
  const path = join(directory, 'plans');
  const names = (await readdir(path).catch(() => [])).filter((name) => name.endsWith('.json'));
  // A plan may leave between the two reads.
  const texts = await Promise.all(names.map((name) => readFile(join(path, name), 'utf8').catch(() => undefined)));
  const plans = texts.flatMap((text) => (text === undefined ? [] : [Plan.parse(JSON.parse(text))]));
  return Object.fromEntries(plans.map((plan) => [plan.id, plan]));
}

/** Waits until a copy equals the wanted plans. Returns the copy, also when the wait has timed out. */
export async function copiedOnce(directory: string, wanted: unknown): Promise<unknown> {
  for (const start = performance.now(); ; await pause(50)) {
    const plans = await copiedPlans(directory);
    if (isDeepStrictEqual(plans, wanted) || performance.now() - start > PATIENCE_MS) return plans;
  }
}

const Line = z.looseObject({ kind: z.string(), id: z.string().optional() });

/** Returns all plans that a key sees, by id, as the copy should contain them, at a position or later. */
export async function plansAt(address: string, key: string, atLeast?: string): Promise<Record<string, unknown>> {
  const query = atLeast === undefined ? '' : `?${new URLSearchParams({ atLeast })}`;
  const response = await fetch(`${address}/plans.jsonl${query}`, { headers: { authorization: `Bearer ${key}` } });
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
  return Object.fromEntries(lines.flatMap(({ kind, ...plan }) => (kind === 'PLAN' ? [[plan.id, plan] as const] : [])));
}
