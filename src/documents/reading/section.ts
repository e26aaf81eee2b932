import type { NamedPerson } from '../../domain/personal.js';
import type { ImportedActivity } from '../../domain/plan/importedPlan.js';
import type { PlanPeriod } from '../../domain/schedule.js';
import type { Note } from './wording.js';

/** The context in which the rows of a plan are read. */
export interface RowContext {
  readonly ownerUnit: string;
  readonly period: PlanPeriod | null;
  /** A month above the table; empty for none. */
  readonly hint: string;
  /** Notes something about the document. */
  readonly note: Note;
}

/** A section being put together. */
export interface OpenSection {
  readonly numberText: string;
  readonly title: string;
  readonly hint: string | null;
  readonly activities: ImportedActivity<NamedPerson>[];
}
