/**
 * A text that names a person, sealed under a key of that person alone. Whoever shows it resolves
 * the reference when it is read; destroying the key erases the person and leaves the event as it is.
 */
export interface PersonalText {
  readonly subject: string;
  readonly sealed: string;
}

/** A printed text in which names of persons are sealed and the rest is plain; joined it gives the print. */
export type PrintedText<Person = PersonalText> = readonly (string | Person)[];
