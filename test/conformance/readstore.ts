import { describe } from '@jest/globals';
import { checkpointsConform } from './readstore.checkpoints.js';
import { findingConforms } from './readstore.find.js';
import type { Abilities, OpenReadStore } from './readstore.fixture.js';
import { keysConform } from './readstore.keys.js';
import { pagesConform } from './readstore.pages.js';
import { writingConforms } from './readstore.write.js';

/** The cases that every read store must pass. `open` on the same directory finds the same records. */
export function readStoreConformance(name: string, open: OpenReadStore, abilities: Abilities): void {
  describe(`read store: ${name}`, () => {
    describe('writing', () => writingConforms(open));
    describe('finding', () => findingConforms(open, abilities));
    describe('key fields', () => keysConform(open));
    describe('pages', () => pagesConform(open, abilities));
    describe('checkpoints and the whole store', () => checkpointsConform(open));
  });
}
