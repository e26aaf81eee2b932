import type { LocalDate } from './dates.js';

/** Kinds of documents that a plan refers to (приказ, распоряжение, постановление, протокол, положение, письмо). */
export type DocumentType = 'order' | 'directive' | 'resolution' | 'protocol' | 'regulation' | 'letter' | 'other';

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
