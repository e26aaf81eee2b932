import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { connectMongo } from '../../../src/engine/storage/mongodb.js';
import { describeMongo, type MongoServer, startMongo } from '../../support/mongodb/server.js';

/** Simulates the fault of the driver: the socket is closed while a command is written to it, without an error. */
function losingTheNextHeartbeat(port: number): { readonly isLost: () => boolean; readonly undo: () => void } {
  const write = Socket.prototype.write;
  let isLost = false;
  const losing = function (this: Socket, ...args: Parameters<typeof write>): boolean {
    const [bytes] = args;
    if (
      !isLost &&
      this.remotePort === port &&
      /hello|isWritablePrimary|ismaster/i.test(Buffer.from(bytes).toString())
    ) {
      isLost = true;
      this.destroy();
      return false;
    }
    return write.apply(this, args);
  };
  Socket.prototype.write = losing as typeof write;
  return {
    isLost: () => isLost,
    undo() {
      Socket.prototype.write = write;
    },
  };
}

describeMongo('a connection to MongoDB whose heartbeat was lost by the driver', () => {
  let server: MongoServer;
  let undo: () => void = () => undefined;
  beforeAll(async () => {
    server = await startMongo();
  });
  afterEach(() => undo());
  afterAll(() => server?.close());

  it('is made anew, and what is asked through the old handles is answered', async () => {
    const { db, close } = await connectMongo(server.url, 1_000);
    const events = db.collection('events');
    await events.insertOne({ kept: true });
    const topologies: unknown[] = [];
    db.client.on('topologyOpening', (event) => topologies.push(event));
    const lost = losingTheNextHeartbeat(server.port);
    undo = lost.undo;

    while (topologies.length === 0) await pause(50);

    expect(lost.isLost()).toBe(true);
    await expect(retried(() => events.countDocuments({ kept: true }))).resolves.toBe(1);
    await close();
  }, 60_000);
});

/** Repeats a read while the connection is being made. */
async function retried<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!/must be connected|closed/i.test(String(error))) throw error;
      await pause(50);
    }
  }
}
