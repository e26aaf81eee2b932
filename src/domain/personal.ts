/**
 * A text that names a person, sealed under a key of that person alone. Whoever shows it resolves
 * the reference when it is read; destroying the key erases the person and leaves the event as it is.
 */
export interface PersonalText {
  readonly subject: string;
  readonly sealed: string;
}

/** A person's name in the clear: as it was printed or entered, before it is sealed at the application's edge. */
export interface NamedPerson {
  readonly person: string;
}

/**
 * A printed text in which names of persons stand apart and the rest is plain; joined it gives the print.
 * In events the names are sealed ({@link PersonalText}); on the way in they are {@link NamedPerson}.
 */
export type PrintedText<Person = PersonalText> = readonly (string | Person)[];

/** True for a sealed name. */
export function isPersonal(value: unknown): value is PersonalText {
  return typeof value === 'object' && value !== null && 'subject' in value && 'sealed' in value;
}

/** What stands in the place of a name that was erased. */
export const ERASED = 'удалено';

/** What stands in the place of a name whose key is not there though nobody erased it. */
export const LOST = 'имя недоступно';

/** The print of a text that is still in the clear. */
export function printOf(text: PrintedText<NamedPerson>): string {
  return printWith(text, ({ person }) => person);
}

/** A text as it is shown, with what is told of each person. */
export function printWith<Person>(text: PrintedText<Person>, told: (person: Person) => string): string {
  return mapPersons(text, told).join('');
}

/** The same text with each person replaced, as by sealing. */
export function mapPersons<A, B>(text: PrintedText<A>, replace: (person: A) => B): PrintedText<B> {
  return text.map((part) => (typeof part === 'string' ? part : replace(part)));
}
