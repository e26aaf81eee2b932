import { describe, expect, it } from '@jest/globals';
import { mongoReadStore } from '../../src/engine/readstore/mongodb/store.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { readStoreConformance } from './readstore.js';

onMongo('read store', ({ kind, url, databaseOf }) => {
  // Every case has a database of its own on the one server, dropped with the last store that is closed.
  const open = async (directory: string): Promise<ReadStore> =>
    mongoReadStore(databaseOf(directory), { dropAfterMs: 0 });

  // Java compares texts by UTF-16 unit: the stand-in cannot show what MongoDB does with the rarest characters.
  readStoreConformance(`MongoDB (${kind})`, open, { ordersByCodePoint: kind === 'real' });

  describe('which server answered', () => {
    it(kind === 'real' ? 'a real one' : 'the stand-in: set MONGODB_URL for a real one', () => {
      expect(url()).toMatch(/^mongodb/);
    });
  });
});
