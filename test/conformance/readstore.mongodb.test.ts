import { describe, expect, it } from '@jest/globals';
import { mongoReadStore } from '../../src/engine/readstore/mongodb/store.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { readStoreConformance } from './readstore.js';

onMongo('read store', ({ kind, url, databaseOf }) => {
  // Every case has its own database on the one server. It is dropped when the last store is closed.
  const open = async (directory: string): Promise<ReadStore> =>
    mongoReadStore(databaseOf(directory), { dropAfterMs: 0 });

  // Java compares texts by UTF-16 unit, so the stand-in cannot show how MongoDB orders characters beyond the basic
  // plane.
  readStoreConformance(`MongoDB (${kind})`, open, { ordersByCodePoint: kind === 'real' });

  describe('which server answered', () => {
    it(kind === 'real' ? 'a real one' : 'the stand-in: set MONGODB_URL for a real one', () => {
      expect(url()).toMatch(/^mongodb/);
    });
  });
});
