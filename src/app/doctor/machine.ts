import { access, constants, stat, statfs } from 'node:fs/promises';
import { openSqlite } from '../../engine/storage/sqlite.js';
import { faultOf } from '../../engine/storage/thrown.js';
import { sizeText } from '../bilingual.js';
import type { Config } from '../config.js';
import type { DataDirectory } from '../dataDirectory.js';
import { faultInBoth } from '../russian/faults.js';
import { EMBEDDED } from '../stores.js';
import { version } from '../version.js';
import { bothTexts, broken, type DoctorCheck, good, warning } from './check.js';

/** The oldest Node.js that Letopis runs on. */
const MIN_NODE = [20, 19] as const;

/** Free space of the disk in bytes. Below the first limit it is reported; below the second Letopis cannot work. */
const LOW_DISK = 1_000_000_000;
const FULL_DISK = 100_000_000;

/** Checks settings that are valid, but weaken what is stored or who can read it. */
export function checkSettings(config: Config): DoctorCheck[] {
  const findings: DoctorCheck[] = [];
  if (config.LETOPIS_CLOCK !== undefined) {
    const found = bothTexts('LETOPIS_CLOCK сдвигает часы Letopis', 'LETOPIS_CLOCK shifts the clock of Letopis');
    const advice = bothTexts(
      'уберите эту настройку: она для показа и проверок',
      'remove this setting: it is for demonstrations and tests',
    );
    findings.push(warning('settings', found, advice));
  }
  if (config.LETOPIS_READ_STORE !== EMBEDDED && config.LETOPIS_MASTER_KEY === undefined) {
    const found = bothTexts(
      'главный ключ лежит в каталоге одного процесса (master.key), а ключи лиц общие, в MongoDB',
      'the master key is in the directory of one process (master.key), but the keys of persons are shared, in MongoDB',
    );
    const advice = bothTexts(
      'дайте один и тот же LETOPIS_MASTER_KEY всем процессам и сохраните его отдельно',
      'give the same LETOPIS_MASTER_KEY to all processes, and keep a copy elsewhere',
    );
    findings.push(warning('settings', found, advice));
  }
  for (const name of ['LETOPIS_EVENT_STORE', 'LETOPIS_READ_STORE'] as const) {
    if (!isOpenToNetwork(config[name])) continue;
    const found = bothTexts(
      `${name}: другой сервер без шифрования (TLS)`,
      `${name}: another server without encryption (TLS)`,
    );
    const advice = bothTexts(
      'включите TLS на сервере и в этой настройке, если сеть между ними видна другим (docs/cluster.md)',
      'switch TLS on, on the server and in this setting, unless nobody else can see the network between them (docs/cluster.md)',
    );
    findings.push(warning('settings', found, advice));
  }
  return findings.length > 0
    ? findings
    : [good('settings', bothTexts('настройки в порядке', 'the settings are sound'))];
}

/** Returns true for a connection string of another machine without TLS. */
function isOpenToNetwork(place: string): boolean {
  if (place === EMBEDDED) return false;
  const [address = '', query = ''] = place.split('?', 2);
  const rest = address.slice(address.indexOf('://') + '://'.length);
  const [hosts = ''] = rest.slice(rest.lastIndexOf('@') + 1).split('/', 1);
  const isHere = hosts.split(',').every((host) => /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/.test(host));
  const options = new URLSearchParams(query.toLowerCase());
  const isMongo = place.startsWith('mongodb');
  const isEncrypted = isMongo
    ? options.get('tls') === 'true' || options.get('ssl') === 'true' || place.startsWith('mongodb+srv:')
    : options.get('tls') !== 'false';
  return !isHere && !isEncrypted;
}

/** Checks the data directory: it exists, can be written to, and is closed to others. */
export async function checkDirectory({ path }: DataDirectory): Promise<DoctorCheck> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const found = bothTexts(
      `каталог данных ${path} недоступен (${faultInBoth(error).ru})`,
      `the data directory ${path} cannot be used (${faultOf(error)})`,
    );
    const advice = bothTexts(
      'дайте владельцу сервера право писать в него или укажите другой в LETOPIS_DATA',
      'give the owner of the server the right to write to it, or name another one in LETOPIS_DATA',
    );
    return broken('directory', found, advice);
  }
  if (((await stat(path)).mode & 0o077) !== 0) {
    const found = bothTexts(`в каталог данных ${path} могут заглянуть другие`, `others may look into ${path}`);
    return warning(
      'directory',
      found,
      bothTexts('перезапустите сервер или дайте chmod 700', 'restart the server, or chmod 700'),
    );
  }
  return good('directory', bothTexts(`каталог данных ${path} доступен`, `the data directory ${path} can be used`));
}

/**
 * Checks the free space of the disk of the data directory.
 *
 * @param free the free space in bytes; default: that of the disk.
 */
export async function checkDisk({ path, readModels }: DataDirectory, free?: number): Promise<DoctorCheck> {
  const bytes = free ?? (await freeSpace(path));
  const rebuild = await stat(readModels).then(
    ({ size }) => size,
    () => 0,
  );
  const text = bothTexts(`свободно ${sizeText(bytes).ru}`, `${sizeText(bytes).en} free`);
  const advice = bothTexts('освободите место на диске', 'free space on the disk');
  if (bytes < FULL_DISK) return broken('disk', text, advice);
  if (bytes >= Math.max(LOW_DISK, rebuild)) return good('disk', text);
  return warning('disk', text, {
    ru: `${advice.ru}: перестройке представлений нужно ещё ${sizeText(rebuild).ru}`,
    en: `${advice.en}: a rebuild of the read models needs ${sizeText(rebuild).en} more`,
  });
}

async function freeSpace(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Checks the versions of Node.js and SQLite. */
export async function checkVersions(): Promise<DoctorCheck> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const database = await openSqlite(':memory:', 'lock');
  const sqlite = String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
  database.close();
  const found = bothTexts(
    `Letopis ${version}, Node.js ${process.versions.node}, SQLite ${sqlite}`,
    `Letopis ${version}, Node.js ${process.versions.node}, SQLite ${sqlite}`,
  );
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    return broken('versions', found, bothTexts('нужен Node.js 20.19 или новее', 'Node.js 20.19 or later is needed'));
  }
  if (losesCommits(sqlite)) {
    const advice = bothTexts(
      'поставьте SQLite 3.51.3 или новее: эта может потерять запись (ошибка WAL-reset)',
      'install SQLite 3.51.3 or later: this one can lose a commit (the WAL-reset fault)',
    );
    return broken('versions', found, advice);
  }
  return good('versions', found);
}

/** Returns true for a version of SQLite that can lose a commit when checkpoints of several connections race. */
export function losesCommits(sqlite: string): boolean {
  const [major = 0, minor = 0, patch = 0] = sqlite.split('.').map(Number);
  if (major !== 3 || minor < 7 || minor > 51) return false;
  return !((minor === 51 && patch >= 3) || (minor === 50 && patch >= 7) || (minor === 44 && patch >= 6));
}
