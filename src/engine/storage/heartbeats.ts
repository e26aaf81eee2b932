import type { MongoClient } from 'mongodb';
import { supervise } from '../workers/supervisor.js';
import { withTimeout } from './deadline.js';

/** Timeouts of {@link watchHeartbeats}. */
export interface Patience {
  /** Longest time from the start of a heartbeat to its result, in milliseconds. */
  readonly heartbeatMs: number;
  /** Timeout of closing and of reconnecting the client, each, in milliseconds. */
  readonly stepMs: number;
}

const HEARTBEAT_LOOK_MS = 1_000;

/** A connection that is checked out for longer counts as lost, in milliseconds. No operation may take that long. */
const LOST_MS = 60_000;

/** Number of lost connections at which the client is reconnected. The pool of the driver has a hundred. */
const LOST_LIMIT = 20;

/**
 * Reconnects a client that hangs. In version 7.9 of the driver, a command that is written to a socket just after the
 * socket has ended waits for the drain event forever. If that command is the heartbeat, the driver never connects to
 * the server again. If it is another command, the pool loses a connection. In both cases this closes and reconnects the
 * client until that succeeds. Database and collection objects stay valid. Operations in flight fail as if the server
 * had gone.
 *
 * @returns a function that ends the watch.
 */
export function watchHeartbeats(client: MongoClient, { heartbeatMs, stepMs }: Patience): () => Promise<void> {
  const asked = new Map<string, number>();
  const taken = new Map<number, number>();
  let looksInVain = 0;

  client.on('serverHeartbeatStarted', ({ connectionId }) => asked.set(connectionId, performance.now()));
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => asked.delete(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => asked.delete(connectionId));
  client.on('serverClosed', ({ address }) => asked.delete(address));
  client.on('connectionCheckedOut', ({ connectionId }) => {
    if (typeof connectionId === 'number') taken.set(connectionId, performance.now());
  });
  client.on('connectionCheckedIn', ({ connectionId }) => {
    if (typeof connectionId === 'number') taken.delete(connectionId);
  });

  const isStuck = () => {
    const now = performance.now();
    const lost = [...taken.values()].filter((since) => now - since > LOST_MS).length;
    return lost >= LOST_LIMIT || [...asked.values()].some((since) => now - since > heartbeatMs);
  };
  const reconnect = async (signal: AbortSignal) => {
    await withTimeout(stepMs, client.close()).catch(() => undefined);
    asked.clear();
    taken.clear();
    await withTimeout(stepMs, client.connect());
    looksInVain = 0;
    // The watch may have been ended during the reconnect.
    if (signal.aborted) await withTimeout(stepMs, client.close()).catch(() => undefined);
  };
  const run = async (signal: AbortSignal): Promise<void> => {
    // After the process was paused, old heartbeats may have their responses in the socket. So the client must be stuck
    // in two checks in a row. A reconnect that failed is repeated.
    looksInVain = looksInVain >= 2 || isStuck() ? looksInVain + 1 : 0;
    if (looksInVain >= 2) await reconnect(signal);
  };
  const retry = { first: HEARTBEAT_LOOK_MS, longest: HEARTBEAT_LOOK_MS };
  const worker = supervise({ name: 'connection to MongoDB', every: HEARTBEAT_LOOK_MS, retry, run, failed: () => true });
  return () => worker.stop();
}
