import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { describeIf } from '../skipping.js';

const LIB = fileURLToPath(new URL('../../../.cache/mongo-stand-in/lib', import.meta.url));
const MAIN = fileURLToPath(new URL('Main.java', import.meta.url));

/** The connection string of a real MongoDB, if there is one. */
export const REAL_MONGODB = process.env.MONGODB_URL;

/** The kind of server for the MongoDB tests; undefined when there is none (`scripts/mongo-stand-in` installs one). */
export const MONGODB: string | undefined =
  REAL_MONGODB === undefined ? (existsSync(LIB) ? 'stand-in' : undefined) : 'real';

/** Declares tests that need MongoDB. */
export const describeMongo = describeIf(
  MONGODB !== undefined,
  'needs MongoDB: run scripts/mongo-stand-in, or set MONGODB_URL',
);

/** Declares tests that kill MongoDB or use it exclusively, which is possible only with a separate server. */
export const describeStandIn = describeIf(
  MONGODB === 'stand-in',
  'needs the stand-in for MongoDB: run scripts/mongo-stand-in',
);

/** A server for tests. */
export interface MongoServer {
  readonly url: string;
  readonly port: number;
  /** Kills the stand-in. */
  kill(): Promise<void>;
  /** Starts it again on the same file and port. */
  restart(): Promise<void>;
  /** Stops it cleanly and starts it again. Then all data is on the disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the real server, or a stand-in (mongo-java-server) with a new file. */
export async function startMongo(): Promise<MongoServer> {
  if (REAL_MONGODB !== undefined) {
    const url = new URL(REAL_MONGODB);
    const port = Number(url.port);
    // A separate database, which is dropped after the tests.
    url.pathname = `/test${randomUUID().replaceAll('-', '')}`;
    const never = () => Promise.reject(new Error('a real server is not killed'));
    return {
      url: String(url),
      port,
      kill: never,
      restart: never,
      flush: () => Promise.resolve(),
      async close() {
        const client = await MongoClient.connect(String(url));
        await client.db().dropDatabase();
        await client.close();
      },
    };
  }
  const directory = await mkdtemp(join(tmpdir(), 'letopis-mongo-'));
  let child = start(directory, 0);
  const port = await portOf(child);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    port,
    kill,
    async restart() {
      await kill();
      child = start(directory, port);
      await portOf(child);
    },
    async flush() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      child = start(directory, port);
      await portOf(child);
    },
    async close() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function start(directory: string, port: number): ChildProcess {
  const options = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', `${LIB}/*`];
  return spawn('java', [...options, MAIN, join(directory, 'mongo.mv'), String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function portOf(child: ChildProcess): Promise<number> {
  const port = once(child.stdout ?? child, 'data').then(([text]) => Number(String(text).trim()));
  const end = once(child, 'exit').then(() => Promise.reject(new Error('the stand-in for MongoDB did not start')));
  end.catch(() => undefined);
  return Promise.race([port, end]);
}
