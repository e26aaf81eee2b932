import { describe } from '@jest/globals';
import { checkpointsConform } from './readstore.checkpoints.js';
import { findingConforms } from './readstore.find.js';
import type { OpenReadStore } from './readstore.fixture.js';
import { pagesConform } from './readstore.pages.js';
import { writingConforms } from './readstore.write.js';

/** What every read store has to do, whatever it is made of. `open` on the same directory gives the same documents. */
export function readStoreConformance(name: string, open: OpenReadStore): void {
  describe(`read store: ${name}`, () => {
    describe('writing', () => writingConforms(open));
    describe('finding', () => findingConforms(open));
    describe('pages', () => pagesConform(open));
    describe('checkpoints and the whole store', () => checkpointsConform(open));
  });
}
