import type { LocalDate } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { PersonalText, PrintedText } from './personal.js';
import type { ClosingRule } from './timing.js';

/** What a stamp or a step of the route says: «Утверждаю», «Согласовано», «Принято», «Рассмотрено». */
export const STAMP_KINDS = ['approve', 'agree', 'accept', 'consider'] as const;
export type StampKind = (typeof STAMP_KINDS)[number];

/** One body on the way to approval. The order of steps is data: the agreeing body may stand above the approving one. */
export interface RouteStep {
  readonly kind: Exclude<StampKind, 'approve'>;
  readonly post: string;
  readonly organisation: string | null;
}

/** A stamp (гриф). */
export interface Stamp<Person = PersonalText> {
  readonly kind: StampKind;
  /** The word of the stamp as printed, such as «Утверждаю». */
  readonly marker: string;
  readonly post: string;
  readonly organisation: string | null;
  readonly person: PrintedText<Person> | null;
  /** Null means «not stated»; it never becomes the day of entry. */
  readonly date: LocalDate | null;
  readonly document: DocumentReference | null;
}

/** A stamp in a plan: printed on an imported document, given here, or printed and since confirmed. */
export interface PlacedStamp extends Stamp {
  readonly state: 'PRINTED' | 'GIVEN' | 'CONFIRMED';
}

/** The settings of the organisation that are stamped into a plan at approval; a later change moves no approved date. */
export interface ControlSettings {
  readonly closingRule: ClosingRule;
  /** A point is due soon from this many days before its due day. */
  readonly dueSoonDays: number;
  readonly accepterMayBeReporter: boolean;
}

export const DEFAULT_SETTINGS: ControlSettings = {
  closingRule: 'COMPLETION',
  dueSoonDays: 7,
  accepterMayBeReporter: false,
};
