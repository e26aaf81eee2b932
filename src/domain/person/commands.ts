import type { LocalDate } from '../dates.js';
import type { LegalGround } from './events.js';

/** The command to erase a person, with data that the application has looked up, because the domain knows no names. */
export interface PersonCommand {
  readonly type: 'forgetPerson';
  readonly ground: LegalGround;
  readonly requestedOn: LocalDate | null;
  /** True when the vault has a key for the person's name. */
  readonly isKnown: boolean;
  /** True when the reason or the basis document contains the person's name, where it could not be erased. */
  readonly isNamedHere: boolean;
  /** Number of API keys with the person's name. Commands that are given with them would record the name again. */
  readonly apiKeys: number;
  /** Number of plans that name the person and must still be retained. */
  readonly retainedPlans: number;
  /** True to erase the person although there are plans with the name that must be retained. */
  readonly despiteRetention: boolean;
}
