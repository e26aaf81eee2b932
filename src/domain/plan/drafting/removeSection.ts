import { activitiesOf } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { withFreed, withoutEntry } from '../updates.js';

/** The command to remove a section, which must be empty. */
export interface RemoveSection {
  readonly sectionId: string;
}

/** Removes an empty section from a draft. */
export const removeSection: PlanCapability<{ SectionRemoved: RemoveSection }, { removeSection: RemoveSection }> = {
  events: {
    SectionRemoved: {
      evolve: (plan, { sectionId }) => ({
        ...plan,
        sections: withoutEntry(plan.sections, sectionId),
        freedSectionIds: withFreed(plan.freedSectionIds, plan.sections.get(sectionId)),
      }),
      sentence: () => ['Удалён раздел', 'Section removed'],
    },
  },
  commands: {
    removeSection: {
      givenBy: KEEPERS,
      inStatus: ['DRAFT'],
      decide(plan, { sectionId }) {
        if (!plan.sections.has(sectionId)) return refuse('SECTION_NOT_FOUND', 'sectionId');
        return activitiesOf(plan, sectionId).length > 0
          ? refuse('SECTION_NOT_EMPTY', 'sectionId')
          : accept({ type: 'SectionRemoved', data: { sectionId } });
      },
    },
  },
};
