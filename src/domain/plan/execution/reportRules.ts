import { type Actor, isSamePerson } from '../../actor.js';
import type { Report } from '../../plan.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../../settings.js';

/** Returns true unless the author of a report would accept it, which the settings of the organisation may allow. */
export function mayBeAcceptedBy(
  { submittedBy }: Pick<Report, 'submittedBy'>,
  actor: Actor,
  settings: ControlSettings | null,
): boolean {
  return !isSamePerson(submittedBy, actor) || (settings ?? DEFAULT_SETTINGS).accepterMayBeReporter;
}

/** Returns true for the author of a report, and for a caller who may act for every author. */
export function mayBeWithdrawnBy({ submittedBy }: Pick<Report, 'submittedBy'>, actor: Actor): boolean {
  return isSamePerson(submittedBy, actor) || actor.role === 'administrator' || actor.role === 'system';
}
