import type { Damage } from '../../engine/eventstore/damage.js';
import { pageDamage, whole } from '../../engine/eventstore/sqlite/soundness.js';
import { faultOf, isDamage } from '../../engine/storage/failure.js';
import { openSqliteToLook } from '../../engine/storage/sqlite.js';

/**
 * Returns the damage in the pages and indexes of a chronicle file. It runs the integrity check of SQLite, and compares
 * the number of events of each stream in the table and in the index. Writes nothing.
 *
 * @throws Error when the file cannot be read for another reason than damage.
 */
export async function damageOfPages(file: string): Promise<readonly Damage[]> {
  const database = await openSqliteToLook(file);
  try {
    database.exec('BEGIN');
    return pageDamage(database);
  } catch (error) {
    if (isDamage(error)) return [whole(faultOf(error))];
    throw error;
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.close();
  }
}
