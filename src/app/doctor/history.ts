import type { Bilingual } from '../../domain/language.js';
import { faultOf } from '../../engine/storage/thrown.js';
import type { Config } from '../config.js';
import type { DataDirectory } from '../dataDirectory.js';
import { verifyKeysBeside } from '../operations/verifyKeys.js';
import { messageInBoth } from '../russian/messages.js';
import type { VerifiableStores } from '../verifiableStores.js';
import { bothTexts, broken, type DoctorCheck, good, warning } from './check.js';
import type { DoctorEvents } from './events.js';

/** Compares the keys of persons with the names in the events. Reads all events. */
export async function checkPersonKeys(
  events: DoctorEvents,
  stores: VerifiableStores,
  files: DataDirectory,
  config: Config,
): Promise<DoctorCheck> {
  const restore = bothTexts(
    'верните ключи (keys.db или базу MongoDB) из резервной копии вместе с главным ключом; npx letopis verify назовёт всех',
    'put the keys (keys.db, or the MongoDB database) back from a backup, with the master key; `npx letopis verify` names all persons',
  );
  const keys = await verifyKeysBeside(events, stores, files, config.LETOPIS_MASTER_KEY).catch((error: unknown) =>
    faultOf(error),
  );
  if (typeof keys === 'string') {
    return broken(
      'keys',
      bothTexts(`ключи лиц не читаются: ${messageInBoth(keys).ru}`, `the keys of persons cannot be read: ${keys}`),
      restore,
    );
  }
  if (keys === undefined) {
    return broken('keys', bothTexts('ключей лиц нет', 'there are no keys of persons'), restore);
  }
  const { persons, held, found, checked } = keys;
  if (found > 0) {
    const text = bothTexts(
      `ключи ${found} лиц потеряны или повреждены (лиц в событиях ${persons}, ключей ${held})`,
      `the keys of ${found} persons are lost or damaged (persons in events ${persons}, keys ${held})`,
    );
    return broken('keys', text, restore);
  }
  if (checked === 'present') {
    const text = bothTexts(
      'главного ключа здесь нет, или он не подходит: имена не открыты',
      'the master key is not here, or does not fit: names were not opened',
    );
    const advice = bothTexts(
      'дайте его в LETOPIS_MASTER_KEY или master.key',
      'give it by LETOPIS_MASTER_KEY or master.key',
    );
    return persons === 0
      ? good('keys', bothTexts('имён в событиях нет', 'no names in events'))
      : warning('keys', text, advice);
  }
  return good('keys', bothTexts(`имена открываются (лиц ${persons})`, `all names can be opened (persons: ${persons})`));
}

/**
 * Checks that the log is signed, from the status of the running server, or from the anchor of the log.
 *
 * @param problem why the running server does not sign the log; undefined when no server runs here.
 */
export async function checkLog(
  events: DoctorEvents,
  { anchors }: VerifiableStores,
  problem: Bilingual | null | undefined,
): Promise<DoctorCheck> {
  const verify = bothTexts('проверьте историю: npx letopis verify', 'verify the history: npx letopis verify');
  if (problem) return broken('log', problem, verify);
  if (problem === null || (await anchors.store.read()) !== undefined) {
    return good('log', bothTexts('журнал подписывается', 'the log is signed'));
  }
  if ((await events.head()) === '') return good('log', bothTexts('летопись пуста', 'the chronicle is empty'));
  const found = bothTexts(
    `у журнала нет якоря (${anchors.name}): он не подписывается`,
    `the log has no anchor (${anchors.name}): it is not signed`,
  );
  const advice = bothTexts(
    'npx letopis verify; если история верна: npx letopis log accept --reason …',
    '`npx letopis verify`; if the history is right: `npx letopis log accept --reason …`',
  );
  return warning('log', found, advice);
}
