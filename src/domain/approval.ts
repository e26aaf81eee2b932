import type { LocalDate } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { PersonalText, PrintedText } from './personal.js';

/** Kinds of stamps and of route steps: «Утверждаю», «Согласовано», «Принято», «Рассмотрено». */
export type StampKind = 'approve' | 'agree' | 'accept' | 'consider';

/**
 * A step of the route of agreement. The steps are in the order of the route: the agreeing body may rank above the
 * approving body.
 */
export interface RouteStep {
  readonly kind: Exclude<StampKind, 'approve'>;
  /** The post that agrees, or the name of the council. */
  readonly post: string;
  readonly organisation: string | null;
  /** Number of the stage, from 1. Steps of one stage agree in any order, before those of the next stage. */
  readonly stage: number;
  /** True for a council (педсовет). It decides by protocol, so its stamp states number and date of the protocol. */
  readonly isCouncil: boolean;
}

/**
 * Returns the steps that may agree now, which are those of the first open stage, with their places in the route from 1.
 */
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
  /** Null means «not stated». The day of entry is never put in its place. */
  readonly date: LocalDate | null;
  readonly document: DocumentReference | null;
}

/** A stamp of a plan: printed on an imported document, given in Letopis, or printed and later confirmed. */
export interface PlacedStamp extends Stamp {
  readonly state: 'PRINTED' | 'GIVEN' | 'CONFIRMED';
}
