import { setTimeout as pause } from 'node:timers/promises';
import type { OnClose } from '../../engine/closing.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import { START } from '../../engine/eventstore/port.js';
import { passedStandings } from '../../engine/projections/parts.js';
import { QUARANTINE } from '../../engine/projections/quarantine.js';
import type { ReadStore } from '../../engine/readstore/port.js';
import { openReadStoreReadOnly } from '../../engine/readstore/sqlite/store.js';
import { faultOf } from '../../engine/storage/thrown.js';
import { COLLECTIONS, READ_MODELS } from '../../projections/readModels.js';
import type { DataDirectory } from '../dataDirectory.js';
import { faultInBoth } from '../russian/faults.js';
import { bothTexts, broken, type DoctorCheck, good, warning } from './check.js';
import type { DoctorEvents } from './events.js';

/** Maximum lag in events that is counted exactly. */
const MAX_LAG = 10_000;

/** Time in milliseconds for which read models that are behind are watched, to see whether they advance. */
const MODELS_WATCH_MS = 2_000;

/** Opens the file of read models read-only. Returns the opened file and the result of the check. */
export async function openReadModelsFile(
  { readModels }: DataDirectory,
  onClose: OnClose,
): Promise<{ readonly store: ReadStore | undefined; readonly check: DoctorCheck }> {
  try {
    const store = await openReadStoreReadOnly(readModels);
    onClose(() => store.close());
    return { store, check: good('readStore', bothTexts(`представления: ${readModels}`, `read models: ${readModels}`)) };
  } catch (error) {
    const found = bothTexts(
      `представления не читаются: ${faultInBoth(error).ru}`,
      `the read models cannot be read: ${faultOf(error)}`,
    );
    const advice = bothTexts(
      'запустите сервер: он построит их из летописи',
      'start the server: it builds them from the chronicle',
    );
    return { store: undefined, check: broken('readStore', found, advice) };
  }
}

/** Checks that all declared indexes of the read models are there. */
export async function checkIndexes(store: ReadStore): Promise<DoctorCheck> {
  const standing = await store.standing(COLLECTIONS);
  const missing: string[] = [];
  for (const [index, spec] of COLLECTIONS.entries()) {
    const build = standing[index]?.build ?? 0;
    missing.push(...(await store.missingIndexes({ ...spec, build })));
  }
  if (missing.length === 0) return good('indexes', bothTexts('все ключи на месте', 'all indexes are there'));
  const list = missing.join(', ');
  const found = bothTexts(`нет ключей (${missing.length}): ${list}`, `missing indexes (${missing.length}): ${list}`);
  const advice = bothTexts(
    'перезапустите сервер: при запуске он создаёт недостающие ключи',
    'restart the server: a start creates missing indexes',
  );
  return warning('indexes', found, advice);
}

/** Checks how far the read models are behind the events, and whether they move. */
export async function checkLag(store: ReadStore, events: DoctorEvents, isServed: boolean): Promise<DoctorCheck> {
  const before = await lagOf(store, events);
  if (before.events === 0) {
    return good('readModels', bothTexts('представления не отстают', 'the read models are up to date'));
  }
  await pause(MODELS_WATCH_MS);
  const after = await lagOf(store, events);
  if (after.events === 0) {
    return good('readModels', bothTexts('представления не отстают', 'the read models are up to date'));
  }
  const many = after.events >= MAX_LAG ? `${MAX_LAG}+` : String(after.events);
  const names = after.names.join(', ');
  if (after.position > before.position) {
    const found = bothTexts(
      `представления отстают на ${many} событий, но догоняют (${names})`,
      `the read models are ${many} events behind, and catch up (${names})`,
    );
    return warning('readModels', found, bothTexts('подождите и повторите', 'wait, and ask again'));
  }
  const found = bothTexts(
    `представления отстают на ${many} событий и стоят (${names})`,
    `the read models are ${many} events behind and do not move (${names})`,
  );
  if (!isServed) {
    return warning(
      'readModels',
      found,
      bothTexts('запустите сервер: он их догонит', 'start the server: it catches up'),
    );
  }
  const advice = bothTexts(
    'запустите процесс с ролью projections или посмотрите в его журнал: там причина',
    'start a process with the role projections, or look into its log for the reason',
  );
  return broken('readModels', found, advice);
}

interface Lag {
  readonly events: number;
  readonly names: readonly string[];
  readonly position: NativePosition;
}

async function lagOf(store: ReadStore, events: DoctorEvents): Promise<Lag> {
  const standing = await passedStandings(store, COLLECTIONS);
  const positions = standing.map(({ position }) => position ?? START);
  const slowest = positions.toSorted()[0] ?? START;
  // Count only events that read models are built from: other events do not put a read model behind.
  const ahead = await events.readAll({ after: slowest, filter: READ_MODELS.streams, limit: MAX_LAG });
  const last = ahead.events.at(-1)?.position ?? slowest;
  const names = COLLECTIONS.flatMap(({ name }, index) => ((positions[index] ?? START) < last ? [name] : []));
  return { events: ahead.events.length, names, position: slowest };
}

/** Reports quarantined records. */
export async function checkQuarantine(store: ReadStore): Promise<DoctorCheck> {
  const count = await store.count(QUARANTINE, []).catch(() => 0);
  if (count === 0) return good('quarantine', bothTexts('в карантине ничего нет', 'nothing is quarantined'));
  const found = bothTexts(`записей в карантине: ${count}`, `quarantined records: ${count}`);
  const advice = bothTexts(
    'сообщите разработчикам; после обновления выполните npx letopis projections retry',
    'report it to the developers; after an upgrade run `npx letopis projections retry`',
  );
  return warning('quarantine', found, advice);
}
