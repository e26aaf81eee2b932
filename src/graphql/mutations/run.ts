import { refusalSentence } from '../../application/refusalSentences.js';
import type { Basis } from '../../domain/actor.js';
import type { DocumentReference } from '../../domain/documents.js';
import { evolve } from '../../domain/evolve.js';
import { mapPersons } from '../../domain/personal.js';
import type { PlanCommand } from '../../domain/plan/catalogue.js';
import type { RowPlace } from '../../domain/plan/content/places.js';
import type { ChosenReading } from '../../domain/plan/content/resolveWording.js';
import type { Recorded } from '../../domain/recorded.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Schedule } from '../../domain/schedule.js';
import { findPersons, namesPersons } from '../../domain/wording/persons.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import { auditBody } from '../../projections/auditTrail.js';
import { planBody } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId } from '../ids.js';
import { type InclusionProof, inclusionOf } from '../proofs.js';
import { logOf } from '../scope/system.js';
import { type AuditEntry, entryType } from '../types/history.js';
import { changedParts, NO_CHANGED_PARTS, type PlanPayload } from './changedParts.js';
import { commandServices } from './commands.js';
import type { RowReadingInput } from './importInputs.js';
import type {
  ActivityContentInput,
  BasisInput,
  CommandInput,
  DocumentInput,
  ScheduleInput,
  StampInput,
  TimeframeInput,
} from './inputs.js';
import type { MutationPayload, UserError } from './payloads.js';
import { refusedField } from './refusedField.js';
import { relatedIdsOf } from './relatedIds.js';
import { readParties } from './responsible.js';

/**
 * Returns the principal and the common fields of a command input; `payload` is the rest of the input.
 *
 * @throws GraphQLError BAD_USER_INPUT for an invalid commandId, or a receipt on a server without a log
 */
export function circumstancesOf(context: Context, { receipt, ...input }: CommandInput) {
  // Throws before the command is carried out: afterwards an error would hide its outcome.
  if (receipt) logOf(context);
  const { commandId = null, expectedRevision = null, reason = null, effectiveOn = null, basis, ...payload } = input;
  if (commandId !== null && !/^[\w.:-]{1,100}$/.test(commandId)) {
    throw apiError('BAD_USER_INPUT', 'A commandId has 1 to 100 letters, digits or . : _ -');
  }
  const { principal } = context;
  return {
    principal,
    commandId,
    expectedRevision,
    reason,
    effectiveOn,
    basis: basisOf(basis),
    payload: { ...payload },
  };
}

/**
 * Returns a refusal as user errors in the language of the caller.
 *
 * @param planId the plan that the refused command was given to; null for none.
 */
export function userErrorsOf(context: Context, refusal: Refusal, planId: string | null = null): UserError[] {
  const { code, field } = refusal;
  const relatedIds = planId === null ? [] : relatedIdsOf(refusal, planId);
  const plan = planId === null ? {} : { plan: globalId('plan', planId), related: relatedIds.join(', ') };
  const message = refusalSentence({ ...refusal, params: { ...plan, ...refusal.params } }, context.language);
  return [{ code, field: field?.split('.') ?? null, message, relatedIds }];
}

/** The payload fields of a command that wrote no events. */
export const NOTHING_WRITTEN = { entries: [], position: null, receipts: null, repeated: false };

/**
 * Returns the proofs of the events of a command if `receipt` is set; otherwise null. Also null when the log was not
 * signed in time: the command is done, and `proof` returns the proofs later.
 */
async function receiptsOf(
  context: Context,
  { receipt }: Pick<CommandInput, 'receipt'>,
  events: readonly Recorded<unknown>[],
): Promise<InclusionProof[] | null> {
  if (!receipt) return null;
  const log = logOf(context);
  const { written } = commandServices(context);
  const proofs: InclusionProof[] = [];
  for (const event of events) {
    const stored = await written(event);
    const proof = stored && (await inclusionOf(log, stored).catch(() => undefined));
    if (!proof) return null;
    proofs.push(proof);
  }
  return proofs;
}

/** Returns the payload of a refused command on a plan. */
export function refusedBy(context: Context, refusal: Refusal, planId?: string): PlanPayload {
  return { ...NO_CHANGED_PARTS, ...NOTHING_WRITTEN, userErrors: userErrorsOf(context, refusal, planId) };
}

/** Returns each event with the state before and after it. */
export function stepwise<State, After extends State, Event>(
  start: State,
  events: readonly Recorded<Event>[],
  evolveBy: (state: State, event: Event) => After,
): { readonly before: State; readonly after: After; readonly recorded: Recorded<Event> }[] {
  let before = start;
  return events.map((recorded) => {
    const step = { before, after: evolveBy(before, recorded.event), recorded };
    before = step.after;
    return step;
  });
}

/** The events of a command that was carried out, now or before, and later ones of the same stream. */
interface ExecutedEvents {
  readonly events: readonly Recorded<unknown>[];
  readonly later: readonly Recorded<unknown>[];
  readonly isRepeat: boolean;
}

/**
 * Returns the payload fields of a command that was carried out, now or before. Later reads of this request include its
 * events and the later ones of the same stream.
 */
export async function writtenOutcome(
  context: Context,
  input: Pick<CommandInput, 'receipt'>,
  { events, later, isRepeat }: ExecutedEvents,
  entries: AuditEntry[],
): Promise<MutationPayload> {
  const last = events.at(-1);
  const newest = later.at(-1) ?? last;
  if (newest) {
    context.freshness.atLeastNative(newest.position);
    context.execution.ownWrites?.record(context.execution.task.owner, newest.position);
  }
  const position = last ? context.positions.token(last.position, last.id) : null;
  return { entries, position, receipts: await receiptsOf(context, input, events), repeated: isRepeat, userErrors: [] };
}

/** Executes a command on a plan. Returns the payload, with the plan in the state that the command has produced. */
export async function runPlanCommand(
  context: Context,
  planId: string,
  input: CommandInput,
  command: (seal: Seal) => PlanCommand,
): Promise<PlanPayload> {
  const { plans } = commandServices(context);
  const result = await plans.handle({ id: planId, ...circumstancesOf(context, input), command });
  if (result.kind === 'refused') {
    const field = refusedField(input, result.refusal.field);
    return refusedBy(context, { ...result.refusal, field }, planId);
  }
  const { after: plan, events, later, begunAt } = result;
  if (plan.presence !== 'WHOLE') {
    // An abandoned import: the plan does not exist.
    return { ...NO_CHANGED_PARTS, ...(await writtenOutcome(context, input, result, [])) };
  }
  const entries = stepwise(result.before, events, evolve).map((step) =>
    entryType(context, auditBody({ of: 'plan', planId, ...step, appears: step.before.status === 'ABSENT' })),
  );
  const outcome = await writtenOutcome(context, input, result, entries);
  const newest = later.at(-1) ?? events.at(-1);
  if (!newest) return { ...NO_CHANGED_PARTS, ...outcome };
  const body = planBody(planId, plan, newest, begunAt);
  return Object.assign(changedParts(context, { planId, plan, body, events, later }), outcome);
}

function basisOf(basis: BasisInput | null | undefined): Basis | null {
  if (!basis) return null;
  if (basis.document && basis.withoutDocument) {
    throw apiError('BAD_USER_INPUT', 'A basis is a document, or expressly none: not both.');
  }
  if (basis.document) return { kind: 'document', document: documentReference(basis.document) };
  return basis.withoutDocument ? { kind: 'withoutDocument' } : null;
}

function documentReference({ type, issuer = null, date = null, number = null }: DocumentInput): DocumentReference {
  return { type, issuer, date, number };
}

/** Returns a timeframe as commands take it. */
export function timeframeInput({ text, schedule }: TimeframeInput) {
  return { text, schedule: schedule ? scheduleOf(schedule) : null };
}

/**
 * Returns the schedule that an input states.
 *
 * @throws GraphQLError BAD_USER_INPUT when fields of its kind are missing
 */
export function scheduleOf(input: ScheduleInput): Schedule {
  const { kind, windows, dates, rule, count, atLeast, per, noun } = input;
  const missing = (field: string) => apiError('BAD_USER_INPUT', `A schedule of kind ${kind} needs \`${field}\`.`);
  switch (kind) {
    case 'dates': {
      if (!windows?.length) throw missing('windows');
      const single = windows.every(({ start, end }) => start === end);
      return { kind, form: single ? 'date' : 'range', windows: windows.map(({ start, end }) => ({ start, end })) };
    }
    case 'throughout': {
      const [window] = windows ?? [];
      if (!window) throw missing('windows');
      return { kind, window: { start: window.start, end: window.end } };
    }
    case 'deadline':
      if (!dates?.length) throw missing('dates');
      return { kind, dates };
    case 'recurring':
      if (!rule) throw missing('rule');
      return { kind, rule };
    case 'quota':
      if (count == null || !per) throw missing(count == null ? 'count' : 'per');
      return { kind, count, atLeast: atLeast ?? false, per, noun: noun ?? null };
    case 'onDemand':
      return { kind, answerWithin: null };
    case 'external':
      return { kind };
    case 'unknown':
      throw apiError('BAD_USER_INPUT', 'UNKNOWN cannot be stated: leave the schedule out.');
  }
}

/**
 * Returns the reading that an input chooses.
 *
 * @throws GraphQLError BAD_USER_INPUT unless it has exactly one of `reading` and `schedule`
 */
export function chosenReading({ reading, schedule }: Pick<RowReadingInput, 'reading' | 'schedule'>): ChosenReading {
  const [only, ...others] = [reading, schedule ? scheduleOf(schedule) : null].filter((each) => each != null);
  if (only !== undefined && others.length === 0) return only;
  throw apiError('BAD_USER_INPUT', 'Give either `reading` or `schedule`.');
}

/** Returns a stamp as commands take it, with the name sealed. */
export function stampOf(stamp: StampInput, seal: Seal) {
  const { post, organisation = null, person, date = null, document } = stamp;
  const name = person ? (namesPersons(person) ? findPersons(person) : [{ person }]) : null;
  return {
    post,
    organisation,
    person: name && mapPersons(name, seal),
    date,
    document: document ? documentReference(document) : null,
  };
}

/**
 * Reads the responsible parties of a new row.
 *
 * @returns the command that adds the row, once names are sealed. The place and `sectionId` have local ids of the plan.
 */
export function* addCommand(input: ActivityContentInput, sectionId: string, after: RowPlace) {
  const { number, title, subItems, timeframe, externalId = null } = input;
  const { sealed } = yield* readParties(input);
  return (seal: Seal) => ({
    type: 'addActivity' as const,
    sectionId,
    after,
    activity: {
      ...(number === undefined ? {} : { number }),
      title,
      subItems: subItems ?? [],
      timeframe: timeframeInput(timeframe),
      responsible: sealed(seal),
      externalId,
    },
  });
}
