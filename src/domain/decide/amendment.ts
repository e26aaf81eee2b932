import type { Given } from '../actor.js';
import type { ContentChange } from '../commands.js';
import type { PlanEvent } from '../events.js';
import { evolve } from '../evolve.js';
import type { ExistingPlan } from '../plan.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { fewEnough } from './checks.js';
import { decideChange } from './content.js';

/** An amendment order («внести изменения») must name its ground for these: exclude («исключить»), restate («изложить в редакции»). */
const NEEDS_BASIS: readonly ContentChange['type'][] = ['excludeActivity', 'rewordActivity'];

/** One change of content: free in a draft, an amendment of one in an approved plan. */
export function changeContent(plan: ExistingPlan, change: ContentChange, given: Given): Decision {
  return plan.status === 'APPROVED' ? amend(plan, [change], given, '') : decideChange(plan, change);
}

/** A batch of changes under one reason and basis: all of them or none. */
export function amendPlan(plan: ExistingPlan, changes: readonly ContentChange[], given: Given): Decision {
  if (changes.length === 0) return refuse('REQUIRED', 'changes');
  return fewEnough('changes', changes, 500) ?? amend(plan, changes, given, 'changes.');
}

function amend(plan: ExistingPlan, changes: readonly ContentChange[], given: Given, path: string): Decision {
  const reason = given.reason?.trim() ?? '';
  if (reason === '') return refuse('REASON_REQUIRED', 'reason');
  if (given.basis === null && changes.some(({ type }) => NEEDS_BASIS.includes(type))) {
    return refuse('BASIS_REQUIRED', 'basis');
  }
  const edition = plan.edition + 1;
  const events: PlanEvent[] = [{ type: 'PlanAmended', data: { edition, reason, basis: given.basis } }];
  let amended = events.reduce(evolve, plan);
  for (const [index, change] of changes.entries()) {
    const decision = decideChange(amended, change);
    if (decision.kind === 'refused') return path === '' ? decision : at(decision, `${path}${index}`);
    amended = decision.events.reduce(evolve, amended);
    events.push(...decision.events);
  }
  return accept(...events);
}

function at({ refusal }: Extract<Decision, { kind: 'refused' }>, path: string): Decision {
  return refuse(refusal.code, refusal.field === null ? path : `${path}.${refusal.field}`, refusal.params);
}
