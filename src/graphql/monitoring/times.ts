import { AsOfInput, asOfFrom } from '../asOf.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { MAX_PAST, type MonitoringFilter, type SelectedPlans, selected } from './selection.js';

/** Options of `asKnownOn`. */
export const AS_KNOWN = {
  nullable: true,
  description: `Leave out what was recorded after this day; for at most ${MAX_PAST} plans.`,
} as const;

/** Options of `asOf` for figures. */
export const FIGURES_AS_OF = {
  nullable: true,
  description: `As it was then, and on that day unless \`on\` says another; for at most ${MAX_PAST} plans.`,
} as const;

/** The arguments that name a day and a past of figures. */
interface Times {
  readonly on: string | null | undefined;
  readonly asKnownOn: string | null | undefined;
  readonly asOf: AsOfInput | null | undefined;
}

/**
 * Returns the selected plans. Their figures are for the day `on`. Without `on`, they are for today with `asKnownOn`,
 * and for the day of the past state with `asOf`.
 */
export async function selectedAt(
  context: Context,
  filter: MonitoringFilter | null | undefined,
  { on, asKnownOn, asOf }: Times,
): Promise<SelectedPlans> {
  if (asKnownOn != null && asOf != null) {
    throw apiError('BAD_USER_INPUT', 'Give asKnownOn or asOf: each names a past.');
  }
  const input = asOf ?? (asKnownOn == null ? null : { knownOn: asKnownOn });
  const past = input && (await asOfFrom(context, input));
  if (past?.kind === 'knownOn' && past.day > context.day(null)) {
    throw apiError('BAD_USER_INPUT', `${past.day} is still to come: leave it out for the present.`);
  }
  if (past?.kind === 'revision' && !filter?.planId) {
    throw apiError('BAD_USER_INPUT', 'A revision is one of a plan: name it by the filter.');
  }
  return selected(context, filter, asKnownOn == null ? on : context.day(on), past);
}
