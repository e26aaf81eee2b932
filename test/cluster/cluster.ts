import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '../support/keys.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { type MongoServer, startMongo } from '../support/mongodb/server.js';
import { type ServerProcess, serveProcess } from '../support/process.js';

/** The engines of a cluster, and processes on them. */
export interface Cluster {
  readonly events: StandIn;
  readonly mongo: MongoServer;
  /** The settings by which a process belongs to it, with a data directory of its own. */
  settings(more?: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /** Starts a process on it. */
  serve(roles?: string, more?: Readonly<Record<string, string>>): Promise<ServerProcess>;
  close(): Promise<void>;
}

/** Starts both engines (stand-ins, where no real ones are given); processes that still run are killed in the end. */
export async function startCluster(): Promise<Cluster> {
  const directory = await mkdtemp(join(tmpdir(), 'letopis-cluster-'));
  const [events, mongo] = await Promise.all([startStandIn(), startMongo()]);
  const masterKey = randomBytes(32).toString('base64');
  const namespace = `c${randomBytes(6).toString('hex')}`;
  const running: ServerProcess[] = [];
  let processes = 0;
  const settings = async (more: Readonly<Record<string, string>> = {}) => {
    processes += 1;
    const url = new URL(mongo.url);
    url.pathname = `/${namespace}`;
    return {
      LETOPIS_DATA: join(directory, `process-${processes}`),
      LETOPIS_EVENT_STORE: process.env.KURRENTDB_URL ?? events.url,
      LETOPIS_READ_STORE: url.href,
      LETOPIS_NAMESPACE: namespace,
      LETOPIS_MASTER_KEY: masterKey,
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
      LETOPIS_SAMPLE: 'off',
      LETOPIS_LOG_LEVEL: 'info',
      ...more,
    };
  };
  return {
    events,
    mongo,
    settings,
    async serve(roles = 'api,projections,deadlines', more = {}) {
      const server = await serveProcess(await settings({ LETOPIS_ROLES: roles, ...more }));
      running.push(server);
      return server;
    },
    async close() {
      await Promise.all(running.map((server) => server.stop('SIGKILL')));
      await Promise.all([events.close(), mongo.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
