import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DIST } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const PROGRAM = fileURLToPath(new URL('crashing.mjs', import.meta.url));

/** Number of processes at once: their start takes longer than their work. */
const AT_ONCE = 3;

const Line = z.union([
  z.object({ acknowledged: z.array(z.string()), position: z.string() }),
  z.object({ steps: z.array(z.string()) }),
]);

/** The output of a process until its end. */
export interface Ended {
  readonly crashed: boolean;
  readonly acknowledged: readonly { readonly ids: readonly string[]; readonly position: string }[];
  /** The steps of a process that ended normally. */
  readonly steps: readonly string[];
}

/** A piece of work of `crashing.mjs`, without the place where it is done. */
export type Job = { readonly work: 'append' | 'project' | 'rebuild' } & Readonly<Record<string, unknown>>;

/** Runs a piece of work in a process that kills itself before a step; 0: before none. */
async function run(job: Job, directory: string, dieBefore: number): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, DIST.href, JSON.stringify({ ...job, directory, dieBefore })]);
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint += data;
  });
  const exited = once(child, 'exit');
  const acknowledged: { ids: readonly string[]; position: string }[] = [];
  let steps: readonly string[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line = Line.parse(JSON.parse(text));
    if ('steps' in line) steps = line.steps;
    else acknowledged.push({ ids: line.acknowledged, position: line.position });
  }
  const [code, signal] = await exited;
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the process failed: ${complaint}`);
  return { crashed: signal === 'SIGKILL', acknowledged, steps };
}

/**
 * Runs the work once for each wanted step, each time on a copy of the same files and with a crash before that step, and
 * then checks the files. Returns the names of all steps.
 *
 * @param wanted numbers of the steps before which the process crashes.
 * @throws Error that names every step before which a crash left wrong data.
 */
export async function crashBeforeEach(
  { template, job }: { readonly template: string; readonly job: Job },
  look: (directory: string, ended: Ended) => Promise<void>,
  wanted: (steps: readonly string[]) => readonly number[],
): Promise<readonly string[]> {
  const { steps } = await inCopy(template, (directory) => run(job, directory, 0));
  const left = [...wanted(steps)];
  const failures: Error[] = [];
  const crash = async (index: number) => {
    await inCopy(template, async (directory) => {
      const ended = await run(job, directory, index + 1);
      if (!ended.crashed) throw new Error('there was no crash');
      await look(directory, ended);
    });
  };
  const worker = async () => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const place = `before step ${index + 1} of ${steps.length}, ${steps[index]}`;
      await crash(index).catch((cause: unknown) => failures.push(new Error(place, { cause })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length === 0) return steps;
  throw new Error(`after a crash ${failures.map(({ message }) => message).join('; ')}`, { cause: failures[0]?.cause });
}

async function inCopy<T>(template: string, work: (directory: string) => Promise<T>): Promise<T> {
  const home = await temporaryDirectory();
  const directory = join(home, 'data');
  try {
    await mkdir(directory);
    for (const name of await readdir(template)) {
      // The empty log of a closed file is deleted when its statements are garbage-collected, perhaps just now.
      await copyFile(join(template, name), join(directory, name)).catch((error: unknown) => {
        if (!name.endsWith('-wal') && !name.endsWith('-shm')) throw error;
      });
    }
    return await work(directory);
  } finally {
    await removeDirectory(home);
  }
}
