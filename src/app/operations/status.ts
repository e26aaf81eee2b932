import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { logProblemInBoth } from '../../application/logProblems.js';
import { withOpened } from '../../engine/closing.js';
import { DamageSchema } from '../../engine/eventstore/damage.js';
import { recordedDamage } from '../../engine/eventstore/sqlite/damageWatch.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { passedStandings } from '../../engine/projections/parts.js';
import { QUARANTINE } from '../../engine/projections/quarantine.js';
import type { ReadStore } from '../../engine/readstore/port.js';
import { openReadStoreReadOnly } from '../../engine/readstore/sqlite/store.js';
import { errorCode } from '../../engine/storage/thrown.js';
import { COLLECTIONS } from '../../projections/readModels.js';
import { BilingualRecord } from '../bilingual.js';
import type { Config } from '../config.js';
import { type DataDirectory, filesIn } from '../dataDirectory.js';
import { EMBEDDED, openChronicle, openStores } from '../stores.js';
import { version } from '../version.js';
import { operation } from './operation.js';

/** Schema of the status of a Letopis. */
export const Status = z.object({
  running: z.boolean(),
  version: z.string(),
  chronicleId: z.string(),
  /** Position of the last event, empty without one. */
  head: z.string(),
  readModels: z.array(z.object({ name: z.string(), position: z.string(), isComplete: z.boolean() })),
  quarantined: z.number(),
  /** Damage, by stream; `stream` null: the whole chronicle. Damaged streams accept no appends. */
  damage: z.array(DamageSchema),
  /** Why the log is not signed; null while it is signed, and when no server runs. */
  logProblem: BilingualRecord.nullable(),
  /** Since the start of the server; null if no server runs. */
  uptimeSeconds: z.number().nullable(),
  notices: z.number().nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
});

/** Returns the status of the running server. */
export const serverStatus = operation({
  name: 'status',
  input: z.object({}),
  progress: z.never(),
  result: Status,
  open: { following: false },
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services: { events, store, runner }, checkpointer, watcher, files }) {
    const head = await events.head();
    const standing = await checkpointer?.standing();
    const { readModels } = await readModelsOf(store, head);
    return {
      running: true,
      version,
      chronicleId: events.chronicleId,
      head,
      readModels,
      quarantined: runner.quarantine.size,
      damage: [...events.damage()],
      logProblem: standing?.kind === 'refused' ? logProblemInBoth(standing) : null,
      uptimeSeconds: Math.round(process.uptime()),
      notices: watcher.given,
      files: await sizesOf(files),
    };
  },
});

/**
 * Returns the status of the stores when no server runs. Writes nothing.
 *
 * @throws EventStoreUnavailable, ReadStoreUnavailable
 */
export async function statusWithoutServer(config: Config, log: Logger): Promise<z.infer<typeof Status>> {
  const files = filesIn(config.LETOPIS_DATA);
  if (config.LETOPIS_EVENT_STORE === EMBEDDED && config.LETOPIS_READ_STORE === EMBEDDED) return statusOfFiles(files);
  return withOpened(async (onClose) => {
    const chronicle = await openChronicle(config, files, { mustExist: true });
    onClose(() => chronicle.close());
    const { store } = await openStores(config, files, onClose, log);
    const head = await chronicle.head();
    return {
      running: false,
      version,
      chronicleId: chronicle.chronicleId,
      head,
      ...(await readModelsOf(store, head)),
      damage: [...chronicle.damage()],
      logProblem: null,
      uptimeSeconds: null,
      notices: null,
      files: await sizesOf(files),
    };
  });
}

/**
 * Returns the status of the files of a data directory. Writes nothing.
 *
 * @throws EventStoreUnavailable when there is no chronicle.
 */
async function statusOfFiles(files: DataDirectory): Promise<z.infer<typeof Status>> {
  const chronicle = await openChronicleReadOnly(files.chronicle);
  try {
    const head = chronicle.head();
    const models = await readModelsOfFiles(files, head);
    return {
      running: false,
      version,
      chronicleId: chronicle.chronicleId,
      head,
      ...models,
      damage: [...(await recordedDamage(files.chronicle))],
      logProblem: null,
      uptimeSeconds: null,
      notices: null,
      files: await sizesOf(files),
    };
  } finally {
    chronicle.close();
  }
}

async function readModelsOfFiles(files: DataDirectory, head: string) {
  const store = await openReadStoreReadOnly(files.readModels).catch(() => undefined);
  if (!store) return { readModels: [], quarantined: 0 };
  try {
    return await readModelsOf(store, head);
  } finally {
    await store.close();
  }
}

async function readModelsOf(store: ReadStore, head: string) {
  const standing = await passedStandings(store, COLLECTIONS);
  const quarantined = await store.count(QUARANTINE, []).catch(() => 0);
  const readModels = COLLECTIONS.map(({ name }, index) => {
    const position = standing[index]?.position ?? '';
    return { name, position, isComplete: position === head };
  });
  return { readModels, quarantined };
}

async function sizesOf(files: DataDirectory) {
  const sizes = [];
  for (const path of [files.chronicle, files.readModels, files.vault, files.access]) {
    for (const name of [path, `${path}-wal`]) {
      const found = await stat(name).catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (found) sizes.push({ name: name.slice(name.lastIndexOf('/') + 1), bytes: found.size });
    }
  }
  return sizes;
}
