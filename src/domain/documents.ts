import type { LocalDate } from './dates.js';

/** Kinds of documents that a plan refers to (приказ, распоряжение, постановление, протокол, положение, письмо). */
export const DOCUMENT_TYPES = [
  'order',
  'directive',
  'resolution',
  'protocol',
  'regulation',
  'letter',
  'other',
] as const;
/** A kind of document. */
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** A reference to an order or another document, as far as it is known. */
export interface DocumentReference {
  readonly type: DocumentType;
  /** Issuing body in the nominative, or null. */
  readonly issuer: string | null;
  readonly date: LocalDate | null;
  readonly number: string | null;
}

/** A document cited inside a printed text; `text` is the citation as printed. */
export interface CitedDocument extends DocumentReference {
  readonly typeText: string;
  readonly text: string;
}
