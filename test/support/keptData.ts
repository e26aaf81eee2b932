import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { keyOf } from './keys.js';
import { type CommandServer, type ServerProcess, serveHere, serveProcess } from './process.js';
import { removeDirectory, temporaryDirectory } from './server.js';

type Settings = Readonly<Record<string, string>>;

/** A directory of one test, and the servers that work in it. */
export interface DataOfTest {
  /** The directory with all files of the test. The files of the server are in `data`. */
  readonly home: string;
  readonly settings: Settings;
  /** Starts a server in this process. It is stopped at the end of the test if it still runs. */
  serve(more?: Settings): Promise<CommandServer<'SIGTERM'>>;
  /** Starts a server in a separate process. It is killed at the end of the test if it still runs. */
  serveProcess(more?: Settings): Promise<ServerProcess>;
  /** Stops all servers; separate processes are stopped by a signal. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Settings of a server whose administrator has a key that tests know. */
export const WITH_KEY: Settings = { LETOPIS_BOOTSTRAP_KEY: keyOf('administrator') };

/** Gives each test an empty directory, and settings for a server in it. */
export function emptyData(more: Settings = WITH_KEY): DataOfTest {
  const running: { stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<unknown> }[] = [];
  const place = { home: '', settings: {} };
  beforeEach(async () => {
    place.home = await temporaryDirectory();
    place.settings = {
      LETOPIS_DATA: join(place.home, 'data'),
      XDG_STATE_HOME: join(place.home, 'state'),
      ...more,
    };
  });
  const stop = async (signal: 'SIGTERM' | 'SIGKILL') => {
    for (const server of running.splice(0)) await server.stop(signal);
  };
  afterEach(async () => {
    await stop('SIGKILL');
    await removeDirectory(place.home);
  });
  return Object.assign(place, {
    async serve(more: Settings = {}) {
      const server = await serveHere({ ...place.settings, ...more });
      running.push({ stop: () => server.stop('SIGTERM') });
      return server;
    },
    async serveProcess(more: Settings = {}) {
      const server = await serveProcess({ ...place.settings, ...more });
      running.push(server);
      return server;
    },
    stop,
  });
}

/** Creates data files with the sample plan and a signed checkpoint once. Each test gets its own copy of them. */
export function keptData(): DataOfTest {
  let kept: string;
  beforeAll(async () => {
    kept = await temporaryDirectory();
    const started = await serveHere({ LETOPIS_DATA: kept, ...WITH_KEY });
    await textAt(`${started.address}/checkpoint`);
    await started.stop('SIGTERM');
    await emptyLogs(kept);
  });
  afterAll(() => removeDirectory(kept));
  const place = emptyData();
  // The files of SQLite beside a database are empty, and may be deleted while they are copied.
  const filter = (source: string) => !/-(wal|shm)$/.test(source);
  beforeEach(() => cp(kept, join(place.home, 'data'), { recursive: true, filter }));
  return place;
}

/**
 * Moves the content of the write-ahead logs into the files. A server in this process leaves it there, because the files
 * stay open until its statements are garbage-collected.
 */
async function emptyLogs(directory: string): Promise<void> {
  for (const name of (await readdir(directory)).filter((each) => each.endsWith('.db'))) {
    const database = await openSqlite(join(directory, name), 'writer');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  }
}

/** Returns the text at an address as soon as it exists. */
export async function textAt(address: string): Promise<string> {
  for (;;) {
    const answer = await fetch(address);
    if (answer.ok) return answer.text();
    await pause(50);
  }
}
