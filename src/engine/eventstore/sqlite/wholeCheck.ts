import type { Finding } from '../../log/findings.js';
import { verifierOf } from '../../log/keyRing.js';
import { verifyLog } from '../../log/verify.js';
import { isDamage } from '../../storage/failure.js';
import { openSqliteReadOnly, type SqliteDatabase } from '../../storage/sqlite.js';
import { faultOf } from '../../storage/thrown.js';
import type { Damage } from '../damage.js';
import { LogReader } from './logReader.js';
import { identify } from './schema.js';
import { chronicleDamage, gaps, pageDamage } from './soundness.js';

/** Maximum number of damaged streams that are listed one by one. With more, the extent of the damage is not known. */
const MAX_STREAMS = 1_000;

/** The input of the thread of a check. */
export interface CheckInput {
  readonly file: string;
  /** The first number is set to a value other than 0 to stop the check. */
  readonly stop: Int32Array;
}

/** Thrown when a check is ended before it is complete. */
class CheckStopped extends Error {
  override readonly name = 'CheckStopped';
}

/**
 * Checks a whole chronicle in one snapshot: its pages, its indexes against the table, each event against the log, and
 * the log against the checkpoints signed with its own key. Writes nothing.
 *
 * @param isStopped called repeatedly; true ends the check.
 * @throws CheckStopped; Error if the file cannot be read for another reason than damage.
 */
export async function checkWhole(file: string, isStopped = () => false): Promise<Damage[]> {
  const goOn = () => {
    if (isStopped()) throw new CheckStopped('the check was stopped');
  };
  return inSnapshot(file, async (database) => {
    goOn();
    const inPages = pageDamage(database);
    goOn();
    const found = [...inPages, ...(await historyDamage(file, database, goOn))];
    return found.filter(({ stream }) => stream !== null).length > MAX_STREAMS
      ? [chronicleDamage(`more than ${MAX_STREAMS} streams are damaged`)]
      : found;
  });
}

/**
 * Returns the damage in the pages and indexes of a chronicle file. It runs the integrity check of SQLite, and compares
 * the number of events of each stream in the table and in the index. Writes nothing.
 *
 * @throws Error when the file cannot be read for another reason than damage.
 */
export async function damageOfPages(file: string): Promise<Damage[]> {
  return inSnapshot(file, async (database) => pageDamage(database));
}

/** Returns the damage that a check finds in one snapshot of a file, or the damage that makes the file unreadable. */
async function inSnapshot(file: string, check: (database: SqliteDatabase) => Promise<Damage[]>): Promise<Damage[]> {
  const database = await openSqliteReadOnly(file);
  try {
    database.exec('BEGIN');
    return await check(database);
  } catch (error) {
    if (isDamage(error)) return [chronicleDamage(faultOf(error))];
    throw error;
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.close();
  }
}

async function historyDamage(file: string, database: SqliteDatabase, goOn: () => void): Promise<Damage[]> {
  const log = new LogReader(database, identify(file, database, false));
  const key = verifierOf(log.publicKeys()?.log ?? '');
  // A chronicle that never ran with a log has no key: verify with a null key, so that no signature there is valid.
  const trust = {
    log: key ?? { name: log.origin, publicKey: Buffer.alloc(32) },
    witness: undefined,
    remembered: undefined,
  };
  const { findings, found } = await verifyLog(log, trust, goOn);
  const incomplete = gaps(database);
  const missing = incomplete.reduce((sum, gap) => sum + gap.missing, 0);
  const removed = findings.reduce((sum, finding) => sum + (finding.kind === 'removed' ? findingLength(finding) : 0), 0);
  // Missing events are reported for the streams that lack them. A count above the number of gaps means that events at
  // the ends of streams are missing too. Then all findings are reported unchanged.
  const rest = removed <= missing ? findings.filter(({ kind }) => kind !== 'removed') : findings;
  const byStream = new Map<string | null, Damage>();
  for (const damage of [
    ...incomplete.map((gap) => ({ stream: gap.stream, problem: `events missing: ${gap.missing}` })),
    ...rest.map(damageBy),
  ]) {
    if (!byStream.has(damage.stream)) byStream.set(damage.stream, damage);
  }
  return found > findings.length
    ? [chronicleDamage(`${found} events differ from what was recorded`)]
    : [...byStream.values()];
}

/**
 * Returns the damage for a finding of the log. A changed event closes its stream; any other finding closes the
 * chronicle.
 */
function damageBy(finding: Finding): Damage {
  switch (finding.kind) {
    case 'edited':
    case 'misplaced':
    case 'unchained': {
      const { position, stream, revision } = finding.entry;
      return { stream, problem: `event ${position} (revision ${revision}) is ${finding.kind}` };
    }
    default:
      return chronicleDamage(`the log and the events differ: ${JSON.stringify(finding)}`);
  }
}

function findingLength({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from + 1;
}
