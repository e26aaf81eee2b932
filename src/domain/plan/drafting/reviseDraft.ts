import type { PersonalText } from '../../personal.js';
import { MAX_ACTIVITIES } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import type { PlanEvent } from '../catalogue.js';
import { fewEnough } from '../checks.js';
import type { AddActivity } from '../content/addActivity.js';
import { refusedAt } from '../content/amendPlan.js';
import type { MoveActivity } from '../content/moveActivity.js';
import type { ReassignActivity } from '../content/reassignActivity.js';
import type { RescheduleActivity } from '../content/rescheduleActivity.js';
import type { RewordActivity } from '../content/rewordActivity.js';
import type { AddSection } from './addSection.js';
import type { ChangePlanDetails } from './changePlanDetails.js';
import type { ChangeSection } from './changeSection.js';
import type { RemoveActivity } from './removeActivity.js';
import type { RemoveSection } from './removeSection.js';

/** One change of a draft. */
export type DraftChange<Person = PersonalText> =
  | ({ readonly type: 'changePlanDetails' } & ChangePlanDetails)
  | ({ readonly type: 'addSection' } & AddSection)
  | ({ readonly type: 'changeSection' } & ChangeSection)
  | ({ readonly type: 'removeSection' } & RemoveSection)
  | ({ readonly type: 'removeActivity' } & RemoveActivity)
  | ({ readonly type: 'rewordActivity' } & RewordActivity)
  | ({ readonly type: 'rescheduleActivity' } & RescheduleActivity)
  | ({ readonly type: 'moveActivity' } & MoveActivity)
  | ({ readonly type: 'addActivity' } & AddActivity<Person>)
  | ({ readonly type: 'reassignActivity' } & ReassignActivity<Person>);

/** Applies all changes of a corrected document to a draft in their order, or none of them. */
export const reviseDraft: PlanCapability<
  Readonly<Record<never, never>>,
  { reviseDraft: { readonly changes: readonly DraftChange[] } }
> = {
  events: {},
  commands: {
    reviseDraft: {
      givenBy: KEEPERS,
      usesOwnReadings: true,
      inStatus: ['DRAFT'],
      decide(plan, { changes }, given, catalogue) {
        if (changes.length === 0) return refuse('NOTHING_CHANGES');
        const tooMany = fewEnough('changes', changes, 2 * MAX_ACTIVITIES);
        if (tooMany) return tooMany;
        const events: PlanEvent[] = [];
        let revised = plan;
        for (const [index, change] of changes.entries()) {
          const decision = catalogue.decide(revised, change, given);
          if (decision.kind === 'refused') return refusedAt(decision, `changes.${index}`);
          revised = decision.events.reduce(catalogue.evolve, revised);
          events.push(...decision.events);
        }
        return accept(...events);
      },
    },
  },
};
