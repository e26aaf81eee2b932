import type { ReadingOrganisation } from '../domain/organisation/ownWordings.js';
import type { NamedPerson } from '../domain/personal.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import type { Correction } from '../domain/revision/amendment.js';
import type { RevisablePlan } from '../domain/revision/revisable.js';
import type { PreviewedPlan } from './previewedPlan.js';
import type { PaperToPrint } from './printing/paperToPrint.js';
import type { StatedColumns } from './statedColumns.js';
import type { UnreadableDocument } from './unreadable.js';

/** A plan document as it was received. */
export interface DocumentFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** The columns of its table as a person states them; absent if they are found by its head. */
  readonly columns?: StatedColumns | null | undefined;
}

/** A plan that was read from a document, with the name and version of the reader. */
export interface ReadPlan {
  readonly reader: string;
  readonly plan: ImportedPlan<NamedPerson>;
  /** Id of the plan from which the document was exported, according to the file; null for another document. */
  readonly exportedFrom: string | null;
}

/** Which parts of a preview are wanted, and the plan to compare the document with. */
export interface PreviewRequest extends DocumentFile {
  readonly structure: boolean;
  readonly html: boolean;
  readonly plan: boolean;
  /** The organisation whose own wordings and school terms are used; null for none. */
  readonly organisation: ReadingOrganisation | null;
  /** Null: the document is compared with no plan. */
  readonly compareWith: RevisablePlan | null;
  /** True if names of persons are not compared, because the caller may not learn which names the plan contains. */
  readonly hidesNames: boolean;
}

/** What an import would create. Parts that were not requested are null. */
export interface DocumentPreview {
  readonly activityCount: number;
  readonly questionCount: number;
  /** JSON text. */
  readonly structure: string | null;
  readonly html: string | null;
  readonly plan: PreviewedPlan | null;
  /** Null when the document was compared with no plan. */
  readonly correction: Correction | null;
  readonly exportedFrom: string | null;
}

/** Input and output of each kind of work that is done in a thread. */
export interface TaskTypes {
  readonly read: { readonly input: DocumentFile; readonly output: ReadPlan };
  readonly preview: { readonly input: PreviewRequest; readonly output: DocumentPreview };
  readonly print: { readonly input: PaperToPrint; readonly output: Uint8Array };
}

export type TaskKind = keyof TaskTypes;

/** Input of a thread. */
export type Task<K extends TaskKind = TaskKind> = {
  [Kind in K]: { readonly kind: Kind; readonly input: TaskTypes[Kind]['input'] };
}[K];

/** Result of a thread. */
export type TaskAnswer<K extends TaskKind = TaskKind> =
  | { readonly kind: 'done'; readonly value: TaskTypes[K]['output'] }
  | ({ readonly kind: 'unreadable' } & Pick<UnreadableDocument, 'place' | 'problem' | 'reason' | 'headings'>);
