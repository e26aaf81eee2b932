import type { Damage } from '../../eventstore/damage.js';
import { pageDamage, whole } from '../../eventstore/sqlite/soundness.js';
import { faultOf, isDamage } from '../../storage/failure.js';
import { openSqliteToLook } from '../../storage/sqlite.js';

/**
 * Returns what is wrong with the pages and indexes of a chronicle's file, by SQLite's check of the whole of it and by
 * counting each stream in the table and in the index. Nothing is written.
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
