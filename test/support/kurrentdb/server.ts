import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Faults of the stand-in while they are set. */
export interface Faults {
  /** Every call is answered as by a server that starts. */
  readonly notReady?: boolean;
  /** No call is answered, and subscriptions are silent. */
  readonly stall?: boolean;
  /** Only subscriptions are silent, and do not report new events. */
  readonly silent?: boolean;
  /** Milliseconds that a subscription takes for each event that its filter excludes; it reports checkpoints. */
  readonly search?: number;
  /** Delay of each answer, in milliseconds. */
  readonly delay?: number;
  /** Number of appends that lose their connection before they are stored. */
  readonly cutBefore?: number;
  /** Number of appends that lose their connection after they are stored, before they are answered. */
  readonly cutAfter?: number;
  /** Events of a stream have no position, as before version 22.6. */
  readonly noPositions?: boolean;
  /** The answer to an append contains another position than that of its last event. */
  readonly otherPositions?: boolean;
  /** Reading $all is refused, as for a user without the right; or every call, as for a wrong password. */
  readonly denied?: '' | 'all' | 'user';
}

const Answer = z.object({ calls: z.record(z.enum(['append', 'readStream', 'readAll', 'subscribe']), z.number()) });

/** Number of calls of each kind. */
export type Calls = z.infer<typeof Answer>['calls'];

/** A stand-in for a KurrentDB server, in a separate process. */
export interface StandIn {
  readonly url: string;
  readonly port: number;
  set(faults: Faults): Promise<void>;
  /** Returns the numbers of calls since the last call of this function. */
  calls(): Promise<Calls>;
  /** Removes the events that readers of these streams no longer see. Streams have their names on the server. */
  scavenge(...streams: readonly string[]): Promise<void>;
  /** Ends the server as a crash does, and starts it again on the same files and port. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a stand-in on new files.
 *
 * @param tls the directory of its key.pem and cert.pem; empty: without TLS.
 */
export async function startStandIn(tls = ''): Promise<StandIn> {
  const directory = await mkdtemp(join(tmpdir(), 'letopis-standin-'));
  let child = start(directory, 0, tls);
  const port = await portOf(child);
  const told = async (message: object) => {
    child.send(message);
    return Answer.parse((await once(child, 'message'))[0]).calls;
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `esdb://127.0.0.1:${port}?tls=${tls !== ''}`,
    port,
    async set(faults) {
      await told(faults);
    },
    calls: () => told({ count: true }),
    async scavenge(...streams) {
      await told({ scavenge: streams });
    },
    kill,
    async restart() {
      await kill();
      child = start(directory, port, tls);
      await portOf(child);
    },
    async close() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function start(directory: string, port: number, tls: string) {
  const file = fileURLToPath(new URL('standIn.mjs', import.meta.url));
  return fork(file, [directory, String(port), tls], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

async function portOf(child: ReturnType<typeof start>): Promise<number> {
  const [text] = await once(child.stdout ?? child, 'data');
  return Number(String(text).trim());
}
