import type { Stamp } from '../approval.js';
import type { CitedDocument } from '../documents.js';
import type { Irregularity } from '../irregularities.js';
import type { Responsible } from '../parties.js';
import type { PersonalText } from '../personal.js';
import type { PlanDetails } from '../plan.js';

/** An activity as read from a plan document. */
export interface ImportedActivity<Person = PersonalText> {
  readonly number: string | null;
  readonly title: string;
  readonly text: string;
  readonly subItems: readonly string[];
  readonly timeframeText: string;
  readonly responsible: Responsible<Person>;
  readonly references: readonly CitedDocument[];
  readonly extras: Readonly<Record<string, string>>;
  readonly irregularities: readonly Irregularity[];
  readonly source: string | null;
  /** Text beside the row, such as a month in a separate column, on which its timeframe depends. */
  readonly hint?: string | null;
}

/** A section as read from a plan document. */
export interface ImportedSection<Person = PersonalText> {
  readonly numberText: string;
  readonly title: string;
  /** Text above the table, such as the month of the table, on which its timeframes depend. */
  readonly hint?: string | null;
  readonly activities: readonly ImportedActivity<Person>[];
}

/**
 * Returns the heading for reading a timeframe: the month beside the row, the title of the section, and the month of the
 * table.
 */
export function sectionHeading(
  { title, hint }: { readonly title: string; readonly hint?: string | null },
  row: { readonly hint?: string | null } = {},
): string {
  return [row.hint, title, hint].filter((part) => part).join(' ');
}

/** A plan as read from a document: with plain names as `ImportedPlan<NamedPerson>`, with sealed ones in the command. */
export interface ImportedPlan<Person = PersonalText>
  extends Omit<PlanDetails, 'organisationId' | 'timeZone' | 'externalId'> {
  readonly stamps: readonly Stamp<Person>[];
  /** The month that is printed above the table and applies to the whole document; null or missing for none. */
  readonly monthHeading?: string | null;
  readonly columns: readonly string[];
  readonly sections: readonly ImportedSection<Person>[];
  readonly irregularities: readonly Irregularity[];
}
