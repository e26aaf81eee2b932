import { isDay, shortDayText } from './dates';
import { wordFor, words } from './words';

/** What a decision rests on, as the API states it. */
interface ShownBasis {
  readonly withoutDocument: boolean;
  readonly document: BasisDocument | null;
}

/** A document behind a decision. In the file of a proof any of its texts may be anything, and may be missing. */
interface BasisDocument {
  /** Type of the document in the API, such as `ORDER`. */
  readonly type: string;
  readonly issuer?: string | null | undefined;
  /** YYYY-MM-DD. */
  readonly date?: string | null | undefined;
  readonly number?: string | null | undefined;
}

/** Returns the basis of a decision in words; undefined if none was stated. */
export function shownBasisText(basis: ShownBasis | null | undefined): string | undefined {
  if (basis?.document) return basisDocumentText(basis.document);
  return basis?.withoutDocument ? words.activity.withoutDocument : undefined;
}

/** Returns the document behind a decision in words: «приказ директора № 5 от 01.09.2020». */
export function basisDocumentText({ type, issuer, date, number }: BasisDocument): string {
  const day = date && (isDay(date) ? `${words.activity.on} ${shortDayText(date)}` : date);
  return [wordFor(words.document, type), issuer, number && `№ ${number}`, day].filter(Boolean).join(' ');
}
