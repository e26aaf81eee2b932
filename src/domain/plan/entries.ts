import type { CitedDocument } from '../documents.js';
import type { Irregularity } from '../irregularities.js';
import type { Responsible } from '../parties.js';
import type { PersonalText } from '../personal.js';
import type { Schedule, Timeframe } from '../schedule.js';

/** A timeframe as entered: its wording, and the schedule if the author states it instead of leaving it to the rules. */
export interface TimeframeEntry {
  readonly text: string;
  readonly schedule: Schedule | null;
}

/** An activity as entered by hand. An omitted number is assigned; null means that the activity has none. */
export interface ActivityEntry<Person = PersonalText> {
  readonly number?: string | null;
  readonly title: string;
  readonly subItems: readonly string[];
  readonly timeframe: TimeframeEntry;
  readonly responsible: Responsible<Person>;
  /** Absent if there is none. */
  readonly externalId?: string | null;
}

/** The content of an activity when it is planned. */
export interface ActivityContent {
  readonly number: string | null;
  /** The head of the cell without its sub-items. */
  readonly title: string;
  /** The whole cell as printed. */
  readonly text: string;
  readonly subItems: readonly string[];
  readonly timeframe: Timeframe;
  readonly responsible: Responsible;
  readonly references: readonly CitedDocument[];
  /** Columns beyond the usual four, by their headings. */
  readonly extras: Readonly<Record<string, string>>;
  readonly irregularities: readonly Irregularity[];
  /** The line or cell of the imported document, or the id of the copied activity; null for neither. */
  readonly source: string | null;
  /** Id of the activity in another system, unique in the plan; null for none. A copy of a plan does not have it. */
  readonly externalId: string | null;
}

/**
 * Content of an activity of which only wording, timeframe and responsible parties are known. These are the initial
 * values of the optional fields.
 */
export const EMPTY_CONTENT = {
  extras: {},
  irregularities: [],
  source: null,
  externalId: null,
} as const satisfies Partial<ActivityContent>;
