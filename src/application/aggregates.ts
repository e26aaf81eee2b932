import { isWithin, type Principal, type Scope } from '../access/principal.js';
import type { AccessCommand } from '../domain/access/commands.js';
import { decideAccess } from '../domain/access/decide.js';
import type { AccessEvent } from '../domain/access/events.js';
import { evolveHolder } from '../domain/access/evolve.js';
import { type ExistingHolder, NO_HOLDER } from '../domain/access/holder.js';
import type { Basis, Given, OrganisationContext, Role } from '../domain/actor.js';
import {
  type ChronicleEvent,
  isOfAccess,
  isOfLog,
  isOfOrganisation,
  isOfPerson,
  isOfPlan,
} from '../domain/chronicle.js';
import { decide } from '../domain/decide.js';
import { evolve } from '../domain/evolve.js';
import type { LogEvent } from '../domain/log/events.js';
import { decideLogKey, evolveLogKeys, FIRST_KEY, type KnownLog, type LogCommand } from '../domain/log/keys.js';
import type { OrganisationCommand, OrganisationEvent } from '../domain/organisation/catalogue.js';
import { decideOrganisation } from '../domain/organisation/decide.js';
import { evolveOrganisation } from '../domain/organisation/evolve.js';
import { type ExistingOrganisation, NO_ORGANISATION, type Organisation } from '../domain/organisation/organisation.js';
import type { PersonCommand } from '../domain/person/commands.js';
import { decidePerson } from '../domain/person/decide.js';
import type { PersonEvent } from '../domain/person/events.js';
import { evolvePerson } from '../domain/person/evolve.js';
import { type ForgottenPerson, NOT_FORGOTTEN } from '../domain/person/person.js';
import type { PlanEvent } from '../domain/plan/catalogue.js';
import { PLAN_COMMANDS, type PlanCommand } from '../domain/plan/catalogue.js';
import { type ExistingPlan, NO_PLAN, type Plan } from '../domain/plan.js';
import { fromStore } from '../domain/recorded.js';
import { type Decision, type Refusal, type RefusalCode, type Refused, refuse } from '../domain/refusal.js';
import type { StateOf, StreamDefinition } from '../engine/commands/stream.js';
import { narrowed } from '../engine/eventstore/envelope.js';
import { LOG_POLICY, mayCommand, rolesThatGive } from './policy.js';

/** Types of principals, bases and refusals for the command handler of the engine. */
export interface LetopisProduct {
  readonly principal: Principal;
  readonly basis: Basis;
  readonly refusal: Refusal;
}

/** The part of the engine's stream definition that an aggregate defines itself. */
type AggregateStream<Present extends { readonly status: string }, Event extends ChronicleEvent, Command> = Pick<
  StreamDefinition<LetopisProduct, Present, Event, Command>,
  'nothing' | 'stream' | 'read' | 'evolve' | 'begins' | 'leavesOpen' | 'seen' | 'sizeOf'
>;

/** Definition of an aggregate: how its streams are named and folded, and how commands on it are decided. */
export interface AggregateDefinition<Present extends { readonly status: string }, Event extends ChronicleEvent, Command>
  extends AggregateStream<Present, Event, Command> {
  /** Refusal code for a stale expectedRevision. */
  readonly changed: RefusalCode;
  /** Refusal for something outside the caller's scope: the same as for something that does not exist. */
  readonly absent: { readonly code: RefusalCode; readonly field: string | null };
  /**
   * Returns true if it is within the scope. Something that does not exist yet is within the scope if the caller might
   * begin it.
   */
  isSeen(scope: Scope, state: StateOf<Present>, id: string): boolean;
  may(role: Role, command: Command, state: StateOf<Present>): boolean;
  /**
   * Returns the refusal of a command that must wait for an unfinished import. `begunBy` returns the id of the command
   * that began the import, or null. Default: no command waits.
   */
  unfinished?(
    state: StateOf<Present>,
    command: Command,
    commandId: string,
    begunBy: () => string | null,
  ): Refused | undefined;
  decide(state: StateOf<Present>, command: Command, given: Given): Decision<Event>;
  /** Returns the id of the organisation whose context the command needs; null if it needs none. Default: none. */
  organisationIdOf?(state: StateOf<Present>, command: Command): string | null;
}

/** Definition of plans. */
export const PLANS: AggregateDefinition<ExistingPlan, PlanEvent, PlanCommand> = {
  nothing: NO_PLAN,
  changed: 'PLAN_CHANGED',
  absent: { code: 'PLAN_NOT_FOUND', field: 'planId' },
  isSeen: (scope, plan) => plan.status === 'ABSENT' || isWithin(scope, plan.details.organisationId),
  stream: (id) => `plan-${id}`,
  read: (stored) => narrowed(fromStore(stored), isOfPlan),
  evolve,
  may: (role, { type }, { status }) => mayCommand(role, type, status),
  unfinished: otherImport,
  begins: ({ type }) => type === 'PlanDrafted',
  leavesOpen: (event, wasOpen) =>
    event.type === 'PlanDrafted' ? event.data.importing !== null : event.type !== 'PlanImported' && wasOpen,
  seen: (plan) => (plan.status !== 'ABSENT' && plan.presence === 'ABANDONED' ? NO_PLAN : plan),
  decide,
  organisationIdOf: (plan, command) => {
    if ('organisationId' in command && command.organisationId !== undefined) return command.organisationId;
    const { stampsSettings, usesOwnReadings } = PLAN_COMMANDS[command.type];
    return (stampsSettings || usesOwnReadings) && plan.status !== 'ABSENT' ? plan.details.organisationId : null;
  },
  sizeOf: (plan: Plan) => (plan.status === 'ABSENT' ? 0 : plan.activities.size),
};

/** Refuses a command on an unfinished import, unless it has, or names, the id of the command that began the import. */
function otherImport(
  plan: Plan,
  command: PlanCommand,
  commandId: string,
  begunBy: () => string | null,
): Refused | undefined {
  if (plan.status === 'ABSENT' || plan.presence !== 'IMPORTING') return undefined;
  const began = begunBy();
  if (command.type === 'importPlan' && began !== commandId) {
    return refuse('IMPORT_UNFINISHED', 'commandId', { commandId: began ?? '' });
  }
  return command.type === 'abandonImport' && began !== command.importCommandId
    ? refuse('IMPORT_NOT_FOUND', 'importCommandId')
    : undefined;
}

/** Only an unrestricted scope includes what belongs to no organisation. */
function ofAllAlone(scope: Scope): boolean {
  return scope === null;
}

/** Definition of organisations. */
export const ORGANISATIONS: AggregateDefinition<ExistingOrganisation, OrganisationEvent, OrganisationCommand> = {
  nothing: NO_ORGANISATION,
  changed: 'ORGANISATION_CHANGED',
  absent: { code: 'ORGANISATION_NOT_FOUND', field: 'organisationId' },
  isSeen: (scope, organisation, id) => organisation.status === 'ABSENT' || isWithin(scope, id),
  stream: (id) => `org-${id}`,
  read: (stored) => narrowed(fromStore(stored), isOfOrganisation),
  evolve: evolveOrganisation,
  may: (role, { type }) => rolesThatGive(type).includes(role),
  decide: decideOrganisation,
  organisationIdOf: (organisation, command) => {
    if ('parentId' in command && command.parentId !== undefined) return command.parentId;
    return organisation.status === 'ABSENT' ? null : organisation.parentId;
  },
  sizeOf: (organisation: Organisation) => (organisation.status === 'ABSENT' ? 0 : 1),
};

/** Definition of access holders. */
export const ACCESS: AggregateDefinition<ExistingHolder, AccessEvent, AccessCommand> = {
  nothing: NO_HOLDER,
  changed: 'ACCESS_CHANGED',
  absent: { code: 'ACCESS_NOT_FOUND', field: 'accessId' },
  isSeen: ofAllAlone,
  stream: (id) => `access-${id}`,
  read: (stored) => narrowed(fromStore(stored), isOfAccess),
  evolve: evolveHolder,
  may: (role, { type }) => rolesThatGive(type).includes(role),
  decide: decideAccess,
};

/** Definition of persons, by the data subjects of their keys. */
export const PERSONS: AggregateDefinition<ForgottenPerson, PersonEvent, PersonCommand> = {
  nothing: NOT_FORGOTTEN,
  changed: 'PERSON_FORGOTTEN',
  absent: { code: 'PERSON_NOT_FOUND', field: 'person' },
  isSeen: ofAllAlone,
  stream: (id) => `subject-${id}`,
  read: (stored) => narrowed(fromStore(stored), isOfPerson),
  evolve: evolvePerson,
  may: (role, { type }) => rolesThatGive(type).includes(role),
  decide: decidePerson,
  sizeOf: () => 0,
};

/** The aggregate of the log. A chronicle has one log. */
export const LOG_AGGREGATE: AggregateDefinition<KnownLog, LogEvent, LogCommand> = {
  nothing: FIRST_KEY,
  changed: 'NOTHING_CHANGES',
  absent: { code: 'NOT_AUTHORISED', field: null },
  isSeen: ofAllAlone,
  stream: () => 'log',
  read: (stored) => narrowed(fromStore(stored), isOfLog),
  evolve: evolveLogKeys,
  may: (role, { type }) => LOG_POLICY[type].includes(role),
  decide: decideLogKey,
  sizeOf: () => 0,
};

/** Maximum number of levels between an organisation and the root of its tree. */
const MAX_LEVELS_ABOVE = 100;

/**
 * Returns the organisation context of a command; null if the organisation does not exist.
 *
 * @param targetId the organisation that the command targets; null if it targets a plan.
 * @param load loads an organisation by its id.
 */
export async function organisationContextFrom(
  id: string,
  targetId: string | null,
  load: (id: string) => Promise<Organisation>,
): Promise<OrganisationContext | null> {
  const organisation = await load(id);
  if (organisation.status === 'ABSENT') return null;
  const { timeZone, settings, wordings, partyCells } = organisation;
  let at: string | null = id;
  for (let step = 0; step < MAX_LEVELS_ABOVE && at !== null && at !== targetId && targetId !== null; step += 1) {
    const next: Organisation = await load(at);
    at = next.status === 'ABSENT' ? null : next.parentId;
  }
  return { id, timeZone, settings, wordings, partyCells, isOwn: at !== null && at === targetId };
}
