import type { PlainName, SealedText } from '../engine/vault/sealedText.js';

/** The name of a person in an event, see {@link SealedText}. */
export type PersonalText = SealedText;

/** A person's name in input, before it is sealed. */
export type NamedPerson = PlainName;

/**
 * A printed text in which names of persons are separate parts; the joined parts give the printed text. In events the
 * names are sealed ({@link PersonalText}), in input they are {@link NamedPerson}.
 */
export type PrintedText<Person = PersonalText> = readonly (string | Person)[];

/** Returns true for a sealed name. */
export function isPersonal(value: unknown): value is PersonalText {
  return typeof value === 'object' && value !== null && 'subject' in value && 'sealed' in value;
}

/** Printed instead of a name that the caller may not see. */
export const HIDDEN_NAME = '…';

/** Replaces a name that was erased. */
const ERASED = 'удалено';

/** Printed instead of a name whose key is missing although it was not erased. */
const LOST = 'имя недоступно';

/** Returns the plain text of a text that is not sealed. */
export function printOf(text: PrintedText<NamedPerson>): string {
  return printWith(text, ({ person }) => person);
}

/** Returns the plain text of a text, with each person replaced by the result of `nameOf`. */
export function printWith<Person>(text: PrintedText<Person>, nameOf: (person: Person) => string): string {
  return mapPersons(text, nameOf).join('');
}

/** Returns the plain text of a text that names no person; undefined for any other text. */
export function textWithoutPersons(text: PrintedText<unknown>): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

/** Returns a text with each person replaced, as when names are sealed. */
export function mapPersons<A, B>(text: PrintedText<A>, replace: (person: A) => B): PrintedText<B> {
  return text.map((part) => (typeof part === 'string' ? part : replace(part)));
}

/** Returns the text in place of a name that cannot be read: it was erased, or its key is lost or damaged. */
export function inPlaceOfName(keys: ErasedKeys, { subject }: Pick<PersonalText, 'subject'>): string {
  return keys.isErased(subject) ? ERASED : LOST;
}

/** Returns a function that prints texts with all names of persons. For comparisons only: it checks no access rights. */
export function nameReader(
  keys: ErasedKeys & { open(text: PersonalText): string | null },
): (text: PrintedText) => string {
  return (text) => printWith(text, (person) => keys.open(person) ?? inPlaceOfName(keys, person));
}

/** Lookup of the keys of persons that were destroyed on purpose. */
interface ErasedKeys {
  isErased(subject: string): boolean;
}
