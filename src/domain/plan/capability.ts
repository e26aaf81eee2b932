import type { Given, Role } from '../actor.js';
import type { EventDefinition } from '../capability.js';
import type { Activity, AmendmentKind, ExistingPlan, Plan, PlanStatus, RescheduleRequest } from '../plan.js';
import type { RefusalCode } from '../refusal.js';
import type { Evidence } from '../timing.js';
import type { PlanCommand, PlanDecision, PlanEvent } from './catalogue.js';

/** One event type of a plan's stream. An event whose data has an `activityId` belongs to that activity. */
export interface PlanEventDefinition<Data> extends EventDefinition<ExistingPlan, Data> {
  /** True for an event of the whole plan that can change every activity in it. */
  readonly changesActivities?: true;
  /** The item that the event adds to the order of an amendment, once the plan is approved. */
  readonly amendsAs?: AmendmentKind;
}

/** The state of an activity on which the commands that may be given on it depend. */
export interface ActivityStanding extends Pick<Activity, 'excluded' | 'timeframe' | 'requests' | 'completions'> {
  /** See `evidenceOfAll`. */
  readonly evidence: Evidence;
  readonly pointCount: number;
}

/** The fields that every command declares. */
interface AnyCommandDefinition<Data> {
  /** Roles that may give the command, whatever the status of the plan. */
  readonly givenBy: readonly Role[];
  /** True when the command stamps the settings of the plan's organisation into the plan. */
  readonly stampsSettings?: true;
  /** True when the command reads cells, with the own readings and school terms of the plan's organisation. */
  readonly usesOwnReadings?: true;
  /** Decides on an import that is not complete. Omitted: for this command such a plan does not exist. */
  decideOnImport?(plan: ExistingPlan, command: Data, given: Given): PlanDecision;
}

/** Definition of a command that begins a plan. */
interface BeginningCommand<Data> extends AnyCommandDefinition<Data> {
  begin(command: Data, given: Given): PlanDecision;
  /** The refusal for a plan that exists already. */
  readonly refusedOnExisting: RefusalCode;
}

/** A command to an existing plan. */
interface ContinuingCommand<Data> extends AnyCommandDefinition<Data> {
  /** Statuses of the plan in which the command is allowed (docs/access.md). */
  readonly inStatus: readonly PlanStatus[];
  /** The refusal in any other status, where it is not `WRONG_STATUS`. */
  readonly refusedElsewhere?: { readonly code: RefusalCode; readonly field: string };
  /** True for a change that only a basis document, or «without a document», can bring into an approved plan. */
  readonly needsBasis?: true;
  /**
   * Returns true if the state of an activity allows the command on it; its details may still be refused. Omitted: the
   * command is not about one activity.
   */
  fitsActivity?(activity: ActivityStanding, status: PlanStatus): boolean;
  /** Returns true if the state of a request for another timeframe allows the command on it. */
  fitsRequest?(request: RescheduleRequest, activity: ActivityStanding): boolean;
  decide(plan: ExistingPlan, command: Data, given: Given, catalogue: Catalogue): PlanDecision;
}

/** Definition of a command to a plan. */
export type PlanCommandDefinition<Data> = BeginningCommand<Data> | ContinuingCommand<Data>;

/**
 * The functions that a command with nested commands needs. They are passed in, because a capability must not import the
 * catalogue.
 */
export interface Catalogue {
  /** Decides on a command inside another one; circumstances and limits of the outer command were checked. */
  decide(plan: ExistingPlan, command: PlanCommand, given: Given): PlanDecision;
  evolve(plan: Plan, event: PlanEvent): ExistingPlan;
  /** Returns true if the command must cite a basis, see {@link PlanCommandDefinition}. */
  needsBasis(command: PlanCommand): boolean;
}

/**
 * A capability of plans in one place: its commands and events by name, with all their rules and texts. The catalogue
 * derives unions, dispatch, policy, upcasters and sentences from all capabilities.
 */
export interface PlanCapability<Events, Commands> {
  readonly events: { readonly [Type in keyof Events]: PlanEventDefinition<Events[Type]> };
  readonly commands: { readonly [Type in keyof Commands]: PlanCommandDefinition<Commands[Type]> };
}
