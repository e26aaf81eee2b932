import { ImpossibleEvent } from '../../impossible.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import { MAX_NUMBER, MAX_TITLE } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, optionalLine, requiredText } from '../checks.js';
import { withEntry } from '../updates.js';

/** The command to change a section. An omitted field does not change. */
export interface ChangeSection {
  readonly sectionId: string;
  readonly title?: string;
  readonly numberText?: string;
}

interface SectionChanged {
  readonly sectionId: string;
  readonly numberText: string;
  readonly title: string;
}

/** Changes the title or the printed number of a section in a draft. */
export const changeSection: PlanCapability<{ SectionChanged: SectionChanged }, { changeSection: ChangeSection }> = {
  events: {
    SectionChanged: {
      evolve(plan, { sectionId, ...changed }) {
        const section = plan.sections.get(sectionId);
        if (!section) throw new ImpossibleEvent(`no section ${sectionId}`);
        return { ...plan, sections: withEntry(plan.sections, sectionId, { ...section, ...changed }) };
      },
      sentence: ({ title }) => [`Изменён раздел «${title}»`, `Section «${title}» changed`],
    },
  },
  commands: {
    changeSection: {
      givenBy: KEEPERS,
      inStatus: ['DRAFT'],
      decide(plan, command) {
        const section = plan.sections.get(command.sectionId);
        if (!section) return refuse('SECTION_NOT_FOUND', 'sectionId');
        const { title = section.title, numberText = section.numberText } = command;
        return (
          firstOf(
            requiredText('title', title, MAX_TITLE),
            optionalLine('title', command.title, MAX_TITLE),
            optionalLine('numberText', command.numberText, MAX_NUMBER),
            title === section.title && numberText === section.numberText ? refuse('NOTHING_CHANGES') : undefined,
          ) ?? accept({ type: 'SectionChanged', data: { sectionId: section.id, title, numberText } })
        );
      },
    },
  },
};
