import type { Given } from '../actor.js';
import { openSteps, type Stamp, type StampKind } from '../approval.js';
import type { PlanCommandOf } from '../commands.js';
import { localDay } from '../dates.js';
import { normalName } from '../parties.js';
import type { ExistingPlan } from '../plan.js';
import { pointsOf } from '../points.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { DEFAULT_SETTINGS } from '../settings.js';
import { MAX_LONG, MAX_NUMBER } from '../texts.js';
import {
  type Check,
  fewEnough,
  firstOf,
  optionalLine,
  reasonGiven,
  requiredLine,
  requiredText,
  validDate,
} from './checks.js';

const MARKERS: Readonly<Record<StampKind, string>> = {
  approve: 'Утверждаю',
  agree: 'Согласовано',
  accept: 'Принято',
  consider: 'Рассмотрено',
};

/** A plan can be put before others when its period is known and it plans something. */
function complete(plan: ExistingPlan): Check {
  if (plan.details.period === null) return refuse('PERIOD_REQUIRED', 'period');
  return plan.activities.size === 0 ? refuse('NOTHING_PLANNED') : undefined;
}

export function submitPlan(plan: ExistingPlan, { route }: PlanCommandOf<'submitPlan'>): Decision {
  const unread = [...plan.activities.values()].find(({ timeframe }) => timeframe.confidence === 'unknown');
  const refused = firstOf(
    complete(plan),
    unread &&
      refuse('UNREAD_WORDING', 'activities', { text: unread.timeframe.text, number: unread.number ?? unread.id }),
    route.length > 20 ? refuse('ROUTE_TOO_LONG', 'route', { max: 20 }) : undefined,
    ...route.flatMap((step, index) => [
      requiredLine(`route.${index}.post`, step.post),
      optionalLine(`route.${index}.organisation`, step.organisation),
      isNextStage(step.stage, index === 0 ? 0 : (route[index - 1]?.stage ?? 0))
        ? undefined
        : refuse('STAGES_OUT_OF_ORDER', `route.${index}.stage`),
    ]),
  );
  return refused ?? accept({ type: 'PlanSubmitted', data: { route } });
}

/** Stages are counted from 1 without gaps, in the order of the route. */
function isNextStage(stage: number, before: number): boolean {
  return stage === before + 1 || (stage === before && before > 0);
}

/**
 * A step of the present stage agrees. Its post must be that of whoever acts; an administrator enters it on behalf of the
 * post, and whoever may agree enters what a council decided, by its protocol.
 */
export function agreePlan(plan: ExistingPlan, { stamp }: PlanCommandOf<'agreePlan'>, given: Given): Decision {
  const open = openSteps(plan.route, plan.agreedSteps);
  if (open.length === 0) return refuse('WRONG_STATUS', null, { status: plan.status });
  const invalid = validStamp(stamp, plan, given);
  if (invalid) return invalid;
  const mine = open.find(
    ({ step }) => normalName(stamp.post) === normalName(step.post) && (step.isCouncil || mayStandFor(given, step.post)),
  );
  if (!mine) {
    return refuse('STEP_OF_ANOTHER_POST', 'stamp.post', { post: open.map(({ step }) => step.post).join('; ') });
  }
  const { step, place } = mine;
  const { document } = stamp;
  const isProtocol = document?.type === 'protocol' && document.number !== null && document.date !== null;
  if (step.isCouncil && !isProtocol) return refuse('PROTOCOL_REQUIRED', 'stamp.document', { council: step.post });
  const placed: Stamp = { ...stamp, kind: step.kind, marker: MARKERS[step.kind] };
  return accept({ type: 'PlanAgreed', data: { step: place, stamp: placed } });
}

function mayStandFor({ actor }: Given, post: string): boolean {
  if (actor.role === 'administrator' || actor.role === 'system') return true;
  return actor.post !== null && normalName(actor.post) === normalName(post);
}

function validStamp(stamp: Omit<Stamp, 'kind' | 'marker'>, plan: ExistingPlan, given: Given): Check {
  return firstOf(
    requiredLine('stamp.post', stamp.post),
    optionalLine('stamp.organisation', stamp.organisation),
    pastDate('stamp.date', stamp.date, plan, given),
    pastDate('stamp.document.date', stamp.document?.date ?? null, plan, given),
    optionalLine('stamp.document.number', stamp.document?.number, MAX_NUMBER),
    optionalLine('stamp.document.issuer', stamp.document?.issuer),
  );
}

/** Nobody signs on a day that has not come, nor by a document of one. */
export function pastDate(field: string, date: string | null, plan: ExistingPlan, given: Given): Check {
  return (
    validDate(field, date) ??
    (date !== null && date > localDay(given.now, plan.details.timeZone)
      ? refuse('ACTUAL_DATE_IN_FUTURE', field, { date })
      : undefined)
  );
}

export function returnPlan(_plan: ExistingPlan, { remarks }: PlanCommandOf<'returnPlan'>): Decision {
  return (
    requiredText('remarks', remarks, MAX_LONG) ?? accept({ type: 'PlanReturned', data: { remarks: remarks.trim() } })
  );
}

export function approvePlan(plan: ExistingPlan, command: PlanCommandOf<'approvePlan'>, given: Given): Decision {
  if (plan.status === 'ON_AGREEMENT' && plan.route.length > 0) {
    return refuse('WRONG_STATUS', null, { status: plan.status });
  }
  const refused = firstOf(
    validStamp(command.stamp, plan, given),
    validDate('underControlFrom', command.underControlFrom),
  );
  const stamp: Stamp = { ...command.stamp, kind: 'approve', marker: MARKERS.approve };
  return (
    refused ?? accept({ type: 'PlanApproved', data: { stamp, ...control(plan, command.underControlFrom, given) } })
  );
}

function control(plan: ExistingPlan, underControlFrom: string | null, given: Given) {
  const today = localDay(given.now, plan.details.timeZone);
  return {
    // Anew, since the organisation may have changed them since the plan was begun.
    settings: given.organisation?.settings ?? DEFAULT_SETTINGS,
    underControlFrom: underControlFrom ?? today,
    noticesFrom: today,
  };
}

/** The stamps printed on an imported document are confirmed by whoever may approve: it is approved as it stands. */
export function confirmPrintedApproval(
  plan: ExistingPlan,
  command: PlanCommandOf<'confirmPrintedApproval'>,
  given: Given,
): Decision {
  const refused = firstOf(
    plan.imported === null ? refuse('NOT_IMPORTED') : undefined,
    plan.stamps.some(({ kind }) => kind === 'approve') ? undefined : refuse('NO_PRINTED_APPROVAL'),
    complete(plan),
    pastDate('date', command.date, plan, given),
    validDate('underControlFrom', command.underControlFrom),
  );
  const { date } = command;
  return (
    refused ??
    accept({ type: 'PrintedApprovalConfirmed', data: { date, ...control(plan, command.underControlFrom, given) } })
  );
}

/** A plan that was never approved is given up, with a reason. */
export function withdrawPlan(given: Given): Decision {
  return reasonGiven(given) ?? accept({ type: 'PlanWithdrawn', data: {} });
}

/** A plan in force ends before its time: with a reason, and a basis or expressly none. */
export function cancelPlan(given: Given): Decision {
  const refused = firstOf(reasonGiven(given), given.basis === null ? refuse('BASIS_REQUIRED', 'basis') : undefined);
  return refused ?? accept({ type: 'PlanCancelled', data: {} });
}

/** Open firm points must each be explained or carried over; soft ones need no word. */
export function closePlan(plan: ExistingPlan, { outcomes }: PlanCommandOf<'closePlan'>, given: Given): Decision {
  const { period, timeZone } = plan.details;
  if (period === null || localDay(given.now, timeZone) <= period.end) {
    return refuse('PERIOD_NOT_OVER', null, { end: period?.end ?? '' });
  }
  const open = [...plan.activities.values()]
    .flatMap((activity) => pointsOf(plan, activity))
    .filter(({ timing }) => timing.settled === null);
  const named = new Set(outcomes.map(({ pointId }) => pointId));
  const missing = open.filter(({ id, firm }) => firm && !named.has(id)).map(({ id }) => id);
  const stray = outcomes.findIndex(({ pointId }) => !open.some(({ id }) => id === pointId));
  const refused = firstOf(
    fewEnough('outcomes', outcomes, 20_000),
    named.size < outcomes.length ? refuse('TOO_MANY', 'outcomes', { max: open.length }) : undefined,
    stray >= 0 ? refuse('POINT_NOT_OPEN', `outcomes.${stray}.pointId`) : undefined,
    missing.length > 0
      ? refuse('OPEN_POINTS', 'outcomes', { points: missing.slice(0, 50).join(', '), count: missing.length })
      : undefined,
    ...outcomes.map(({ explanation }, index) => requiredText(`outcomes.${index}.explanation`, explanation, MAX_LONG)),
  );
  return refused ?? accept({ type: 'PlanClosed', data: { outcomes } });
}
