import { describe } from '@jest/globals';
import { appendCases } from './eventstore.append.js';
import { concurrencyCases } from './eventstore.concurrency.js';
import { defectCases } from './eventstore.defects.js';
import type { Abilities, Open } from './eventstore.fixture.js';
import { modelCases } from './eventstore.model.js';
import { readCases } from './eventstore.read.js';
import { repeatCases } from './eventstore.repeat.js';
import { subscriptionCases } from './eventstore.subscription.js';

/**
 * The cases that every event store must pass. `open` opens the store of a directory. After it was closed, a second call
 * for the directory finds the stored events.
 */
export function eventStoreConformance(name: string, open: Open, abilities: Abilities): void {
  describe(`event store ${name}`, () => {
    appendCases(open, abilities);
    repeatCases(open, abilities);
    readCases(open);
    subscriptionCases(open);
    defectCases(open);
    concurrencyCases(open);
    modelCases(open, abilities);
  });
}
