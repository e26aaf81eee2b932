import { join } from 'node:path';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { keysIn, openVault } from '../../src/engine/vault/sqlite.js';
import { vaultConformance } from './vault.js';

const fileIn = (directory: string) => join(directory, 'keys.db');

vaultConformance({
  name: 'sqlite',
  open: (directory, masterKey) => openVault(fileIn(directory), masterKey),
  async edit(directory, keys) {
    const edited = keys((await keysIn(fileIn(directory))).subjects);
    const database = await openSqlite(fileIn(directory), 'writer');
    database.exec('DELETE FROM subject');
    const insert = database.prepare('INSERT INTO subject (id, lookup, wrapped) VALUES (?, ?, ?)');
    for (const { subject, lookup, wrapped } of edited) insert.run(subject, lookup, wrapped);
    database.close();
  },
  async failing(directory, masterKey, how) {
    const vault = await openVault(fileIn(directory), masterKey);
    // Another connection makes writes to the file fail, so that the vault itself is not changed.
    const other = await openSqlite(fileIn(directory), 'writer');
    const then = how === 'refuses' ? "RAISE(FAIL, 'disk I/O error')" : 'RAISE(IGNORE)';
    other.exec(`CREATE TRIGGER failing BEFORE INSERT ON subject BEGIN SELECT ${then}; END`);
    return {
      vault,
      mend: () => other.exec('DROP TRIGGER failing'),
      async close() {
        vault.close();
        other.close();
      },
    };
  },
  place: (directory) => ['sqlite', fileIn(directory)],
});
