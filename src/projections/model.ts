import { remembered } from '../domain/memo.js';
import { type Party, partyKey } from '../domain/parties.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import { derivedId, type Recorded } from '../eventstore/envelope.js';
import type { CollectionSpec, Document } from '../readstore/port.js';

/** A plan before and after one event. */
export interface Change {
  readonly planId: string;
  readonly before: Plan;
  readonly after: ExistingPlan;
  readonly recorded: Recorded;
  /** The plan was not to be seen before this event: a draft was begun, or an import became whole. */
  readonly appears: boolean;
}

/** A plan at the end of a batch, with what a view may tell of its stream. */
export interface PlanState {
  readonly planId: string;
  readonly plan: ExistingPlan;
  /** When the plan's first event was recorded. */
  readonly begunAt: string;
  /** The plan's last event. */
  readonly last: Pick<Recorded, 'revision' | 'recordedAt'>;
}

/** What a document says: `fields` to find it by and `body` to answer with. */
export type Content<Body> = Pick<Document, 'fields'> & { readonly body: Body };

/**
 * A document that an event touches. Its view is a pure function of the plan, and of the document as stored where several
 * plans share it; null takes it away.
 */
export interface Touch<Body> {
  readonly id: string;
  readonly view: (state: PlanState, current: Body | undefined) => Content<Body> | null;
}

/** How a read model of events differs from one of plans. */
export interface OfEvents<Body> {
  /** Whether it tells of the events of an import before its mark, once that is there. */
  readonly beforeMark: boolean;
  /** What stands in for a document whose view throws, where a gap would be a loss. */
  readonly fallback?: (change: Change) => Content<Body>;
}

/**
 * A read model: where its documents lie and which of them an event touches. Of several touches in a batch a document is
 * computed once, from the plan at its end.
 */
export interface ReadModel<Body> {
  readonly spec: CollectionSpec;
  readonly touches: (change: Change) => readonly Touch<Body>[];
  /** Null: documents of plans. Else of events, each computed from one of them alone. */
  readonly ofEvents: OfEvents<Body> | null;
  /** Documents of a model are written by this code alone, so being an object is proof enough. */
  readonly isBody: (value: unknown) => value is Body;
}

/** Declares a read model. */
export function readModel<Body>(
  spec: CollectionSpec,
  touches: (change: Change) => readonly Touch<Body>[],
  ofEvents: OfEvents<Body> | null = null,
): ReadModel<Body> {
  return { spec, touches, ofEvents, isBody: (value): value is Body => typeof value === 'object' && value !== null };
}

/**
 * The body of a stored document.
 *
 * @throws TypeError when it is none of this model's.
 */
export function bodyOf<Body>(model: ReadModel<Body>, { id, body }: Document): Body {
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
export const partyIdOf = remembered((party: Party): string => derivedId(`party/${partyKey(party)}`));
