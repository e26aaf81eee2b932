import { join } from 'node:path';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { readStoreConformance } from './readstore.js';

readStoreConformance('sqlite', (directory) => openSqliteReadStore(join(directory, 'read.db')), {
  ordersByCodePoint: true,
});
