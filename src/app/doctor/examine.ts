import type { Bilingual } from '../../domain/language.js';
import { type OnClose, withOpened } from '../../engine/closing.js';
import type { ReadStore } from '../../engine/readstore/port.js';
import { faultOf } from '../../engine/storage/thrown.js';
import { onServer } from '../admin/client.js';
import { clockFrom } from '../clock.js';
import type { Config } from '../config.js';
import { type DataDirectory, filesIn } from '../dataDirectory.js';
import { serverStatus } from '../operations/status.js';
import { faultInBoth } from '../russian/faults.js';
import { EMBEDDED } from '../stores.js';
import { openVerifiable } from '../verifiableStores.js';
import { bothTexts, type DoctorCheck, skippedCheck, warning } from './check.js';
import { checkAppendRight, checkClockAgainst, checkDamage, type DoctorEvents, openEvents } from './events.js';
import { checkLog, checkPersonKeys } from './history.js';
import { checkDirectory, checkDisk, checkSettings, checkVersions } from './machine.js';
import { checkIndexes, checkLag, checkQuarantine, openReadModelsFile } from './readModels.js';

/** The result of `letopis doctor`. */
export interface Examination {
  /** The worst state of all checks. */
  readonly state: 'good' | 'warning' | 'broken';
  readonly checks: readonly DoctorCheck[];
}

/**
 * Examines an installation: its settings, files and engines. Stores nothing. A server may run.
 *
 * @param onCheck called with each check when it is done.
 */
export async function examine(config: Config, onCheck: (check: DoctorCheck) => void): Promise<Examination> {
  const checks: DoctorCheck[] = [];
  const report = (...done: readonly DoctorCheck[]): void => {
    for (const check of done) {
      checks.push(check);
      onCheck(check);
    }
  };
  await withOpened((onClose) => examineWith(config, filesIn(config.LETOPIS_DATA), onClose, report));
  const states = new Set(checks.map(({ state }) => state));
  const state = states.has('broken') ? 'broken' : states.has('warning') ? 'warning' : 'good';
  return { state, checks };
}

type DoctorReport = (...done: readonly DoctorCheck[]) => void;

async function examineWith(
  config: Config,
  files: DataDirectory,
  onClose: OnClose,
  report: DoctorReport,
): Promise<void> {
  report(...checkSettings(config), await checkVersions());
  const directory = await checkDirectory(files);
  report(directory, directory.state === 'broken' ? skippedCheck('disk') : await checkDisk(files));
  const { events, check } = await openEvents(config, files, onClose);
  report(check);
  if (events) {
    if (events.store) report(await checkAppendRight(events.store));
    report(...checkDamage(events), await checkClockAgainst(events, clockFrom(config.LETOPIS_CLOCK)()));
  } else report(skippedCheck('damage'));
  const { store, isServed } = await examineReadStore(config, files, onClose, report);
  const status = await serverSays(config, report);
  if (store) {
    report(await checkIndexes(store), await checkQuarantine(store));
    report(events ? await checkLag(store, events, isServed || status !== undefined) : skippedCheck('readModels'));
  } else report(skippedCheck('indexes'), skippedCheck('readModels'));
  if (events && store) await examineHistory(config, files, events, status?.logProblem, onClose, report);
  else report(skippedCheck('keys'), skippedCheck('log'));
}

async function examineReadStore(
  config: Config,
  files: DataDirectory,
  onClose: OnClose,
  report: DoctorReport,
): Promise<{ readonly store: ReadStore | undefined; readonly isServed: boolean }> {
  if (config.LETOPIS_READ_STORE === EMBEDDED) {
    const { store, check } = await openReadModelsFile(files, onClose);
    report(check);
    return { store, isServed: false };
  }
  const { checkLeases, checkSkew, checkWriteRight, openDoctorMongo } = await import('./mongo.js');
  const { mongo, check } = await openDoctorMongo(config.LETOPIS_READ_STORE, onClose);
  report(check);
  if (!mongo) {
    report(skippedCheck('leases'));
    return { store: undefined, isServed: false };
  }
  const leases = await checkLeases(mongo, config.LETOPIS_PARTS);
  report(await checkWriteRight(mongo), await checkSkew(mongo), leases.check);
  return { store: mongo.store, isServed: leases.isServed };
}

/** Returns the status of the server of the data directory; undefined when none runs there. */
async function serverSays(config: Config, report: DoctorReport) {
  try {
    const answer = await onServer(config, serverStatus, {});
    return answer.answered ? answer.result : undefined;
  } catch (error) {
    const found = bothTexts(
      `сервер этого каталога не отвечает: ${faultInBoth(error).ru}`,
      `the server of this directory does not answer: ${faultOf(error)}`,
    );
    report(warning('directory', found, bothTexts('посмотрите в его журнал', 'look into its log')));
    return undefined;
  }
}

async function examineHistory(
  config: Config,
  files: DataDirectory,
  events: DoctorEvents,
  logProblem: Bilingual | null | undefined,
  onClose: OnClose,
  report: DoctorReport,
): Promise<void> {
  const stores = await openVerifiable(config, files, onClose);
  report(await checkLog(events, stores, logProblem), await checkPersonKeys(events, stores, files, config));
}
