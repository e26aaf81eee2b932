import type { NativePosition } from '../eventstore/port.js';
import type { Document } from '../readstore/port.js';
import type { Failure } from './projection.js';

/** The first event of a stream that a row lacks if its view fails. */
export type Since = Pick<Failure, 'position' | 'recordedAt'>;

/** A row whose content is computed, as plain data that another thread can receive. */
export interface ComputedRow {
  readonly id: string;
  readonly position: NativePosition;
  /** The streams that touch the row. */
  readonly since: readonly (readonly [stream: string, since: Since])[];
  /** The body is JSON as it is stored. Null to delete the row. */
  readonly content: { readonly fields: Document['fields']; readonly body: string } | null;
}

/** The rows of one read model that a batch touches. */
export interface ComputedRows {
  readonly model: string;
  readonly rows: readonly ComputedRow[];
  readonly failures: readonly Failure[];
}

/** A batch whose rows are computed, but not written. */
export interface ComputedBatch {
  /** The streams that could not be folded. */
  readonly broken: readonly Failure[];
  readonly models: readonly ComputedRows[];
}
