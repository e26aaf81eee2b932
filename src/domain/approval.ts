import type { LocalDate } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { PersonalText, PrintedText } from './personal.js';

/** What a stamp or a step of the route says: «Утверждаю», «Согласовано», «Принято», «Рассмотрено». */
export const STAMP_KINDS = ['approve', 'agree', 'accept', 'consider'] as const;
export type StampKind = (typeof STAMP_KINDS)[number];

/** One body on the way to approval. The order of steps is data: the agreeing body may stand above the approving one. */
export interface RouteStep {
  readonly kind: Exclude<StampKind, 'approve'>;
  /** The post that agrees, or the name of the council. */
  readonly post: string;
  readonly organisation: string | null;
  /** From 1: steps of one stage agree in any order, and before those of the next one. */
  readonly stage: number;
  /** A council (педсовет) decides by protocol: its stamp names number and date of it. */
  readonly isCouncil: boolean;
}

/** The steps that may agree now, with their places in the route from 1: those of the first stage that is not done. */
export function openSteps(
  route: readonly RouteStep[],
  agreed: readonly number[],
): readonly { readonly place: number; readonly step: RouteStep }[] {
  const open = route.map((step, index) => ({ place: index + 1, step })).filter(({ place }) => !agreed.includes(place));
  const stage = Math.min(...open.map(({ step }) => step.stage));
  return open.filter(({ step }) => step.stage === stage);
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
