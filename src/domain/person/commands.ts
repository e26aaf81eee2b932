import type { LocalDate } from '../dates.js';
import type { LegalGround } from './events.js';

/** The command to forget a person, with what whoever gives it has looked up: the domain knows no names. */
export interface PersonCommand {
  readonly type: 'forgetPerson';
  readonly ground: LegalGround;
  readonly requestedOn: LocalDate | null;
  /** There is a key that opens the person's name. */
  readonly isKnown: boolean;
  /** The reason, or the document, would name the person for ever. */
  readonly isNamedHere: boolean;
  /** How many API keys bear the name: what is done by them would name the person anew. */
  readonly apiKeys: number;
  /** How many plans name the person that must be kept longer … */
  readonly retainedPlans: number;
  /** … and that it is to be done all the same. */
  readonly despiteRetention: boolean;
}
