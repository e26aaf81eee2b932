import { asksForReview, type Irregularity } from '../domain/irregularities.js';
import { withOwnParties } from '../domain/organisation/ownPartyCells.js';
import { type ReadingOrganisation, readInOrganisation } from '../domain/organisation/ownWordings.js';
import { type NamedPerson, printOf } from '../domain/personal.js';
import { type ImportedActivity, type ImportedPlan, sectionHeading } from '../domain/plan/importedPlan.js';
import { needsReview } from '../domain/plan.js';
import type { Timeframe } from '../domain/schedule.js';

/** A row of a document as the activity that an import would create from it. */
export interface PreviewedActivity {
  /** Number of the row among all rows of the document, from 1. */
  readonly row: number;
  readonly number: string | null;
  readonly title: string;
  readonly subItems: readonly string[];
  readonly timeframe: Timeframe;
  readonly responsibleText: string;
  readonly needsReview: boolean;
  /** Reasons why a person should check the activity. */
  readonly reviewReasons: readonly Irregularity[];
}

/** A plan as an import of a document would make it, with names of persons as printed. */
export interface PreviewedPlan
  extends Pick<ImportedPlan, 'title' | 'ownerUnit' | 'institution' | 'period' | 'periodText'> {
  readonly stamps: readonly PreviewedStamp[];
  readonly sections: readonly {
    readonly numberText: string;
    readonly title: string;
    readonly activities: readonly PreviewedActivity[];
  }[];
  /** Reasons why a person should check the document as a whole. */
  readonly reviewReasons: readonly Irregularity[];
}

/** A printed stamp of a document. */
export interface PreviewedStamp
  extends Pick<ImportedPlan['stamps'][number], 'kind' | 'marker' | 'post' | 'organisation' | 'date'> {
  readonly person: string | null;
}

/** Returns the plan that an import of a document would make. */
export function previewedPlan(
  document: ImportedPlan<NamedPerson>,
  organisation: ReadingOrganisation | null,
): PreviewedPlan {
  const { title, ownerUnit, institution, period, periodText, stamps, irregularities } = document;
  let row = 0;
  return {
    title,
    ownerUnit,
    institution,
    period,
    periodText,
    stamps: stamps.map(({ kind, marker, post, organisation: from, date, person }) => ({
      kind,
      marker,
      post,
      organisation: from,
      date,
      person: person && printOf(person),
    })),
    sections: document.sections.map((section) => ({
      numberText: section.numberText,
      title: section.title,
      activities: section.activities.map((activity) => {
        row += 1;
        const heading = sectionHeading(section, activity);
        const timeframe = readInOrganisation(organisation, activity.timeframeText, period, heading);
        return previewedActivity(withOwnParties(organisation, activity), timeframe, row);
      }),
    })),
    reviewReasons: irregularities.filter(asksForReview),
  };
}

function previewedActivity(
  { number, title, subItems, responsible, irregularities }: ImportedActivity<NamedPerson>,
  timeframe: Timeframe,
  row: number,
): PreviewedActivity {
  return {
    row,
    number,
    title,
    subItems,
    timeframe,
    responsibleText: printOf(responsible.text),
    needsReview: needsReview({ timeframe, irregularities }),
    reviewReasons: irregularities.filter(asksForReview),
  };
}
