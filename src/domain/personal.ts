/**
 * A text that names a person, sealed under a key of that data subject. It is opened when it is read. Destroying the key
 * erases the name and leaves the event as it is.
 */
export interface PersonalText {
  readonly subject: string;
  readonly sealed: string;
}

/** A person's name as plain text, before the application seals it. */
export interface NamedPerson {
  readonly person: string;
}

/**
 * A printed text in which names of persons are separate parts; the joined parts give the printed text. In events the
 * names are sealed ({@link PersonalText}), in input they are {@link NamedPerson}.
 */
export type PrintedText<Person = PersonalText> = readonly (string | Person)[];

/** True for a sealed name. */
export function isPersonal(value: unknown): value is PersonalText {
  return typeof value === 'object' && value !== null && 'subject' in value && 'sealed' in value;
}

/** Replaces a name that was erased. */
export const ERASED = 'удалено';

/** Replaces a name whose key is missing although it was not erased. */
export const LOST = 'имя недоступно';

/** Returns the plain text of a text that is not sealed. */
export function printOf(text: PrintedText<NamedPerson>): string {
  return printWith(text, ({ person }) => person);
}

/** Returns the plain text of a text, with each person replaced by the result of `nameOf`. */
export function printWith<Person>(text: PrintedText<Person>, nameOf: (person: Person) => string): string {
  return mapPersons(text, nameOf).join('');
}

/** Returns a text with each person replaced, as when names are sealed. */
export function mapPersons<A, B>(text: PrintedText<A>, replace: (person: A) => B): PrintedText<B> {
  return text.map((part) => (typeof part === 'string' ? part : replace(part)));
}
