import { REFUSAL_TEMPLATES } from '../../application/refusalSentences.js';
import type { Refusal } from '../../domain/refusal.js';
import { globalId } from '../ids.js';

/** The parameters of refusals that are local ids of a plan, with the types of the ids. */
const LOCAL_ID_PARAMS = [
  ['section', 'section'],
  ['activity', 'activity'],
  ['point', 'point'],
  ['points', 'point'],
  ['report', 'report'],
  ['request', 'request'],
] as const;

/**
 * Returns the global ids of the nodes that a refusal names: parts of the plan, otherwise the plan if its sentence
 * contains the plan.
 */
export function relatedIdsOf({ code, params }: Refusal, planId: string): string[] {
  const parts = LOCAL_ID_PARAMS.flatMap(([name, type]) =>
    params[name] === undefined
      ? []
      : String(params[name])
          .split(', ')
          .filter((local) => local !== '')
          .map((local) => globalId(type, planId, local)),
  );
  if (parts.length > 0) return parts;
  return /\{(plan|related)\}/.test(REFUSAL_TEMPLATES[code]) ? [globalId('plan', planId)] : [];
}
