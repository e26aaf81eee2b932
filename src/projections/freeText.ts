import { isPersonal, type PersonalText } from '../domain/personal.js';
import type { Recorded } from '../domain/recorded.js';

/** A text of an event that was written by a person or printed, with its dotted path in the event. */
export interface FreeText {
  readonly path: string;
  readonly text: string;
}

/** Names of fields with generated values: ids, hashes, order keys, codes. */
const NOT_WRITTEN = /^(id|.*Id|.*Ids|sha256|sealed|order|rules|reader|timeZone|codes?|flags|field)$/;

/** Returns the texts by which an event can be searched: texts of its data, reason, basis, post and organisations. */
export function freeTexts({
  event,
  reason,
  basis,
  actor,
  onBehalfOf,
}: Pick<Recorded, 'event' | 'reason' | 'basis' | 'actor' | 'onBehalfOf'>): FreeText[] {
  const { post, organisation } = actor;
  return [...freeTextsIn({ data: event.data, reason, basis, actor: { post, organisation }, onBehalfOf }, '')];
}

/** Returns the ids of the data subjects that an event names, its actor and client included. */
export function namedSubjects(
  { event, actor, client }: Pick<Recorded, 'event' | 'actor' | 'client'>,
  about: unknown,
): string[] {
  return [...new Set(sealedIn([event.data, actor.name, client, about]).map(({ subject }) => subject))];
}

/** Returns the sealed names at any depth of a value. */
export function sealedIn(value: unknown): PersonalText[] {
  if (typeof value !== 'object' || value === null) return [];
  return isPersonal(value) ? [value] : Object.values(value).flatMap(sealedIn);
}

function* freeTextsIn(value: unknown, path: string): Generator<FreeText> {
  if (typeof value === 'string') {
    if (/\p{L}{2}/u.test(value)) yield { path, text: value };
    return;
  }
  if (typeof value !== 'object' || value === null || isPersonal(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const place = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    if (!NOT_WRITTEN.test(key)) yield* freeTextsIn(item, `${path}${place}`);
  }
}
