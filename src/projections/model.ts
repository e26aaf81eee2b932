import type { AccessEvent } from '../domain/access/events.js';
import type { ExistingHolder, Holder } from '../domain/access/holder.js';
import type { LogEvent } from '../domain/log/events.js';
import { remembered } from '../domain/memo.js';
import type { OrganisationEvent } from '../domain/organisation/catalogue.js';
import type { ExistingOrganisation, Organisation } from '../domain/organisation/organisation.js';
import { type Party, partyKey } from '../domain/parties.js';
import type { PersonEvent } from '../domain/person/events.js';
import type { PlanEvent } from '../domain/plan/catalogue.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import { derivedId, type Recorded } from '../eventstore/envelope.js';
import type { CollectionSpec, Document } from '../readstore/port.js';

/** A plan before and after one event. */
export interface Change {
  readonly of: 'plan';
  readonly planId: string;
  readonly before: Plan;
  readonly after: ExistingPlan;
  readonly recorded: Recorded<PlanEvent>;
  /** The plan was not to be seen before this event: a draft was begun, or an import became whole. */
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

/** An event of which no read model is made but those of events: about a person, or about the log. */
export interface PlainChange {
  readonly of: 'plain';
  readonly recorded: Recorded<PersonEvent | LogEvent>;
}

/** What one event changed. */
export type AnyChange = Change | OrganisationChange | HolderChange | PlainChange;

/** A plan at the end of a batch, with what a view may tell of its stream. */
export interface PlanState {
  readonly of: 'plan';
  readonly planId: string;
  readonly plan: ExistingPlan;
  /** When the plan's first event was recorded. */
  readonly begunAt: string;
  /** The plan's last event. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt' | 'position'>;
}

/** An organisation at the end of a batch. */
export interface OrganisationState {
  readonly of: 'organisation';
  readonly organisationId: string;
  readonly organisation: ExistingOrganisation;
  /** When its first event was recorded. */
  readonly begunAt: string;
  /** Its last event. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt' | 'position'>;
}

/** A holder of access at the end of a batch. */
export interface HolderState {
  readonly of: 'holder';
  readonly holderId: string;
  readonly holder: ExistingHolder;
  /** When the access was issued. */
  readonly begunAt: string;
  /** Its last event. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt' | 'position'>;
}

/** What stands for the state of a stream of which no view is made. */
export interface PlainState {
  readonly of: 'plain';
}

export type AnyState = PlanState | OrganisationState | HolderState | PlainState;

/** What a document says: `fields` to find it by and `body` to answer with. */
export type Content<Body> = Pick<Document, 'fields'> & { readonly body: Body };

/**
 * A document that an event touches. Its view is a pure function of the plan or organisation, and of the document as
 * stored where several of them share it; null takes it away.
 */
export interface Touch<Body, State = AnyState> {
  readonly id: string;
  readonly view: (state: State, current: Body | undefined) => Content<Body> | null;
}

/** Which documents the events of plans, of organisations, of access and of nothing of these touch; left out: none. */
export interface Touches<Body> {
  readonly ofPlan?: (change: Change) => readonly Touch<Body, PlanState>[];
  readonly ofOrganisation?: (change: OrganisationChange) => readonly Touch<Body, OrganisationState>[];
  readonly ofHolder?: (change: HolderChange) => readonly Touch<Body, HolderState>[];
  readonly ofOthers?: (change: PlainChange) => readonly Touch<Body, PlainState>[];
}

/** How a read model of events differs from one of plans. */
export interface OfEvents<Body> {
  /** Whether it tells of the events of an import before its mark, once that is there. */
  readonly beforeMark: boolean;
  /** What stands in for a document whose view throws, where a gap would be a loss. */
  readonly fallback?: (change: AnyChange) => Content<Body>;
}

/**
 * A read model: where its documents lie and which of them an event touches. Of several touches in a batch a document is
 * computed once, from the plan at its end.
 */
export interface ReadModel<Body> {
  readonly spec: CollectionSpec;
  readonly touches: (change: AnyChange) => readonly Touch<Body>[];
  /** Null: documents of plans or organisations. Else of events, each computed from one of them alone. */
  readonly ofEvents: OfEvents<Body> | null;
  /** Documents of a model are written by this code alone, so being an object is proof enough. */
  readonly isBody: (value: unknown) => value is Body;
}

/** Declares a read model. */
export function readModel<Body>(
  spec: CollectionSpec,
  { ofPlan = () => [], ofOrganisation = () => [], ofHolder = () => [], ofOthers = () => [] }: Touches<Body>,
  ofEvents: OfEvents<Body> | null = null,
): ReadModel<Body> {
  return {
    spec,
    touches: (change) => {
      switch (change.of) {
        case 'plan':
          return ofPlan(change).map(({ id, view }) => ({ id, view: (state, current) => view(planOf(state), current) }));
        case 'organisation':
          return ofOrganisation(change).map(({ id, view }) => ({
            id,
            view: (state, current) => view(organisationOf(state), current),
          }));
        case 'holder':
          return ofHolder(change).map(({ id, view }) => ({
            id,
            view: (state, current) => view(holderOf(state), current),
          }));
        case 'plain':
          return ofOthers(change).map(({ id, view }) => ({
            id,
            view: (_, current) => view({ of: 'plain' }, current),
          }));
      }
    },
    ofEvents,
    isBody: (value): value is Body => typeof value === 'object' && value !== null,
  };
}

function planOf(state: AnyState): PlanState {
  if (state.of === 'plan') return state;
  throw new TypeError(`${state.of} in the place of a plan`);
}

function organisationOf(state: AnyState): OrganisationState {
  if (state.of === 'organisation') return state;
  throw new TypeError(`${state.of} in the place of an organisation`);
}

function holderOf(state: AnyState): HolderState {
  if (state.of === 'holder') return state;
  throw new TypeError(`${state.of} in the place of a holder of access`);
}

/**
 * The body of a stored document.
 *
 * @throws TypeError when it is none of this model's.
 */
export function bodyOf<Body>(model: ReadModel<Body>, { id, body }: Pick<Document, 'id' | 'body'>): Body {
  if (!model.isBody(body)) throw new TypeError(`document ${id} of ${model.spec.name} has no body`);
  return body;
}

/** The words of texts for search by beginnings: lower case, ё as е, each once. */
export function wordsOf(...texts: readonly string[]): string[] {
  const words = texts
    .join(' ')
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .match(/[\p{L}\d]+/gu);
  return [...new Set(words ?? [])];
}

/** Id of a party: the same printed name is the same party in every plan. */
export const partyIdOf = remembered((party: Party): string => partyIdOfKey(partyKey(party)));

/** The same by its key. */
export function partyIdOfKey(key: string): string {
  return derivedId(`party/${key}`);
}
