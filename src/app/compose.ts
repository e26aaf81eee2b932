import type { Logger } from 'pino';
import { type AccessKeys, openAccessKeys, type Principal } from '../access/keys.js';
import { CommandHandler } from '../application/handler.js';
import { checkReadable } from '../eventstore/envelope.js';
import { openSqliteEventStore } from '../eventstore/sqlite/store.js';
import type { Services } from '../graphql/context.js';
import { ProjectionRunner } from '../projections/runner/runner.js';
import { openSqliteReadStore } from '../readstore/sqlite/store.js';
import { openVault } from '../vault/vault.js';
import { clockFrom } from './clock.js';
import type { Config } from './config.js';
import { type DataDirectory, dataDirectory, lockDirectory, masterKey } from './dataDirectory.js';
import { version } from './version.js';

/** A Letopis that is put together and follows its chronicle. */
export interface Letopis {
  readonly services: Services;
  readonly keys: AccessKeys;
  readonly files: DataDirectory;
  close(): Promise<void>;
}

/** The server itself as an actor. */
export const SYSTEM: Principal = {
  id: 'system',
  role: 'system',
  post: null,
  organisation: null,
  name: 'Летопись',
};

/** Opens all stores of a data directory and starts the projections. */
export async function openLetopis(config: Config, log: Logger): Promise<Letopis> {
  const files = await dataDirectory(config.LETOPIS_DATA);
  const lock = await lockDirectory(files);
  const clock = clockFrom(config.LETOPIS_CLOCK);
  const vault = await openVault(files.vault, await masterKey(files, config.LETOPIS_MASTER_KEY));
  const keys = await openAccessKeys(files.access);
  const events = await openSqliteEventStore(files.chronicle, version);
  checkReadable(await events.kinds());
  const store = await openSqliteReadStore(files.readModels);
  const runner = new ProjectionRunner(events, store, log);
  const handler = new CommandHandler(events, vault, clock);
  await runner.start();
  const timeZone = config.LETOPIS_TIMEZONE;
  return {
    services: { events, store, runner, handler, vault, clock, timeZone, version },
    keys,
    files,
    async close() {
      await runner.stop();
      await events.close();
      await store.close();
      keys.close();
      vault.close();
      lock.release();
    },
  };
}
