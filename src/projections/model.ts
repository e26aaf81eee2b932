import type { ExistingPlan, Plan } from '../domain/plan.js';
import { derivedId, type Recorded } from '../eventstore/envelope.js';
import type { CollectionSpec, Document } from '../readstore/port.js';

/** A plan before and after one event: all that a view may look at. */
export interface Change {
  readonly planId: string;
  readonly before: Plan;
  readonly after: ExistingPlan;
  readonly recorded: Recorded;
  /** When the plan's first event was recorded. */
  readonly begunAt: string;
}

/** What a document says: `fields` to find it by and `body` to answer with. */
export type Content<Body> = Pick<Document, 'fields'> & { readonly body: Body };

/**
 * A document that an event touches. Of several touches in a batch only the last is computed, from
 * the document as stored; null takes it away.
 */
export interface Touch<Body> {
  readonly id: string;
  readonly content: (current: Body | undefined) => Content<Body> | null;
}

/** A read model: where its documents lie and which of them an event touches. */
export interface ReadModel<Body> {
  readonly spec: CollectionSpec;
  readonly touches: (change: Change) => readonly Touch<Body>[];
  /** Documents of a model are written by this code alone, so being an object is proof enough. */
  readonly isBody: (value: unknown) => value is Body;
}

/** Declares a read model. */
export function readModel<Body>(
  spec: CollectionSpec,
  touches: (change: Change) => readonly Touch<Body>[],
): ReadModel<Body> {
  return { spec, touches, isBody: (value): value is Body => typeof value === 'object' && value !== null };
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

/** Id of a party by its key: the same printed name is the same party in every plan. */
export function partyIdOf(key: string): string {
  return derivedId(`party/${key}`);
}
