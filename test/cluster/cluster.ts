import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKurrentDbEventStore } from '../../src/engine/eventstore/kurrentdb/store.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { mongoReadStore } from '../../src/engine/readstore/mongodb/store.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { connectMongo } from '../../src/engine/storage/mongodb.js';
import { keyOf } from '../support/keys.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { type MongoServer, startMongo } from '../support/mongodb/server.js';
import { type ServerProcess, serveProcess } from '../support/process.js';
import { startProxy, type TcpProxy } from '../support/proxy.js';

/** The engines of a cluster behind proxies, and processes on them. */
export interface Cluster {
  readonly directory: string;
  readonly events: { readonly server: StandIn; readonly proxy: TcpProxy };
  readonly mongo: { readonly server: MongoServer; readonly proxy: TcpProxy };
  /** Returns the settings of a process of the cluster, with a new data directory. */
  settings(more?: Readonly<Record<string, string>>): Record<string, string>;
  /** Starts a process of the cluster. It is killed at the end if it still runs. */
  serve(roles?: string, more?: Readonly<Record<string, string>>, version?: string): Promise<ServerProcess>;
  /** The stores themselves, not through the proxies. */
  withStores<T>(work: (events: EventStore, store: ReadStore) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Starts both engines: stand-ins, unless real ones are given. */
export async function startCluster(): Promise<Cluster> {
  const directory = await mkdtemp(join(tmpdir(), 'letopis-cluster-'));
  const [events, mongo] = await Promise.all([startStandIn(), startMongo()]);
  const [eventsProxy, mongoProxy] = await Promise.all([startProxy(events.port), startProxy(mongo.port)]);
  const masterKey = randomBytes(32).toString('base64');
  const namespace = `c${randomBytes(6).toString('hex')}`;
  const running: ServerProcess[] = [];
  let processes = 0;
  const mongoUrl = (port: number) => {
    const url = new URL(mongo.url);
    url.port = String(port);
    url.pathname = `/${namespace}`;
    return url.href;
  };
  const settings = (more: Readonly<Record<string, string>> = {}) => {
    processes += 1;
    return {
      LETOPIS_DATA: join(directory, `process-${processes}`),
      LETOPIS_EVENT_STORE: `esdb://127.0.0.1:${eventsProxy.port}?tls=false`,
      LETOPIS_READ_STORE: mongoUrl(mongoProxy.port),
      LETOPIS_NAMESPACE: namespace,
      LETOPIS_MASTER_KEY: masterKey,
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
      LETOPIS_SAMPLE: 'off',
      LETOPIS_LOG_LEVEL: 'info',
      LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
      ...more,
    };
  };
  return {
    directory,
    events: { server: events, proxy: eventsProxy },
    mongo: { server: mongo, proxy: mongoProxy },
    settings,
    async serve(roles = 'api,projections,deadlines', more = {}, version) {
      const server = await serveProcess(settings({ LETOPIS_ROLES: roles, ...more }), version);
      running.push(server);
      return server;
    },
    async withStores(work) {
      const store = await openKurrentDbEventStore(events.url, { namespace });
      const connection = await connectMongo(mongoUrl(mongo.port));
      const read = mongoReadStore(connection.db);
      try {
        return await work(store, read);
      } finally {
        await read.close();
        await connection.close();
        await store.close();
      }
    },
    async close() {
      await Promise.all(running.map((server) => server.stop('SIGKILL')));
      await Promise.all([eventsProxy.close(), mongoProxy.close()]);
      await Promise.all([events.close(), mongo.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
