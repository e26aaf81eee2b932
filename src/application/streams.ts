import { isWithin, type Principal } from '../access/principal.js';
import type { Given, OrganisationContext } from '../domain/actor.js';
import type { ChronicleEvent } from '../domain/chronicle.js';
import { normalName } from '../domain/parties.js';
import { readable } from '../domain/plan/checks.js';
import { presentVersion } from '../domain/recorded.js';
import { type Decision, type Refusal, type Refused, refuse } from '../domain/refusal.js';
import { computedInSlices } from '../domain/wording/readings.js';
import type { Clock } from '../engine/clock.js';
import {
  type AdmissionInput,
  type DecisionInput,
  type GivenCommand,
  isPresent,
  type RecordedOf,
  type StateOf,
  type StreamDefinition,
} from '../engine/commands/stream.js';
import { inSlices } from '../engine/timeSlice.js';
import type { AggregateDefinition, LetopisProduct } from './aggregates.js';

/** Returns the organisation of a command, in its present state; null if it does not exist. */
type OrganisationContextOf = (organisationId: string, targetId: string) => Promise<OrganisationContext | null>;

type Circumstances<Command> = Omit<GivenCommand<LetopisProduct, Command>, 'command'>;

/** Returns the stream definition of an aggregate. It adds the checks of role, scope and organisation of a command. */
export function streamDefinitionOf<
  Present extends { readonly status: string },
  Event extends ChronicleEvent,
  Command extends { readonly type: string },
>(
  aggregate: AggregateDefinition<Present, Event, Command>,
  clock: Clock,
  organisationContextOf: OrganisationContextOf,
): StreamDefinition<LetopisProduct, Present, Event, Command> {
  /** Decides with the organisation of the command, if it is within the caller's scope. */
  const decided = async (
    state: StateOf<Present>,
    { command, given, now }: DecisionInput<LetopisProduct, Command>,
  ): Promise<Decision<Event>> => {
    const organisationId = aggregate.organisationIdOf?.(state, command) ?? null;
    const isSeen = organisationId !== null && isWithin(given.principal.scope, organisationId);
    const organisation = isSeen ? await organisationContextOf(organisationId, given.id) : null;
    const circumstances = { now, organisation, ...commandCircumstances(given) };
    const decision = await inSlices(computedInSlices(() => aggregate.decide(state, command, circumstances)));
    // A caller with a restricted scope may not begin something without an organisation: it would be outside the scope.
    const isHomeless = given.principal.scope !== null && organisationId === null && !isPresent(state);
    return decision.kind === 'accepted' && isHomeless ? refuse('ORGANISATION_REQUIRED', 'organisationId') : decision;
  };
  const unauthorised = (state: StateOf<Present>, command: Command, { role }: Principal): Refused | undefined =>
    aggregate.may(role, command, state) ? undefined : refuse('NOT_AUTHORISED', null, { role });
  return {
    ...aggregate,
    presentVersion,
    refusals: refusalsOf(aggregate.changed),
    /** Something outside the access scope is refused as if it did not exist. */
    async hidden(state: StateOf<Present>, given: Circumstances<Command>, command: () => Command) {
      if (aggregate.isSeen(given.principal.scope, state, given.id)) return undefined;
      const { nothing, absent } = aggregate;
      const barred = unauthorised(nothing, command(), given.principal);
      if (barred) return barred;
      const decision = await decided(nothing, { command: command(), given, now: clock() });
      return decision.kind === 'refused' ? decision : refuse(absent.code, absent.field);
    },
    admit(
      state: StateOf<Present>,
      { command, given, commandId, names, openCommand }: AdmissionInput<LetopisProduct, Command>,
    ) {
      const { reason, basis } = given;
      return (
        unauthorised(state, command, given.principal) ??
        readable(command) ??
        readable({ reason, basis, commandId, persons: names }) ??
        aggregate.unfinished?.(state, command, commandId, openCommand)
      );
    },
    decide: decided,
    isSystem: ({ role }) => role === 'system',
    onBehalfOf: (event: ChronicleEvent, { post }: Principal) =>
      event.type === 'PlanAgreed' && !isPostOf(post, event.data.stamp.post) ? event.data.stamp.post : null,
  };
}

function refusalsOf(
  changed: Refusal['code'],
): StreamDefinition<LetopisProduct, { readonly status: string }, ChronicleEvent, unknown>['refusals'] {
  return {
    reused: () => refuse('COMMAND_ID_REUSED', 'commandId').refusal,
    unknownRevision: (revision) => refuse('REVISION_UNKNOWN', 'expectedRevision', { revision }).refusal,
    changed: (revision, events) =>
      refuse(changed, 'expectedRevision', { revision, changes: events.map(changeText).join('; ') }).refusal,
    tooLarge: (max) => refuse('PLAN_TOO_LARGE', null, { max }).refusal,
  };
}

function changeText({ event, actor, recordedAt }: RecordedOf<LetopisProduct, ChronicleEvent>): string {
  return `${event.type} (${actor.post ?? actor.role}, ${recordedAt})`;
}

function commandCircumstances<Command>({
  principal,
  reason,
  basis,
  effectiveOn,
}: Circumstances<Command>): Omit<Given, 'now' | 'organisation'> {
  const { id, role, post, organisation, formerIds } = principal;
  const actor = formerIds ? { id, role, post, organisation, formerIds } : { id, role, post, organisation };
  return { actor, reason, basis, effectiveOn };
}

function isPostOf(post: string | null, stamped: string): boolean {
  return post !== null && normalName(post) === normalName(stamped);
}
