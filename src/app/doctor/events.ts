import { randomUUID } from 'node:crypto';
import type { Bilingual } from '../../domain/language.js';
import { fromStore } from '../../domain/recorded.js';
import type { OnClose } from '../../engine/closing.js';
import type { Damage } from '../../engine/eventstore/damage.js';
import type { ServerFault } from '../../engine/eventstore/kurrentdb/advice.js';
import {
  type EventBatch,
  type EventStore,
  type NativePosition,
  START,
  type StoredEvent,
  WrongExpectedRevision,
} from '../../engine/eventstore/port.js';
import { recordedDamage } from '../../engine/eventstore/sqlite/damageWatch.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { damageOfPages } from '../../engine/eventstore/sqlite/wholeCheck.js';
import { faultOf } from '../../engine/storage/thrown.js';
import type { Config } from '../config.js';
import type { DataDirectory } from '../dataDirectory.js';
import { faultInBoth } from '../russian/faults.js';
import { messageInBoth } from '../russian/messages.js';
import { EMBEDDED, openChronicle } from '../stores.js';
import { bothTexts, broken, type DoctorCheck, good, warning } from './check.js';

/** The events, opened to examine them. */
export interface DoctorEvents {
  readonly damage: readonly Damage[];
  /** The store on a server; undefined for a file. */
  readonly store: EventStore | undefined;
  head(): NativePosition | Promise<NativePosition>;
  /** Returns the last event; undefined for an empty chronicle. */
  last(): Promise<StoredEvent | undefined>;
  readAll(options: Parameters<EventStore['readAll']>[0]): Promise<EventBatch>;
}

/** Opens the events. Returns them with the check. */
export async function openEvents(
  config: Config,
  files: DataDirectory,
  onClose: OnClose,
): Promise<{ readonly events: DoctorEvents | undefined; readonly check: DoctorCheck }> {
  try {
    const events = await openedEvents(config, files, onClose);
    const what = events.store ? 'KurrentDB' : files.chronicle;
    return { events, check: good('eventStore', bothTexts(`события: ${what} отвечает`, `events: ${what} answers`)) };
  } catch (error) {
    const found = bothTexts(
      `события недоступны: ${faultInBoth(error).ru}`,
      `the events cannot be read: ${faultOf(error)}`,
    );
    return { events: undefined, check: broken('eventStore', found, await adviceOnEvents(config, error)) };
  }
}

async function openedEvents(config: Config, files: DataDirectory, onClose: OnClose): Promise<DoctorEvents> {
  if (config.LETOPIS_EVENT_STORE !== EMBEDDED) {
    const store = await openChronicle(config, files, { mustExist: true });
    onClose(() => store.close());
    // Check that the account may read $all, from which the head is read.
    await store.head();
    return {
      damage: store.damage(),
      store,
      head: () => store.head(),
      last: async () => store.eventAt(await store.head()),
      readAll: (options) => store.readAll(options),
    };
  }
  const look = await openChronicleReadOnly(files.chronicle, { mustBeWhole: false });
  onClose(() => look.close());
  const damage = [...(await damageOfPages(files.chronicle)), ...(await recordedDamage(files.chronicle))];
  return {
    damage,
    store: undefined,
    head: () => look.head(),
    async last() {
      const after = look.log.positionAt(look.log.tree.size - 2) ?? START;
      return (await look.readAll({ after, limit: 1 })).events[0];
    },
    readAll: (options) => look.readAll(options),
  };
}

async function adviceOnEvents(config: Config, error: unknown): Promise<Bilingual> {
  if (config.LETOPIS_EVENT_STORE === EMBEDDED) {
    return bothTexts(
      'проверьте LETOPIS_DATA; если сервер здесь ещё не запускался, запустите его; иначе восстановите последнюю копию (npx letopis restore)',
      'check LETOPIS_DATA; if no server ever ran here, start it; else restore the latest backup (npx letopis restore)',
    );
  }
  if (/contains no chronicle/.test(faultOf(error))) {
    return bothTexts(
      'проверьте LETOPIS_NAMESPACE и LETOPIS_EVENT_STORE или запустите сервер первый раз',
      'check LETOPIS_NAMESPACE and LETOPIS_EVENT_STORE, or start the server for the first time',
    );
  }
  const { adviceOn, faultOfServer } = await import('../../engine/eventstore/kurrentdb/advice.js');
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return bothTexts(FAULTS[faultOfServer(cause)], adviceOn(cause));
}

const FAULTS: Readonly<Record<ServerFault, string>> = {
  user: 'проверьте имя и пароль в LETOPIS_EVENT_STORE',
  rights:
    'дайте учётной записи из LETOPIS_EVENT_STORE право читать $all, читать и писать потоки летописи: команды в docs/cluster.md («Give the account its rights»)',
  noTls: 'сервер говорит без TLS: добавьте tls=false в LETOPIS_EVENT_STORE или запустите его с сертификатами',
  certificate:
    'сертификату сервера нет доверия: укажите файл его центра (tlsCAFile=…) в LETOPIS_EVENT_STORE и имя сервера, как в сертификате',
  hostName: 'проверьте имя сервера в LETOPIS_EVENT_STORE',
  away: 'проверьте, что сервер запущен и доступен по сети, и что TLS включён у него и в LETOPIS_EVENT_STORE одинаково',
};

/**
 * Checks that the account of the server may append, by an append that the server refuses for its revision. Nothing is
 * stored.
 */
export async function checkAppendRight(store: EventStore): Promise<DoctorCheck> {
  const [kind] = await store.kinds();
  try {
    const { type, schemaVersion } = kind ?? { type: 'DoctorProbe', schemaVersion: 1 };
    await store.append(`doctor-${randomUUID()}`, 0, [{ id: randomUUID(), type, schemaVersion, body: '{}' }]);
  } catch (error) {
    if (error instanceof WrongExpectedRevision) {
      return good(
        'eventStoreRights',
        bothTexts('учётная запись читает и пишет события', 'the account may read and append'),
      );
    }
    const found = bothTexts(
      `дописать событие нельзя: ${faultInBoth(error).ru}`,
      `an append is refused: ${faultOf(error)}`,
    );
    return broken('eventStoreRights', found, bothTexts(FAULTS.rights, 'give the account its rights: docs/cluster.md'));
  }
  const found = bothTexts('сервер принял запись не по порядку', 'the server accepted an append at a wrong revision');
  return broken(
    'eventStoreRights',
    found,
    bothTexts('это не KurrentDB: замените сервер', 'this is not KurrentDB: replace it'),
  );
}

/** Reports known damage of the events. */
export function checkDamage({ damage, store }: DoctorEvents): DoctorCheck[] {
  if (damage.length === 0) return [good('damage', bothTexts('повреждений не известно', 'no damage is known'))];
  return damage.map(({ stream, problem }) => {
    const found = bothTexts(
      `повреждено: ${stream ?? 'вся летопись'} (${messageInBoth(problem).ru})`,
      `damaged: ${stream ?? 'the whole chronicle'} (${problem})`,
    );
    const advice = store
      ? bothTexts(
          'не запускайте scavenge; верните события: docs/cluster.md («Bring back a history that was cut»)',
          'run no scavenge; bring the events back: docs/cluster.md («Bring back a history that was cut»)',
        )
      : bothTexts(
          'остановите сервер, сохраните файлы как есть и восстановите последнюю копию (npx letopis restore)',
          'stop the server, keep the files as they are, and restore the latest backup (npx letopis restore)',
        );
    return broken('damage', found, advice);
  });
}

/** Checks that the clock is not behind the last event. `now`: the clock of Letopis. */
export async function checkClockAgainst(events: DoctorEvents, now: string): Promise<DoctorCheck> {
  const last = await events.last();
  const recordedAt = last && fromStore(last).recordedAt;
  if (recordedAt === undefined || recordedAt <= now) {
    return good('clock', bothTexts('часы не отстают от последнего события', 'the clock is not behind the last event'));
  }
  const seconds = Math.round((Date.parse(recordedAt) - Date.parse(now)) / 1_000);
  const found = bothTexts(
    `часы отстают от последнего события на ${seconds} с`,
    `the clock is ${seconds} s behind the last event`,
  );
  return warning('clock', found, bothTexts('выставьте часы (NTP)', 'set the clock right (NTP)'));
}
