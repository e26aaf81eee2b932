import type { Basis, Role } from '../../domain/actor.js';
import type { LocalDate } from '../../domain/dates.js';
import type { Bilingual } from '../../domain/language.js';
import type { PersonalText } from '../../domain/personal.js';

/** The name of a person: its index in the list of names, from 0. */
export interface NameIndex {
  readonly name: number;
}

/** A text in which each name of a person is a separate part. */
export type LineText = readonly (string | NameIndex)[];

/** A field before and after an event. */
export interface LineChange {
  readonly path: string;
  readonly label: Bilingual;
  /** In both languages if the texts differ, as for a status. */
  readonly before: LineText | Bilingual | null;
  readonly after: LineText | Bilingual | null;
}

/** An event as a sentence. Everything in it follows from the bytes of the event and of the events before it. */
export interface ProofLine {
  readonly recordedAt: string;
  readonly effectiveOn: LocalDate | null;
  readonly sentence: Bilingual;
  readonly actor: {
    readonly role: Role;
    readonly post: string | null;
    readonly organisation: string | null;
    readonly name: NameIndex;
  };
  readonly onBehalfOf: string | null;
  /** The API key or program that was used. */
  readonly client: NameIndex;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly changes: readonly LineChange[];
}

/**
 * State of a name: shown, encrypted, erased, or its key is missing. Only the server that writes a proof knows the
 * state, because events contain only the encrypted name.
 */
export const NAME_STATES = ['SHOWN', 'SEALED', 'ERASED', 'LOST'] as const;
/** One of {@link NAME_STATES}. */
export type NameState = (typeof NAME_STATES)[number];

/** A name of the list, as a proof shows it. */
export interface ProofName extends PersonalText {
  readonly state: NameState;
  /** Null unless it is shown. */
  readonly name: string | null;
}
