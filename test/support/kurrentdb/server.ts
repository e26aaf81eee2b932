import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Faults of the stand-in, in effect while they are set. */
export interface Faults {
  /** Answers every call like a server that is starting. */
  readonly notReady?: boolean;
  /** Answers no call and delivers nothing to subscriptions. */
  readonly stall?: boolean;
  /** Delivers nothing to subscriptions; all other calls work. */
  readonly silent?: boolean;
  /**
   * Time in milliseconds that a subscription takes for each event that its filter skips. The stand-in reports its
   * progress.
   */
  readonly search?: number;
  /** Delay of each answer, in milliseconds. */
  readonly delay?: number;
  /** Number of appends whose connection is cut before the events are stored. */
  readonly cutBefore?: number;
  /** Number of appends whose connection is cut after the events are stored, before the answer. */
  readonly cutAfter?: number;
  /** Events of a stream carry no position, as before version 22.6. */
  readonly noPositions?: boolean;
}

/** A stand-in for a KurrentDB server, in a process of its own. */
export interface StandIn {
  readonly url: string;
  readonly port: number;
  set(faults: Faults): Promise<void>;
  /** Kills it and starts it again on the same files and port. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a stand-in with new files. */
export async function startStandIn(): Promise<StandIn> {
  const directory = await mkdtemp(join(tmpdir(), 'letopis-standin-'));
  let child = start(directory, 0);
  const port = await portOf(child);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    port,
    async set(faults) {
      child.send(faults);
      await once(child, 'message');
    },
    kill,
    async restart() {
      await kill();
      child = start(directory, port);
      await portOf(child);
    },
    async close() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function start(directory: string, port: number) {
  const file = fileURLToPath(new URL('standIn.mjs', import.meta.url));
  return fork(file, [directory, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

async function portOf(child: ReturnType<typeof start>): Promise<number> {
  const [text] = await once(child.stdout ?? child, 'data');
  return Number(String(text).trim());
}
