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
  place: (directory) => ['sqlite', fileIn(directory)],
});
