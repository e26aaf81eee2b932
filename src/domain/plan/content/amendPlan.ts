import type { Basis, Given } from '../../actor.js';
import { asLocalDay, type Instant, type LocalDate, localDay } from '../../dates.js';
import type { ExistingPlan } from '../../plan.js';
import { accept, type Refused, refuse } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import type { Catalogue, PlanCapability } from '../capability.js';
import type { ContentChange, PlanDecision, PlanEvent } from '../catalogue.js';
import { fewEnough } from '../checks.js';

/** Maximum number of changes in one amendment that is entered by hand. */
export const MAX_CHANGES = 500;

interface PlanAmended {
  readonly edition: number;
  readonly reason: string;
  readonly basis: Basis | null;
  /** Local day of the decision; in events of version 1 the instant when they were recorded. */
  readonly amendedOn: LocalDate | Instant;
}

/**
 * Amends an approved plan (внесение изменений): a batch of content changes with one reason and basis gives the next
 * edition. PlanAmended precedes the change events in the same append.
 */
export const amendPlan: PlanCapability<
  { PlanAmended: PlanAmended },
  { amendPlan: { readonly changes: readonly ContentChange[] } }
> = {
  events: {
    PlanAmended: {
      upcasters: [(data, recordedAt) => ({ ...data, amendedOn: recordedAt })],
      evolve: (plan, data) => {
        const amendedOn = asLocalDay(data.amendedOn, plan.details.timeZone);
        return {
          ...plan,
          edition: data.edition,
          amendments: [...plan.amendments, { ...data, amendedOn, rows: [] }],
        };
      },
      sentence: ({ edition }) => [`Внесены изменения, редакция ${edition}`, `Amended, edition ${edition}`],
    },
  },
  commands: {
    amendPlan: {
      givenBy: APPROVERS,
      usesOwnReadings: true,
      inStatus: ['APPROVED'],
      decide(plan, { changes }, given, catalogue) {
        if (changes.length === 0) return refuse('REQUIRED', 'changes');
        const tooMany = fewEnough('changes', changes, MAX_CHANGES);
        return tooMany ?? amendBy(plan, changes, given, catalogue, (index) => `changes.${index}`);
      },
    },
  },
};

/**
 * Decides on content changes of an approved plan as one amendment. `pathOf` returns the input path of a change by
 * index.
 */
export function amendBy(
  plan: ExistingPlan,
  changes: readonly ContentChange[],
  given: Given,
  catalogue: Catalogue,
  pathOf?: (index: number) => string,
): PlanDecision {
  const steps = changes.map((change, index) => (amended: ExistingPlan) => {
    const decision = catalogue.decide(amended, change, given);
    return decision.kind === 'refused' && pathOf ? refusedAt(decision, pathOf(index)) : decision;
  });
  return amend(plan, steps, given, { catalogue, needsBasis: changes.some(catalogue.needsBasis) });
}

/**
 * Decides on an amendment: the next edition, with reason and basis. Each step is decided on the plan after the previous
 * one.
 */
export function amend(
  plan: ExistingPlan,
  steps: readonly ((amended: ExistingPlan) => PlanDecision)[],
  given: Given,
  { catalogue, needsBasis }: { readonly catalogue: Catalogue; readonly needsBasis: boolean },
): PlanDecision {
  const { basis } = given;
  const reason = given.reason?.trim() ?? '';
  if (reason === '') return refuse('REASON_REQUIRED', 'reason');
  if (basis === null && needsBasis) return refuse('BASIS_REQUIRED', 'basis');
  const edition = plan.edition + 1;
  const amendedOn = localDay(given.now, plan.details.timeZone);
  const basedOn = basis?.kind === 'document' ? basis.document.date : null;
  if (basedOn !== null && basedOn > amendedOn)
    return refuse('ACTUAL_DATE_IN_FUTURE', 'basis.document.date', { date: basedOn });
  const events: PlanEvent[] = [{ type: 'PlanAmended', data: { edition, reason, basis, amendedOn } }];
  let amended = events.reduce(catalogue.evolve, plan);
  for (const step of steps) {
    const decision = step(amended);
    if (decision.kind === 'refused') return decision;
    amended = decision.events.reduce(catalogue.evolve, amended);
    events.push(...decision.events);
  }
  return accept(...events);
}

/** Returns the refusal of one change, with the path of that change before its field. */
export function refusedAt({ refusal }: Refused, path: string): Refused {
  return refuse(refusal.code, refusal.field === null ? path : `${path}.${refusal.field}`, refusal.params);
}
