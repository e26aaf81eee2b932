import { evolveHolder } from '../../../src/domain/access/evolve.js';
import { evolve } from '../../../src/domain/evolve.js';
import { ImpossibleEvent } from '../../../src/domain/impossible.js';
import { evolveOrganisation } from '../../../src/domain/organisation/evolve.js';
import type { Recorded } from '../../../src/domain/recorded.js';
import type { AnyChange } from '../../../src/projections/model.js';

/** Returns a change as it would be if the data of its event were another; undefined if the event were impossible. */
export function changedBy(change: AnyChange, data: object): AnyChange | undefined {
  try {
    switch (change.of) {
      case 'plan': {
        const recorded = withData(change.recorded, data);
        return { ...change, recorded, after: evolve(change.before, recorded.event) };
      }
      case 'organisation': {
        const recorded = withData(change.recorded, data);
        return { ...change, recorded, after: evolveOrganisation(change.before, recorded.event) };
      }
      case 'holder': {
        const recorded = withData(change.recorded, data);
        return { ...change, recorded, after: evolveHolder(change.before, recorded.event) };
      }
      case 'plain':
        return { ...change, recorded: withData(change.recorded, data) };
    }
  } catch (error) {
    if (error instanceof ImpossibleEvent) return undefined;
    throw error;
  }
}

function withData<Event extends { readonly data: object }>(recorded: Recorded<Event>, data: object): Recorded<Event> {
  return { ...recorded, event: { ...recorded.event, data } };
}
