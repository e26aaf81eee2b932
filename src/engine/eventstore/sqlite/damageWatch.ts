import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { startThread, type Thread } from '../../thread.js';
import { type Damage, DamageSchema, damageThatCloses } from '../damage.js';
import type { ChronicleDamaged } from '../port.js';
import { closedBy } from './errors.js';
import type { CheckInput } from './wholeCheck.js';

/** Tests run the TypeScript sources, but a worker thread needs the compiled file. */
const CHECK_WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/engine/eventstore/sqlite/checkWorker.js' : 'checkWorker.js',
  import.meta.url,
);

const FoundDamage = z.object({ found: z.array(DamageSchema) });

/** Logger for damage reports. */
export type DamageLog = Pick<Logger, 'error' | 'info'>;

/**
 * Holds the known damage of a chronicle. Checks the whole file in a worker thread after an unclean stop, after a
 * difference of counts, and when a reader or the writer finds damage. Until a check finds no damage, the file
 * `FILE-check` beside the chronicle holds the known damage, so that the next start closes the same streams immediately
 * and checks again.
 */
export class DamageWatch {
  readonly #file: string;
  readonly #log: DamageLog | undefined;
  /** Damage found by the last check: at the start, or of the whole file. */
  #checked: readonly Damage[];
  /** Damage met by readers and the writer since then. */
  #met: readonly Damage[] = [];
  #worker: Thread | undefined;
  /** Set to a number other than 0 to stop a running check. */
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  #checking: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(file: string, log: DamageLog | undefined, checked: readonly Damage[]) {
    this.#file = file;
    this.#log = log;
    this.#checked = checked;
  }

  /**
   * Returns true if a process left the file without closing it, or if a check is pending. Call it before the file is
   * opened.
   */
  static async isDue(file: string): Promise<boolean> {
    const sizes = await Promise.all([fileSize(`${file}-wal`), fileSize(checkMarkPath(file))]);
    return sizes.some((size) => size > 0);
  }

  /**
   * Returns the watch of a chronicle that was just opened.
   *
   * @param found damage found by {@link countDamage} at the start.
   * @param isDue see {@link DamageWatch.isDue}.
   */
  static async over(
    file: string,
    { found, isDue, log }: { readonly found: readonly Damage[]; readonly isDue: boolean; readonly log?: DamageLog },
  ): Promise<DamageWatch> {
    const remembered = isDue ? await recordedDamage(file) : [];
    const watch = new DamageWatch(file, log, [...found, ...remembered]);
    for (const damage of watch.all) watch.#tell(damage);
    if (isDue || found.length > 0) {
      await watch.#remember();
      watch.#start();
    }
    return watch;
  }

  /** All known damage. */
  get all(): readonly Damage[] {
    return this.#met.length === 0 ? this.#checked : [...this.#checked, ...this.#met];
  }

  /** Returns the error that refuses an append to a stream; undefined if appends are accepted. */
  refusal(stream: string): ChronicleDamaged | undefined {
    const damage = damageThatCloses(this.all, stream);
    return damage && closedBy(damage, this.#file);
  }

  /** Records damage that a reader or the writer has found, and starts a check of the whole file. */
  meet(damage: Damage): void {
    if (this.#closed || this.all.some(({ stream }) => stream === damage.stream)) return;
    this.#met = [...this.#met, damage];
    this.#tell(damage);
    this.#start();
  }

  /** Resolves when no check is running. */
  settled(): Promise<void> {
    return this.#checking;
  }

  /**
   * Stops a running check and waits for its end. The next start begins the check again. The thread is not terminated,
   * because that aborts the process while the SQLite driver works in the thread.
   */
  async close(): Promise<void> {
    this.#closed = true;
    Atomics.store(this.#stop, 0, 1);
    this.#worker?.ref();
    await this.#checking;
  }

  #start(): void {
    if (this.#worker || this.#closed) return;
    this.#log?.info({ file: this.#file }, 'the whole chronicle is checked in the background');
    const workerData: CheckInput = { file: this.#file, stop: this.#stop };
    const worker = startThread(CHECK_WORKER, workerData);
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
    else await rm(checkMarkPath(this.#file), { force: true });
  }

  #remember(): Promise<void> {
    return writeFile(checkMarkPath(this.#file), `${JSON.stringify({ found: this.all })}\n`, { mode: 0o600 });
  }

  #tell(damage: Damage): void {
    this.#log?.error({ damage }, closedBy(damage, this.#file).message);
  }
}

/** Returns the path of the file that makes the next start check the whole chronicle. */
function checkMarkPath(file: string): string {
  return `${file}-check`;
}

/** Returns the damage that an earlier process recorded for a chronicle. Writes nothing. */
export async function recordedDamage(file: string): Promise<readonly Damage[]> {
  const text = await readFile(checkMarkPath(file), 'utf8').catch(() => '');
  try {
    return FoundDamage.parse(JSON.parse(text)).found;
  } catch {
    // A file that was cut short still makes a check due: its presence is enough.
    return [];
  }
}

function resultOf(worker: Thread): Promise<readonly Damage[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', (found: unknown) => resolve(z.array(DamageSchema).parse(found)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the check ended with ${code} and no result`)));
  });
}

async function fileSize(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
