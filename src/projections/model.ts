import type { AccessEvent } from '../domain/access/events.js';
import type { ExistingHolder, Holder } from '../domain/access/holder.js';
import type { LogEvent } from '../domain/log/events.js';
import { memoizedByKey } from '../domain/memo.js';
import type { OrganisationEvent } from '../domain/organisation/catalogue.js';
import type { ExistingOrganisation, Organisation } from '../domain/organisation/organisation.js';
import { type Party, partyKey } from '../domain/parties.js';
import type { PersonEvent } from '../domain/person/events.js';
import type { PlanEvent } from '../domain/plan/catalogue.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import type { Recorded } from '../domain/recorded.js';
import { derivedId } from '../engine/eventstore/envelope.js';
import type { BodyForm } from '../engine/projections/bodyForm.js';
import { defineReadModel, type OfEvents, type ReadModelOf, type Touch } from '../engine/projections/readModel.js';
import type { CollectionSpec } from '../engine/readstore/port.js';

/** A plan before and after one event. */
export interface Change {
  readonly of: 'plan';
  readonly planId: string;
  readonly before: Plan;
  readonly after: ExistingPlan;
  readonly recorded: Recorded<PlanEvent>;
  /** True if the event makes the plan visible: a draft was begun, or an import became complete. */
  readonly appears: boolean;
}

/** An organisation before and after one event. */
export interface OrganisationChange {
  readonly of: 'organisation';
  readonly organisationId: string;
  readonly before: Organisation;
  readonly after: ExistingOrganisation;
  readonly recorded: Recorded<OrganisationEvent>;
}

/** A holder of access before and after one event. */
export interface HolderChange {
  readonly of: 'holder';
  readonly holderId: string;
  readonly before: Holder;
  readonly after: ExistingHolder;
  readonly recorded: Recorded<AccessEvent>;
}

/** An event about a person or about the log. Only the read models of events use it. */
export interface PlainChange {
  readonly of: 'plain';
  readonly recorded: Recorded<PersonEvent | LogEvent>;
}

/** The states before and after one event. */
export type AnyChange = Change | OrganisationChange | HolderChange | PlainChange;

/** A plan at the end of a batch, with data on its stream. */
export interface PlanState {
  readonly of: 'plan';
  readonly planId: string;
  readonly plan: ExistingPlan;
  /** When the first event of the plan was recorded. */
  readonly begunAt: string;
  /** The command that began the plan; see `begunByKey`. */
  readonly begunBy: string;
  /** The last event of the plan. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt' | 'position'>;
}

/** An organisation at the end of a batch. */
export interface OrganisationState {
  readonly of: 'organisation';
  readonly organisationId: string;
  readonly organisation: ExistingOrganisation;
  /** When the first event of the organisation was recorded. */
  readonly begunAt: string;
  /** The last event of the organisation. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt' | 'position'>;
}

/** A holder of access at the end of a batch. */
export interface HolderState {
  readonly of: 'holder';
  readonly holderId: string;
  readonly holder: ExistingHolder;
  /** When the access was issued. */
  readonly begunAt: string;
  /** The last event of the holder. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt' | 'position'>;
}

/** The state of a stream that has no state to project. */
export interface PlainState {
  readonly of: 'plain';
}

/** A state at the end of a batch. */
export type AnyState = PlanState | OrganisationState | HolderState | PlainState;

/** Returns the touched rows, by the kind of event. Kinds that touch no rows are omitted. */
export interface Touches<Body> {
  readonly ofPlan?: (change: Change) => readonly Touch<Body, PlanState>[];
  readonly ofOrganisation?: (change: OrganisationChange) => readonly Touch<Body, OrganisationState>[];
  readonly ofHolder?: (change: HolderChange) => readonly Touch<Body, HolderState>[];
  readonly ofOthers?: (change: PlainChange) => readonly Touch<Body, PlainState>[];
}

/** A read model of the chronicle. */
export type ReadModel<Body> = ReadModelOf<Body, AnyChange, AnyState>;

/** Returns a read model. The arguments say which rows a change touches, and what the read model stores of them. */
export function readModel<Body>(
  spec: CollectionSpec,
  { ofPlan = () => [], ofOrganisation = () => [], ofHolder = () => [], ofOthers = () => [] }: Touches<Body>,
  ofEvents: OfEvents<Body, AnyChange> | null = null,
  form?: BodyForm<Body>,
): ReadModel<Body> {
  const touches = (change: AnyChange): readonly Touch<Body, AnyState>[] => {
    switch (change.of) {
      case 'plan':
        return ofPlan(change).map(({ id, view }) => ({ id, view: (state) => view(planOf(state)) }));
      case 'organisation':
        return ofOrganisation(change).map(({ id, view }) => ({
          id,
          view: (state) => view(organisationState(state)),
        }));
      case 'holder':
        return ofHolder(change).map(({ id, view }) => ({
          id,
          view: (state) => view(holderOf(state)),
        }));
      case 'plain':
        return ofOthers(change).map(({ id, view }) => ({ id, view: () => view({ of: 'plain' }) }));
    }
  };
  return defineReadModel(spec, touches, ofEvents, form);
}

function planOf(state: AnyState): PlanState {
  if (state.of === 'plan') return state;
  throw new TypeError(`expected the state of a plan, got ${state.of}`);
}

function organisationState(state: AnyState): OrganisationState {
  if (state.of === 'organisation') return state;
  throw new TypeError(`expected the state of an organisation, got ${state.of}`);
}

function holderOf(state: AnyState): HolderState {
  if (state.of === 'holder') return state;
  throw new TypeError(`expected the state of a holder, got ${state.of}`);
}

/** Returns the part of a key that follows the id of the plan: `a3` for `<planId>.a3`. */
export function keyInPlan(key: unknown, planId: unknown): string {
  return String(key).slice(String(planId).length + 1);
}

/** Returns the words of texts for prefix search: in lower case, with е for ё, without duplicates. */
export function searchWords(...texts: readonly string[]): string[] {
  const words = texts
    .join(' ')
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .match(/[\p{L}\d]+/gu);
  return [...new Set(words ?? [])];
}

/** Returns the id of a party. The same printed name is the same party in every plan. */
export function partyIdOf(party: Party): string {
  return partyIdOfKey(partyKey(party));
}

/** Maximum number of memoized ids of parties. */
const MAX_PARTY_IDS = 2_000;

/** Returns the id of a party by its `partyKey`. Memoized, because many plans and activities name the same parties. */
export const partyIdOfKey = memoizedByKey(MAX_PARTY_IDS, (key: string): string => derivedId(`party/${key}`));
