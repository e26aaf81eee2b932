import { setTimeout as pause } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';
import { within } from './deadline.js';

/** How long the driver may go on as it does before it is given up, and how long a step of the remedy may take. */
export interface Patience {
  /** From a heartbeat's question to its answer or failure, in milliseconds. */
  readonly heartbeatMs: number;
  /** For closing and for connecting anew, each, in milliseconds. */
  readonly stepMs: number;
}

const LOOK_MS = 1_000;

/** A connection out of the pool for so long is lost to it: no operation may take as long, in milliseconds. */
const LOST_MS = 60_000;

/** So many lost connections are given up together: a driver's pool has a hundred. */
const LOST_LIMIT = 20;

/**
 * Watches over what the driver itself does not: in version 7.9 a command written to a socket whose end has just been seen
 * waits for ever for the socket to drain. When that command is the heartbeat, the driver never looks for the server again;
 * when it is another, a connection is lost to the pool. In both cases the client is closed and connected anew, until it is
 * connected: handles to its databases and collections stay good, and what was under way fails as if the server had gone.
 *
 * @returns what ends the watch.
 */
export function watchHeartbeats(client: MongoClient, { heartbeatMs, stepMs }: Patience): () => void {
  const asked = new Map<string, number>();
  const taken = new Map<number, number>();
  let isEnded = false;
  let isMending = false;
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
  const mend = async () => {
    isMending = true;
    while (!isEnded) {
      await within(stepMs, client.close()).catch(() => undefined);
      asked.clear();
      taken.clear();
      const isConnected = await within(stepMs, client.connect()).then(
        () => true,
        () => false,
      );
      if (isConnected) break;
      await pause(LOOK_MS);
    }
    isMending = false;
    looksInVain = 0;
    // The end may have come while it connected.
    if (isEnded) await within(stepMs, client.close()).catch(() => undefined);
  };
  const timer = setInterval(() => {
    if (isMending) return;
    // A process that was halted finds old questions whose answers lie in the socket: it may read them first.
    looksInVain = isStuck() ? looksInVain + 1 : 0;
    if (looksInVain >= 2) void mend();
  }, LOOK_MS).unref();
  return () => {
    isEnded = true;
    clearInterval(timer);
  };
}
