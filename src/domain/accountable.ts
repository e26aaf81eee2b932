import { memoized } from './memo.js';
import { accountableFor, type ConfirmedAccountable, type Party, partyKey, type Responsible } from './parties.js';
import type { Activity, ExistingPlan, PlanDetails } from './plan.js';

/** The accountable party of an activity, which reports for it: a printed party, or the unit that keeps the plan. */
export interface AccountableParty {
  /** Key of the party, see {@link partyKey}. */
  readonly key: string;
  readonly party: Party;
  /** True until somebody confirms the party. */
  readonly assumed: boolean;
}

/** Returns the accountable party of an activity. */
export function accountableOf({ details }: ExistingPlan, activity: Activity): AccountableParty {
  return accountableIn(activity.responsible, details, activity.accountable);
}

const accountableIn = memoized(
  ({ parties }: Responsible, details: PlanDetails, confirmed: ConfirmedAccountable | null): AccountableParty => {
    const accountable = accountableFor(parties, details.ownerUnit, confirmed);
    const party = accountable.by === 'party' ? accountable.party : owningParty(details);
    return { key: partyKey(party), party, assumed: accountable.assumed };
  },
);

const owningParty = memoized(
  ({ ownerUnit }: PlanDetails): Party => ({ name: [ownerUnit], kind: 'unit', agreement: false, joint: false }),
);
