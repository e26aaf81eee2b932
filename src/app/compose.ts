import type { Logger } from 'pino';
import type { AccessKeys, Principal } from '../access/keys.js';
import { openAccessKeys } from '../access/sqlite.js';
import { DeadlineWatcher } from '../application/deadlineWatcher.js';
import { CommandHandler } from '../application/handler.js';
import { checkReadable, fromStore } from '../eventstore/envelope.js';
import type { EventStore } from '../eventstore/port.js';
import { openSqliteEventStore } from '../eventstore/sqlite/store.js';
import type { Services } from '../graphql/context.js';
import { ProjectionRunner } from '../projections/runner/runner.js';
import { openSqliteReadStore } from '../readstore/sqlite/store.js';
import { openVault } from '../vault/sqlite.js';
import { clockFrom, watchedClock } from './clock.js';
import type { Config } from './config.js';
import { type DataDirectory, dataDirectory, lockDirectory, masterKey } from './dataDirectory.js';
import { type Metrics, metricsOf } from './metrics.js';
import { startTracing, type Tracing } from './tracing.js';
import { version } from './version.js';

/** A Letopis that is put together and follows its chronicle. */
export interface Letopis {
  readonly services: Services;
  readonly keys: AccessKeys;
  readonly watcher: DeadlineWatcher;
  readonly metrics: Metrics;
  readonly tracing: Tracing | undefined;
  readonly files: DataDirectory;
  readonly log: Logger;
  close(): Promise<void>;
}

/** How far a Letopis is put to work. */
export interface OpenOptions {
  /** False: the read models stay as they are until something works on them, as a rebuild on the files does. */
  readonly following?: boolean;
}

/** The server itself as an actor. */
export const SYSTEM: Principal = {
  id: 'system',
  role: 'system',
  post: null,
  organisation: null,
  name: 'Летопись',
};

/**
 * Opens all stores of a data directory and starts the projections. What was opened before a failure is closed again.
 *
 * @throws UnusableDirectory, WrongMasterKey, EventStoreUnavailable, UnreadableEvent, ReadStoreUnavailable, ChronicleCut
 */
export async function openLetopis(config: Config, log: Logger, options: OpenOptions = {}): Promise<Letopis> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await opened(config, log, options, (closer) => closers.push(closer))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function opened(
  config: Config,
  log: Logger,
  { following = true }: OpenOptions,
  onClose: (closer: () => Promise<void> | void) => void,
): Promise<Omit<Letopis, 'close'>> {
  const files = await dataDirectory(config.LETOPIS_DATA);
  const lock = await lockDirectory(files);
  onClose(() => lock.release());
  const vault = await openVault(files.vault, await masterKey(files, config.LETOPIS_MASTER_KEY));
  onClose(() => vault.close());
  const keys = await openAccessKeys(files.access);
  onClose(() => keys.close());
  const metrics = metricsOf();
  const tracing = await startTracing(config.LETOPIS_TRACES);
  if (tracing) onClose(() => tracing.close());
  const chronicle = await openSqliteEventStore(files.chronicle, {
    writtenBy: version,
    onGroup: (group) => metrics.groupCommitted(group),
  });
  onClose(() => chronicle.close());
  checkReadable(await chronicle.kinds());
  const measured = metrics.measured(chronicle);
  const events = tracing?.traced(measured) ?? measured;
  const clock = watchedClock(clockFrom(config.LETOPIS_CLOCK), log, await lastRecordedAt(events));
  const store = await openSqliteReadStore(files.readModels);
  onClose(() => store.close());
  const runner = new ProjectionRunner(events, store, log, metrics);
  const commands = new CommandHandler(events, vault, clock, metrics);
  const handler = tracing?.tracedCommands(commands) ?? commands;
  if (following) await runner.start();
  else await runner.open();
  onClose(() => runner.stop());
  const watcher = new DeadlineWatcher({ handler, store, runner, clock, log, principal: SYSTEM });
  onClose(() => watcher.stop());
  metrics.watch({ events, runner, watcher });
  const timeZone = config.LETOPIS_TIMEZONE;
  const services = { events, store, runner, handler, vault, clock, timeZone, version, observer: metrics };
  return { services, keys, watcher, metrics, tracing, files, log };
}

/** When the last event was recorded; empty in an empty chronicle. */
async function lastRecordedAt(events: EventStore): Promise<string> {
  const last = await events.eventAt(await events.head());
  return last ? fromStore(last).recordedAt : '';
}
