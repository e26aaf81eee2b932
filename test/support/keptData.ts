import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { keyOf } from './keys.js';
import { type ServerProcess, serveProcess } from './process.js';
import { removeDirectory, temporaryDirectory } from './server.js';

/** The directory of one test: a copy of the signed files of the sample plan, whose server has stopped. */
export interface KeptData {
  /** The directory that holds the copy (in `data`) and all files of the test. */
  readonly home: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Starts a server on the copy. It is killed at the end if it still runs. */
  serve(more?: Readonly<Record<string, string>>): Promise<ServerProcess>;
}

/** Creates the files once and gives each test a copy. */
export function keptData(): KeptData {
  const running = new Set<ServerProcess>();
  const place = { home: '', settings: {} };
  let kept: string;
  beforeAll(async () => {
    kept = await temporaryDirectory();
    const started = await serveProcess({ LETOPIS_DATA: kept, LETOPIS_BOOTSTRAP_KEY: keyOf('administrator') });
    await textAt(`${started.address}/checkpoint`);
    await started.stop('SIGTERM');
  });
  afterAll(() => removeDirectory(kept));
  beforeEach(async () => {
    place.home = await temporaryDirectory();
    place.settings = {
      LETOPIS_DATA: join(place.home, 'data'),
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
      XDG_STATE_HOME: join(place.home, 'state'),
    };
    await cp(kept, join(place.home, 'data'), { recursive: true });
  });
  afterEach(async () => {
    for (const server of running) await server.stop('SIGKILL');
    running.clear();
    await removeDirectory(place.home);
  });
  return Object.assign(place, {
    async serve(more: Readonly<Record<string, string>> = {}) {
      const server = await serveProcess({ ...place.settings, ...more });
      running.add(server);
      return server;
    },
  });
}

/** Returns the text at an address as soon as there is one. */
export async function textAt(address: string): Promise<string> {
  for (;;) {
    const answer = await fetch(address);
    if (answer.ok) return answer.text();
    await pause(50);
  }
}
