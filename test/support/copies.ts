import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

const CLIENTS = new URL('../../examples/integrator/', import.meta.url);

/**
 * The example clients that keep a copy, by the file they run: plain JavaScript, and compiled TypeScript with generated
 * types.
 */
export const COPYING = { plain: 'copy.mjs', typed: 'dist/copy.js' } as const;

/** Starts an example client in a process of its own. */
export function startCopying(
  client: keyof typeof COPYING,
  { address, file, key }: { readonly address: string; readonly file: string; readonly key: string },
): ChildProcess {
  const script = fileURLToPath(new URL(COPYING[client], CLIENTS));
  const env = { ...process.env, LETOPIS_KEY: key };
  return spawn(process.execPath, [script, address, file], { env, stdio: 'ignore' });
}

const Copy = z.object({ position: z.string(), plans: z.record(z.string(), z.unknown()) });

/** Waits until the copy in a file equals the wanted plans. Returns the copy, also when the wait has timed out. */
export async function copiedOnce(file: string, wanted: unknown): Promise<unknown> {
  for (const start = performance.now(); ; await pause(50)) {
    const copy = Copy.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')));
    const plans = copy.data?.plans;
    if (isDeepStrictEqual(plans, wanted) || performance.now() - start > 30_000) return plans;
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
  return Object.fromEntries(lines.flatMap((line) => (line.kind === 'PLAN' ? [[line.id, line]] : [])));
}
