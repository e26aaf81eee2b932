import { isPersonal, type PersonalText } from '../domain/personal.js';
import type { Recorded } from '../eventstore/envelope.js';

/** A text of an event that a person has written or that was printed, with its dotted path in the event. */
export interface FreeText {
  readonly path: string;
  readonly text: string;
}

/** Fields whose values are ours: ids, hashes, keys of order, codes. */
const NOT_WRITTEN = /^(id|.*Id|.*Ids|sha256|sealed|order|rules|reader|timeZone|codes?|flags|field)$/;

/** What people may search an event by: all texts in its data, its reason, the document that it rests on, posts and organisations. */
export function freeTexts({ event, reason, basis, actor, onBehalfOf }: Recorded): FreeText[] {
  const { post, organisation } = actor;
  return [...texts({ data: event.data, reason, basis, actor: { post, organisation }, onBehalfOf }, '')];
}

/** The persons that an event names, by the subjects of their keys; those who act among them. */
export function subjectsOf({ event, actor, client }: Pick<Recorded, 'event' | 'actor' | 'client'>): string[] {
  return [...new Set(sealedIn([event.data, actor.name, client]).map(({ subject }) => subject))];
}

/** The sealed names in a value, wherever they stand in it. */
export function sealedIn(value: unknown): PersonalText[] {
  if (typeof value !== 'object' || value === null) return [];
  return isPersonal(value) ? [value] : Object.values(value).flatMap(sealedIn);
}

function* texts(value: unknown, path: string): Generator<FreeText> {
  if (typeof value === 'string') {
    if (/\p{L}{2}/u.test(value)) yield { path, text: value };
    return;
  }
  if (typeof value !== 'object' || value === null || isPersonal(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const place = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    if (!NOT_WRITTEN.test(key)) yield* texts(item, `${path}${place}`);
  }
}
