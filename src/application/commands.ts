import type { Principal } from '../access/principal.js';
import { SYSTEM } from '../access/principals.js';
import type { AccessCommand } from '../domain/access/commands.js';
import type { AccessEvent } from '../domain/access/events.js';
import type { ExistingHolder } from '../domain/access/holder.js';
import type { LogEvent } from '../domain/log/events.js';
import type { KnownLog, LogCommand } from '../domain/log/keys.js';
import type { OrganisationCommand, OrganisationEvent } from '../domain/organisation/catalogue.js';
import type { ExistingOrganisation } from '../domain/organisation/organisation.js';
import type { PersonCommand } from '../domain/person/commands.js';
import type { PersonEvent } from '../domain/person/events.js';
import type { ForgottenPerson } from '../domain/person/person.js';
import type { PlanCommand, PlanEvent } from '../domain/plan/catalogue.js';
import type { ExistingPlan } from '../domain/plan.js';
import type { Clock } from '../engine/clock.js';
import { type HandledCommand, type HandlerObserver, StreamHandler } from '../engine/commands/handler.js';
import type { GivenCommand } from '../engine/commands/stream.js';
import { derivedId } from '../engine/eventstore/envelope.js';
import type { EventStore } from '../engine/eventstore/port.js';
import type { Vault } from '../engine/vault/vault.js';
import {
  ACCESS,
  type LetopisProduct,
  LOG_AGGREGATE,
  ORGANISATIONS,
  organisationContextFrom,
  PERSONS,
  PLANS,
} from './aggregates.js';
import { streamDefinitionOf } from './streams.js';

/** A command with its circumstances, from the API, the command line or an import. */
export type CommandRequest<Command = PlanCommand> = GivenCommand<LetopisProduct, Command>;

/** Circumstances of a command that the system gives once, without a reason and a basis, and in any state. */
export const BY_SYSTEM = {
  principal: SYSTEM,
  commandId: null,
  expectedRevision: null,
  reason: null,
  basis: null,
  effectiveOn: null,
} as const;

/** The result of a command. */
export type CommandOutcome<Present = ExistingPlan, Event = PlanEvent> = HandledCommand<LetopisProduct, Present, Event>;

/** Executes commands on plans, or on another aggregate. */
export type CommandHandler<
  Present extends { readonly status: string } = ExistingPlan,
  Event extends PlanEvent | OrganisationEvent | AccessEvent | PersonEvent | LogEvent = PlanEvent,
  Command = PlanCommand,
> = StreamHandler<LetopisProduct, Present, Event, Command>;

/** The command handlers of plans, organisations, access, persons and the log. */
export interface CommandHandlers {
  readonly plans: CommandHandler;
  readonly organisations: CommandHandler<ExistingOrganisation, OrganisationEvent, OrganisationCommand>;
  readonly access: CommandHandler<ExistingHolder, AccessEvent, AccessCommand>;
  readonly persons: CommandHandler<ForgottenPerson, PersonEvent, PersonCommand>;
  readonly log: CommandHandler<KnownLog, LogEvent, LogCommand>;
}

/** Returns the command handlers of one chronicle. */
export function commandHandlers(
  store: EventStore,
  vault: Vault,
  clock: Clock,
  observer?: HandlerObserver,
): CommandHandlers {
  const parts = { store, vault, clock, observer };
  const load = (id: string) => organisations.load(id);
  const noOrganisation = () => Promise.resolve(null);
  const organisations: CommandHandlers['organisations'] = new StreamHandler(
    streamDefinitionOf(ORGANISATIONS, clock, (id, targetId) => organisationContextFrom(id, targetId, load)),
    parts,
  );
  return {
    plans: new StreamHandler(
      streamDefinitionOf(PLANS, clock, (id) => organisationContextFrom(id, null, load)),
      parts,
    ),
    organisations,
    access: new StreamHandler(streamDefinitionOf(ACCESS, clock, noOrganisation), parts),
    persons: new StreamHandler(streamDefinitionOf(PERSONS, clock, noOrganisation), parts),
    log: new StreamHandler(streamDefinitionOf(LOG_AGGREGATE, clock, noOrganisation), parts),
  };
}

/** Returns the id of the plan that this command begins. Repeating the command gives the same id. */
export function newPlanId(principal: Principal, commandId: string): string {
  return derivedId(`plan/${principal.id}/${commandId}`);
}

/** Returns the id of the organisation that this command registers. */
export function newOrganisationId(principal: Principal, commandId: string): string {
  return derivedId(`organisation/${principal.id}/${commandId}`);
}

/** Returns the id of the access holder that this command creates. */
export function newHolderId(principal: Principal, commandId: string): string {
  return derivedId(`access/${principal.id}/${commandId}`);
}

/**
 * Returns the id of a plan that an organisation imports from a file with this hash. `copy` numbers the plans imported
 * from the same file.
 */
export function importedPlanId(sha256: string, organisationId: string | null = null, copy = 1): string {
  const name = organisationId === null ? sha256 : `${organisationId}/${sha256}`;
  return derivedId(copy === 1 ? `import/${name}` : `import/${name}/${copy}`);
}
