import type { Given } from '../actor.js';
import type { ContentChange } from '../commands.js';
import { localDay } from '../dates.js';
import type { PlanEvent } from '../events.js';
import { evolve } from '../evolve.js';
import type { ExistingPlan } from '../plan.js';
import { accept, type Decision, type Refused, refuse } from '../refusal.js';
import { fewEnough } from './checks.js';
import { decideChange } from './content.js';

/** An amendment order («внести изменения») must name its ground for these: exclude («исключить»), restate («изложить в редакции»). */
const NEEDS_BASIS: readonly ContentChange['type'][] = ['excludeActivity', 'rewordActivity'];

/** One change of content: free in a draft, an amendment of one in an approved plan. */
export function changeContent(plan: ExistingPlan, change: ContentChange, given: Given): Decision {
  return plan.status === 'APPROVED' ? amendBy(plan, [change], given, '') : decideChange(plan, change);
}

/** A batch of changes under one reason and basis: all of them or none. */
export function amendPlan(plan: ExistingPlan, changes: readonly ContentChange[], given: Given): Decision {
  if (changes.length === 0) return refuse('REQUIRED', 'changes');
  return fewEnough('changes', changes, 500) ?? amendBy(plan, changes, given, 'changes.');
}

function amendBy(plan: ExistingPlan, changes: readonly ContentChange[], given: Given, path: string): Decision {
  const steps = changes.map((change) => (amended: ExistingPlan) => decideChange(amended, change));
  return amend(plan, steps, given, {
    needsBasis: changes.some(({ type }) => NEEDS_BASIS.includes(type)),
    pathOf: path === '' ? undefined : (index) => `${path}${index}`,
  });
}

/**
 * Changes of an approved plan as one amendment: the next edition, with its reason and basis.
 *
 * @param steps each decided on the plan as the steps before it leave it.
 * @param options `pathOf` names the input that a refusal of a step is about; left out: the step names it itself.
 */
export function amend(
  plan: ExistingPlan,
  steps: readonly ((amended: ExistingPlan) => Decision)[],
  given: Given,
  {
    needsBasis = false,
    pathOf,
  }: { readonly needsBasis?: boolean; readonly pathOf?: ((index: number) => string) | undefined } = {},
): Decision {
  const reason = given.reason?.trim() ?? '';
  if (reason === '') return refuse('REASON_REQUIRED', 'reason');
  if (given.basis === null && needsBasis) return refuse('BASIS_REQUIRED', 'basis');
  const edition = plan.edition + 1;
  const amendedOn = localDay(given.now, plan.details.timeZone);
  const basedOn = given.basis?.kind === 'document' ? given.basis.document.date : null;
  if (basedOn !== null && basedOn > amendedOn) return refuse('ACTUAL_DATE_IN_FUTURE', 'basis.date', { date: basedOn });
  const events: PlanEvent[] = [{ type: 'PlanAmended', data: { edition, reason, basis: given.basis, amendedOn } }];
  let amended = events.reduce(evolve, plan);
  for (const [index, step] of steps.entries()) {
    const decision = step(amended);
    if (decision.kind === 'refused') return pathOf ? at(decision, pathOf(index)) : decision;
    amended = decision.events.reduce(evolve, amended);
    events.push(...decision.events);
  }
  return accept(...events);
}

/** A refusal of one of several, under the path of that one. */
export function at({ refusal }: Refused, path: string): Decision {
  return refuse(refusal.code, refusal.field === null ? path : `${path}.${refusal.field}`, refusal.params);
}
