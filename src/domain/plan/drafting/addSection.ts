import { generateKeyBetween } from 'fractional-indexing';
import { sectionsInOrder } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import { MAX_NUMBER, MAX_TITLE } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, freeExternalId, optionalLine, requiredLine, validExternalId } from '../checks.js';
import { withEntry } from '../updates.js';

/** Maximum number of sections of a plan. */
const MAX_SECTIONS = 500;

/** The first place among the sections. */
export const FIRST = { first: true } as const;

/** The command to add a section. `after`: the section before the new one; null to put it last. */
export interface AddSection {
  readonly title: string;
  readonly numberText: string;
  readonly after: string | null | typeof FIRST;
  readonly externalId?: string | null;
}

interface SectionAdded {
  readonly sectionId: string;
  readonly order: string;
  readonly numberText: string;
  readonly title: string;
  readonly externalId: string | null;
}

/** Adds a section to a draft. */
export const addSection: PlanCapability<{ SectionAdded: SectionAdded }, { addSection: AddSection }> = {
  events: {
    SectionAdded: {
      // Version 1 was written before sections had external ids.
      upcasters: [(data) => ({ ...data, externalId: null })],
      evolve: (plan, { sectionId, ...section }) => ({
        ...plan,
        sections: withEntry(plan.sections, sectionId, { id: sectionId, ...section }),
        lastSection: plan.lastSection + 1,
      }),
      sentence: ({ title }) => [`Добавлен раздел «${title}»`, `Section «${title}» added`],
    },
  },
  commands: {
    addSection: {
      givenBy: KEEPERS,
      inStatus: ['DRAFT'],
      decide(plan, { title, numberText, after, externalId = null }) {
        const sections = sectionsInOrder(plan);
        const named = sections.findIndex(({ id }) => id === after);
        const index = after === null ? sections.length - 1 : named;
        const refused = firstOf(
          requiredLine('title', title, MAX_TITLE),
          optionalLine('numberText', numberText, MAX_NUMBER),
          validExternalId(externalId),
          freeExternalId('section', sections, externalId),
          sections.length >= MAX_SECTIONS ? refuse('TOO_MANY', null, { max: MAX_SECTIONS }) : undefined,
          typeof after === 'string' && named < 0 ? refuse('SECTION_NOT_FOUND', 'place.after') : undefined,
        );
        const order = generateKeyBetween(sections[index]?.order ?? null, sections[index + 1]?.order ?? null);
        const sectionId = `s${plan.lastSection + 1}`;
        const data = { sectionId, order, numberText, title: title.trim(), externalId };
        return refused ?? accept({ type: 'SectionAdded', data });
      },
    },
  },
};
