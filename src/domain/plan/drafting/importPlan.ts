import type { Given } from '../../actor.js';
import type { Irregularity } from '../../irregularities.js';
import { withOwnParties } from '../../organisation/ownPartyCells.js';
import { readInOrganisation } from '../../organisation/ownWordings.js';
import { type ExistingPlan, type ImportSource, MAX_ACTIVITIES } from '../../plan.js';
import { accept, type Refused, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import { type PlanPeriod, type Schedule, withHeading } from '../../schedule.js';
import { MAX_LONG, MAX_NUMBER, MAX_TITLE } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import type { PlanDecision, PlanEvent } from '../catalogue.js';
import {
  type Check,
  firstOf,
  optionalLine,
  requiredLine,
  validExternalId,
  validPeriod,
  validTimeZone,
} from '../checks.js';
import { refusedAt } from '../content/amendPlan.js';
import { type ChosenReading, scheduleChosen, withMeaning } from '../content/resolveWording.js';
import { type ActivityContent, EMPTY_CONTENT } from '../entries.js';
import { type ImportedActivity, type ImportedPlan, type ImportedSection, sectionHeading } from '../importedPlan.js';
import { contentPlanned, knownOrganisation, organisationDetails, planDrafted } from './draftPlan.js';

interface ImportPlan {
  readonly plan: ImportedPlan;
  readonly source: ImportSource;
  readonly organisationId: string | null;
  readonly timeZone: string;
  /** Readings that a person has chosen for rows of the document. The rules read all other rows. */
  readonly readings?: readonly RowReading[];
  /** Id of the plan in another system; omitted or null for none. */
  readonly externalId?: string | null;
}

/** The reading that a person has chosen for the timeframe of a row. */
export interface RowReading {
  /** Place of the row among all rows of the document, from 1. */
  readonly row: number;
  readonly reading: ChosenReading;
}

type PlanImported = ImportSource & {
  readonly irregularities: readonly Irregularity[];
  readonly sections: number;
  readonly activities: number;
};

/**
 * Drafts a plan from a document. PlanImported is the last event of an import and marks it as complete. An interrupted
 * import continues after its last stored event. If another version of the reader began the import, it is abandoned and
 * begun again.
 */
export const importPlan: PlanCapability<
  { PlanImported: PlanImported; PlanImportAbandoned: { readonly events: number } },
  {
    importPlan: ImportPlan;
    /** Abandons an unfinished import, so that the file can be imported again. */
    abandonImport: { readonly importCommandId: string };
  }
> = {
  events: {
    PlanImported: {
      changesActivities: true,
      evolve: (plan, { fileName, sha256, reader, irregularities }) => ({
        ...plan,
        presence: 'WHOLE',
        importing: null,
        imported: { fileName, sha256, reader, irregularities },
      }),
      sentence: ({ fileName, sections, activities }) => [
        `План загружен из файла ${fileName}: разделов ${sections}, мероприятий ${activities}`,
        `Plan imported from ${fileName}: ${sections} sections, ${activities} activities`,
      ],
    },
    PlanImportAbandoned: {
      evolve: (plan) => ({ ...plan, presence: 'ABANDONED', importing: null }),
      sentence: () => ['Незаконченная загрузка отменена', 'Unfinished import given up'],
    },
  },
  commands: {
    importPlan: {
      givenBy: KEEPERS,
      refusedOnExisting: 'ALREADY_IMPORTED',
      begin: completeImport,
      decideOnImport(plan, command, given) {
        const decision = completeImport(command, given);
        if (decision.kind === 'refused' || plan.presence === 'ABANDONED') return decision;
        const { events } = decision;
        const continues = plan.importing?.reader === command.source.reader && plan.importing.events === events.length;
        return continues
          ? { ...decision, events: events.slice(storedEvents(plan)) }
          : { ...decision, events: [importAbandoned(plan), ...events] };
      },
    },
    abandonImport: {
      givenBy: KEEPERS,
      inStatus: [],
      refusedElsewhere: { code: 'IMPORT_NOT_FOUND', field: 'planId' },
      decide: () => refuse('IMPORT_NOT_FOUND', 'planId'),
      decideOnImport: (plan) =>
        plan.presence === 'IMPORTING' ? accept(importAbandoned(plan)) : refuse('IMPORT_NOT_FOUND', 'planId'),
    },
  },
};

function importAbandoned(plan: ExistingPlan): PlanEvent {
  return { type: 'PlanImportAbandoned', data: { events: storedEvents(plan) } };
}

/** The number of stored events: PlanDrafted, and one for each section and activity. */
function storedEvents({ lastSection, lastActivity }: ExistingPlan): number {
  return 1 + lastSection + lastActivity;
}

function completeImport(
  { plan, source, timeZone, organisationId, readings = [], externalId = null }: ImportPlan,
  given: Given,
): PlanDecision {
  const activities = plan.sections.reduce((sum, section) => sum + section.activities.length, 0);
  const { title, documentKind, ownerUnit, institution, period, periodKind, periodText, stamps } = plan;
  const refused = firstOf(
    validTimeZone(timeZone),
    knownOrganisation(organisationId, given),
    requiredLine('title', title, MAX_TITLE),
    requiredLine('ownerUnit', ownerUnit),
    ...plan.sections.map(validLines),
    activities === 0 ? refuse('NOTHING_PLANNED') : undefined,
    activities > MAX_ACTIVITIES ? refuse('PLAN_TOO_LARGE', null, { max: MAX_ACTIVITIES }) : undefined,
    validPeriod(period),
    validExternalId(externalId),
  );
  if (refused) return refused;
  const head = { title, documentKind, ownerUnit, institution, period, periodKind, periodText, stamps, externalId };
  const importing = { ...source, events: plan.sections.length + activities + 2 };
  const read = plan.sections.map((section) =>
    section.activities.map((activity) => importedContent(activity, section, period, given)),
  );
  const chosen = schedulesChosen(read.flat(), readings);
  if ('kind' in chosen) return chosen;
  const sections = plan.sections.map((section, index) => ({
    ...section,
    rows: (read[index] ?? []).map((row) => {
      const schedule = chosen.get(row);
      return schedule ? withMeaning(row, schedule) : row;
    }),
  }));
  const { irregularities } = plan;
  const imported = { ...source, irregularities, sections: sections.length, activities };
  return {
    ...accept<PlanEvent>(
      planDrafted({ ...head, ...organisationDetails(given, timeZone), importing }),
      ...contentPlanned(sections),
      { type: 'PlanImported', data: imported },
    ),
    inChunks: true,
  };
}

/** Returns the schedules that a person chose for rows, or a refusal of one of the readings. */
function schedulesChosen(
  rows: readonly ActivityContent[],
  readings: readonly RowReading[],
): ReadonlyMap<ActivityContent, Schedule> | Refused {
  if (readings.length > rows.length) return refuse('TOO_MANY', 'readings', { max: rows.length });
  const chosen = new Map<ActivityContent, Schedule>();
  for (const [index, { row, reading }] of readings.entries()) {
    const content = rows[row - 1];
    if (!content) return refuse('ACTIVITY_NOT_FOUND', `readings.${index}.row`);
    const schedule = scheduleChosen(content.timeframe, reading);
    if (schedule.kind === 'refused') return refusedAt(schedule, `readings.${index}`);
    chosen.set(content, schedule);
  }
  return chosen;
}

/**
 * Refuses titles and numbers with line breaks. The reader of documents already joins the lines of a cell and limits its
 * length.
 */
function validLines({ title, numberText, activities }: ImportedSection): () => Check {
  return () =>
    firstOf(
      optionalLine('sections.title', title, MAX_TITLE),
      optionalLine('sections.numberText', numberText, MAX_NUMBER),
      ...activities.map(
        (row) => () =>
          optionalLine('activities.title', row.title, MAX_LONG) ??
          optionalLine('activities.number', row.number, MAX_NUMBER),
      ),
    );
}

function importedContent(
  { timeframeText, hint, ...row }: ImportedActivity,
  section: ImportedSection,
  period: PlanPeriod | null,
  { organisation }: Given,
): ActivityContent {
  const heading = sectionHeading(section, { hint: hint ?? null });
  const read = readInOrganisation(organisation, timeframeText, period, heading);
  const timeframe = withHeading(read, heading === section.title ? undefined : heading);
  return withOwnParties(organisation, { ...EMPTY_CONTENT, ...row, timeframe });
}
