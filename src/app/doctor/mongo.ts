import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { OnClose } from '../../engine/closing.js';
import { mongoLeases } from '../../engine/leases/mongodb.js';
import type { Lease } from '../../engine/leases/table.js';
import { mongoReadStore } from '../../engine/readstore/mongodb/store.js';
import { type ReadStore, ReadStoreUnavailable } from '../../engine/readstore/port.js';
import { withMongoTimeout } from '../../engine/storage/mongodb.js';
import { faultOf } from '../../engine/storage/thrown.js';
import { openMongo } from '../clusterStores.js';
import { leasesOf } from '../leases.js';
import { faultInBoth } from '../russian/faults.js';
import { bothTexts, broken, type DoctorCheck, good, warning } from './check.js';

/** The oldest supported MongoDB. */
const MIN_MONGODB = 5;

/** How long leases are watched, in milliseconds: an owner renews each of them every second. */
const MONGO_WATCH_MS = 3_000;

/** Differences of clocks that are reported, in milliseconds. */
const SKEW_MS = 2_000;

/** An open connection to MongoDB, for its checks. */
export interface DoctorMongo {
  readonly db: Db;
  readonly store: ReadStore;
}

/** Connects to MongoDB. Returns the connection, and the check with the version. */
export async function openDoctorMongo(
  url: string,
  onClose: OnClose,
): Promise<{ readonly mongo: DoctorMongo | undefined; readonly check: DoctorCheck }> {
  try {
    const { db, close } = await openMongo(url);
    onClose(close);
    const store = mongoReadStore(db);
    onClose(() => store.close());
    const version = String((await command(db, { buildInfo: 1 })).version);
    const text = bothTexts(`представления: MongoDB ${version} отвечает`, `read models: MongoDB ${version} answers`);
    if (Number(version.split('.')[0]) < MIN_MONGODB) {
      const check = broken(
        'readStore',
        text,
        bothTexts('нужна MongoDB 5.0 или новее', 'MongoDB 5.0 or later is needed'),
      );
      return { mongo: { db, store }, check };
    }
    return { mongo: { db, store }, check: good('readStore', text) };
  } catch (error) {
    const found = bothTexts(
      `MongoDB недоступна: ${faultInBoth(error).ru}`,
      `MongoDB cannot be used: ${faultOf(error)}`,
    );
    const advice = bothTexts(
      'проверьте, что она запущена и доступна по сети, и адрес, имя, пароль и TLS в LETOPIS_READ_STORE',
      'check that it runs and can be reached, and the address, user, password and TLS in LETOPIS_READ_STORE',
    );
    return { mongo: undefined, check: broken('readStore', found, advice) };
  }
}

/** Checks that the account may write, by an update that matches no record. Nothing is stored. */
export async function checkWriteRight({ db }: DoctorMongo): Promise<DoctorCheck> {
  try {
    await guarded(() =>
      db.collection<{ _id: string }>('letopis_leases').updateOne({ _id: '' }, { $set: { owner: '' } }),
    );
    return good('readStoreRights', bothTexts('учётная запись читает и пишет', 'the account may read and write'));
  } catch (error) {
    const found = bothTexts(
      `писать в MongoDB нельзя: ${faultInBoth(error).ru}`,
      `MongoDB refuses writes: ${faultOf(error)}`,
    );
    const advice = bothTexts(
      'дайте учётной записи роль readWrite на базу из LETOPIS_READ_STORE; если диск полон, освободите место',
      'give the account the role readWrite on the database in LETOPIS_READ_STORE; if its disk is full, free space',
    );
    return broken('readStoreRights', found, advice);
  }
}

/** Compares the clock of this machine with that of MongoDB. `now`: milliseconds since 1970. */
export async function checkSkew({ db }: DoctorMongo, now: () => number = Date.now): Promise<DoctorCheck> {
  const before = now();
  const { localTime } = await command(db, { hello: 1 }).catch(() => command(db, { isMaster: 1 }));
  if (!(localTime instanceof Date)) {
    return good('clock', bothTexts('MongoDB не говорит своего времени', 'MongoDB does not tell its time'));
  }
  // Assume that MongoDB read its clock halfway through the call.
  const skew = Math.round((before + now()) / 2 - localTime.getTime());
  const text = bothTexts(
    `часы этой машины и MongoDB расходятся на ${Math.abs(skew)} мс`,
    `the clocks of this machine and of MongoDB differ by ${Math.abs(skew)} ms`,
  );
  if (Math.abs(skew) <= SKEW_MS) return good('clock', text);
  return warning('clock', text, bothTexts('выставьте часы на обеих (NTP)', 'set both clocks right (NTP)'));
}

/** Checks that every lease has an owner that renews it. */
export async function checkLeases(
  { db }: DoctorMongo,
  parts: number,
): Promise<{ readonly check: DoctorCheck; readonly isServed: boolean }> {
  const roles = new Set(['projections', 'deadlines', 'webhooks'] as const);
  const names = leasesOf({ LETOPIS_ROLES: roles, LETOPIS_PARTS: parts });
  const before = await leasesIn(db, names);
  await pause(MONGO_WATCH_MS);
  const after = await leasesIn(db, names);
  const isHeld = (name: string): boolean => {
    const [one, other] = [before.get(name), after.get(name)];
    return other !== undefined && other.owner !== '' && (one?.beat !== other.beat || one.owner !== other.owner);
  };
  const owners = [...new Set(names.filter(isHeld).map((name) => processOf(after.get(name))))];
  const free = names.filter((name) => !isHeld(name));
  const isServed = owners.length > 0;
  if (free.length === 0) {
    const list = owners.join('; ');
    return { isServed, check: good('leases', bothTexts(`всю работу ведут: ${list}`, `all work is done by: ${list}`)) };
  }
  const list = free.join(', ');
  const found = bothTexts(`никто не ведёт: ${list}`, `nobody does: ${list}`);
  const advice = bothTexts(
    'запустите процесс с ролями projections, deadlines, webhooks (LETOPIS_ROLES)',
    'start a process with the roles projections, deadlines, webhooks (LETOPIS_ROLES)',
  );
  return { isServed, check: broken('leases', found, advice) };
}

/** Returns the host and process id of the owner of a lease. */
function processOf(lease: Lease | undefined): string {
  return (lease?.owner ?? '').split(' ').slice(0, 2).join(' ');
}

async function leasesIn(db: Db, names: readonly string[]): Promise<ReadonlyMap<string, Lease>> {
  const table = mongoLeases(db);
  const found = await Promise.all(names.map(async (name) => [name, await guarded(() => table.look(name))] as const));
  return new Map(found.flatMap(([name, lease]) => (lease ? [[name, lease] as const] : [])));
}

function command(db: Db, what: Readonly<Record<string, number>>): Promise<Readonly<Record<string, unknown>>> {
  return guarded(() => db.command(what));
}

function guarded<T>(work: () => Promise<T>): Promise<T> {
  return withMongoTimeout(work, (message, cause) => new ReadStoreUnavailable(message, { cause }));
}
