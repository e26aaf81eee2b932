import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Damage, DamageSchema, damageThatCloses } from '../damage.js';
import type { ChronicleDamaged } from '../port.js';
import { closedBy } from './errors.js';

/** Tests run the sources, but a thread needs what they compile to. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/eventstore/sqlite/checkWorker.js' : 'checkWorker.js',
  import.meta.url,
);

const Found = z.object({ found: z.array(DamageSchema) });

/** Where a chronicle's damage is told. */
export type DamageLog = Pick<Logger, 'error' | 'info'>;

/**
 * Knows what of a chronicle is damaged, and has the whole file checked in a thread when there is a reason: an unclean stop,
 * counts that differ, damage that was met. Until such a check finds nothing, `FILE-check` lies beside the chronicle with what
 * is known, so that a later start closes the same streams at once and checks again.
 */
export class DamageWatch {
  readonly #file: string;
  readonly #log: DamageLog | undefined;
  /** Found by the last check, at the start or of the whole. */
  #checked: readonly Damage[];
  /** Met by readers and the writer since. */
  #met: readonly Damage[] = [];
  #worker: Worker | undefined;
  #checking: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(file: string, log: DamageLog | undefined, checked: readonly Damage[]) {
    this.#file = file;
    this.#log = log;
    this.#checked = checked;
  }

  /** Tells whether the file was left by a process that did not close it, or waits for a check. To be called before it is opened. */
  static async isDue(file: string): Promise<boolean> {
    const sizes = await Promise.all([sizeOf(`${file}-wal`), sizeOf(markOf(file))]);
    return sizes.some((size) => size > 0);
  }

  /**
   * Returns the watch over a chronicle that was just opened.
   *
   * @param found by the comparison of counts at the start.
   * @param isDue see {@link DamageWatch.isDue}.
   */
  static async over(
    file: string,
    { found, isDue, log }: { readonly found: readonly Damage[]; readonly isDue: boolean; readonly log?: DamageLog },
  ): Promise<DamageWatch> {
    const remembered = isDue ? await rememberedOf(file) : [];
    const watch = new DamageWatch(file, log, [...found, ...remembered]);
    for (const damage of watch.all) watch.#tell(damage);
    if (isDue || found.length > 0) {
      await watch.#remember();
      watch.#start();
    }
    return watch;
  }

  /** All that is known. */
  get all(): readonly Damage[] {
    return this.#met.length === 0 ? this.#checked : [...this.#checked, ...this.#met];
  }

  /** Returns why nothing is appended to a stream; undefined when appends are taken. */
  refusal(stream: string): ChronicleDamaged | undefined {
    const damage = damageThatCloses(this.all, stream);
    return damage && closedBy(damage, this.#file);
  }

  /** Notes damage that a reader or the writer has met, and has the whole checked. */
  meet(damage: Damage): void {
    if (this.#closed || this.all.some(({ stream }) => stream === damage.stream)) return;
    this.#met = [...this.#met, damage];
    this.#tell(damage);
    this.#start();
  }

  /** Resolves once no check is under way. */
  settled(): Promise<void> {
    return this.#checking;
  }

  /** Ends a check that is under way; the next start begins it anew. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    await this.#checking;
  }

  #start(): void {
    if (this.#worker || this.#closed) return;
    this.#log?.info({ file: this.#file }, 'the whole chronicle is checked in the background');
    const worker = new Worker(WORKER, { workerData: { file: this.#file }, execArgv: [] });
    worker.unref();
    this.#worker = worker;
    this.#checking = resultOf(worker)
      .then((found) => this.#take(found))
      .catch((error: unknown) => {
        if (this.#closed) return;
        this.#log?.error({ err: error }, 'the chronicle could not be checked as a whole; the next start tries again');
      })
      .finally(() => {
        this.#worker = undefined;
      });
    if (this.#met.length > 0) this.#checking = Promise.all([this.#checking, this.#remember()]).then(() => undefined);
  }

  async #take(found: readonly Damage[]): Promise<void> {
    const before = this.all;
    this.#checked = found;
    for (const damage of found) if (!before.some(({ problem }) => problem === damage.problem)) this.#tell(damage);
    if (this.all.length > 0) await this.#remember();
    else await rm(markOf(this.#file), { force: true });
  }

  #remember(): Promise<void> {
    return writeFile(markOf(this.#file), `${JSON.stringify({ found: this.all })}\n`, { mode: 0o600 });
  }

  #tell(damage: Damage): void {
    this.#log?.error({ damage }, closedBy(damage, this.#file).message);
  }
}

/** The file that tells the next start to check the whole chronicle. */
function markOf(file: string): string {
  return `${file}-check`;
}

/** Returns the damage that an earlier process has found in a chronicle; nothing is written. */
export async function rememberedOf(file: string): Promise<readonly Damage[]> {
  const text = await readFile(markOf(file), 'utf8').catch(() => '');
  try {
    return Found.parse(JSON.parse(text)).found;
  } catch {
    // One that was cut short by the end of its process says that a check is due, which is all that it must say.
    return [];
  }
}

function resultOf(worker: Worker): Promise<readonly Damage[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', (found: unknown) => resolve(z.array(DamageSchema).parse(found)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the check ended with ${code} and no result`)));
  });
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
