/**
 * A text that names a person, sealed under a key of that data subject. It is opened when it is read. Destroying the key
 * erases the name without changing the event.
 */
export interface SealedText {
  readonly subject: string;
  readonly sealed: string;
}

/** A person's name as plain text, before it is sealed. */
export interface PlainName {
  readonly person: string;
}

/** Seals the name of a person for an event. */
export type Seal = (name: PlainName) => SealedText;
