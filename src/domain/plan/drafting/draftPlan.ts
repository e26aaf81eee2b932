import { generateNKeysBetween } from 'fractional-indexing';
import type { Given } from '../../actor.js';
import type { PlacedStamp, Stamp } from '../../approval.js';
import { Entries } from '../../entries.js';
import { ImpossibleEvent } from '../../impossible.js';
import type { CopiedFrom, ExistingPlan, ImportBegun, PeriodKind, PlanDetails } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanPeriod } from '../../schedule.js';
import type { ControlSettings } from '../../settings.js';
import { quotable } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import type { PlanEventOf } from '../catalogue.js';
import {
  type Check,
  firstOf,
  optionalLine,
  requiredLine,
  validExternalId,
  validPeriod,
  validTimeZone,
} from '../checks.js';
import type { ActivityContent } from '../entries.js';

interface DraftPlan {
  readonly title: string;
  readonly documentKind: string;
  readonly ownerUnit: string;
  readonly institution: string | null;
  readonly period: PlanPeriod | null;
  /** The organisation that keeps the plan; null for none. */
  readonly organisationId: string | null;
  /** Used only if the plan belongs to no organisation. */
  readonly timeZone: string;
  /** Id of the plan in another system; omitted or null for none. */
  readonly externalId?: string | null;
}

type PlanDrafted = PlanDetails & {
  readonly stamps: readonly Stamp[];
  /** Settings of the organisation at that time; null for a plan without an organisation. */
  readonly settings: ControlSettings | null;
  /** The plan from which this plan was copied; null for none. */
  readonly copiedFrom: CopiedFrom | null;
  /**
   * The import that this event begins; null for none. Other commands do not see the plan until the event PlanImported.
   */
  readonly importing: ImportBegun | null;
};

/** Begins a plan with only its head. */
export const draftPlan: PlanCapability<{ PlanDrafted: PlanDrafted }, { draftPlan: DraftPlan }> = {
  events: {
    PlanDrafted: {
      upcasters: [
        // Version 1 was written when an import always fitted into one append.
        (data) => ({ ...data, importing: null }),
        // Version 2 was written before there were organisations.
        (data) => ({ ...data, organisationId: null, settings: null, copiedFrom: null }),
        // Version 3 was written before plans had external ids.
        (data) => ({ ...data, externalId: null }),
      ],
      evolve() {
        throw new ImpossibleEvent('PlanDrafted on a plan that exists');
      },
      sentence: ({ title }) => [`Начат план «${quotable(title)}»`, `Plan «${quotable(title)}» begun`],
    },
  },
  commands: {
    draftPlan: {
      givenBy: KEEPERS,
      refusedOnExisting: 'PLAN_EXISTS',
      begin(
        { title, documentKind, ownerUnit, institution, period, organisationId, timeZone, externalId = null },
        given,
      ) {
        const head = { title, documentKind, ownerUnit, institution, externalId, ...periodDetails(period) };
        return (
          firstOf(
            validTimeZone(timeZone),
            knownOrganisation(organisationId, given),
            requiredLine('title', title),
            requiredLine('documentKind', documentKind),
            requiredLine('ownerUnit', ownerUnit),
            optionalLine('institution', institution),
            validPeriod(period),
            validExternalId(externalId),
          ) ?? accept(planDrafted({ ...head, ...organisationDetails(given, timeZone) }))
        );
      },
    },
  },
};

/** Returns the first event of a plan. Stamps, source, import and external id are empty unless stated. */
export function planDrafted(
  data: Omit<PlanDrafted, 'stamps' | 'copiedFrom' | 'importing' | 'externalId'> & Partial<PlanDrafted>,
): PlanEventOf<'PlanDrafted'> {
  return { type: 'PlanDrafted', data: { stamps: [], copiedFrom: null, importing: null, externalId: null, ...data } };
}

/** Returns the plan after its first event. */
export function planAfterDrafting({ stamps, importing, settings, copiedFrom, ...details }: PlanDrafted): ExistingPlan {
  return {
    presence: importing === null ? 'WHOLE' : 'IMPORTING',
    importing,
    status: 'DRAFT',
    details,
    sections: new Map(),
    activities: Entries.of([]),
    lastSection: 0,
    lastActivity: 0,
    freedExternalIds: new Map(),
    freedSectionIds: new Map(),
    stamps: stamps.map((stamp): PlacedStamp => ({ ...stamp, state: 'PRINTED' })),
    route: [],
    agreedSteps: [],
    remarks: null,
    edition: 0,
    amendments: [],
    periodReports: [],
    copiedFrom,
    settings,
    underControlFrom: null,
    noticesFrom: null,
    imported: null,
    outcomes: {},
    eventCount: 1,
  };
}

/** Refuses an organisation that does not exist. */
export function knownOrganisation(organisationId: string | null, { organisation }: Given): Check {
  return organisationId !== null && organisation?.id !== organisationId
    ? refuse('ORGANISATION_NOT_FOUND', 'organisationId')
    : undefined;
}

/** Returns the fields that a plan copies from its organisation. A plan without one has the stated time zone. */
export function organisationDetails({ organisation }: Given, timeZone: string) {
  return {
    organisationId: organisation?.id ?? null,
    timeZone: organisation?.timeZone ?? timeZone,
    settings: organisation?.settings ?? null,
  };
}

/** Returns a period given as dates, with its kind: 1 September to 31 August is a school year. */
export function periodDetails(period: PlanPeriod | null): Pick<PlanDetails, 'period' | 'periodKind' | 'periodText'> {
  const periodKind = period === null ? null : kindOfPeriod(period.start.slice(5), period.end.slice(5));
  return { period, periodKind, periodText: null };
}

function kindOfPeriod(start: string, end: string): PeriodKind {
  if (start === '09-01' && end === '08-31') return 'SCHOOL_YEAR';
  return start === '01-01' && end === '12-31' ? 'CALENDAR_YEAR' : 'OTHER';
}

/** A section with its activities, to be added to a new plan. */
interface NewSection {
  readonly numberText: string;
  readonly title: string;
  readonly rows: readonly ActivityContent[];
}

/** Returns the events that add sections and their activities to a new plan, in their order. */
export function contentPlanned(
  sections: readonly NewSection[],
): (PlanEventOf<'SectionAdded'> | PlanEventOf<'ActivityPlanned'>)[] {
  const orders = generateNKeysBetween(null, null, sections.length);
  let activities = 0;
  return sections.flatMap(({ numberText, title, rows }, index) => {
    const sectionId = `s${index + 1}`;
    const places = generateNKeysBetween(null, null, rows.length);
    const planned = rows.map((content, place): PlanEventOf<'ActivityPlanned'> => {
      activities += 1;
      const data = { activityId: `a${activities}`, sectionId, order: places[place] ?? '', ...content };
      return { type: 'ActivityPlanned', data };
    });
    const order = orders[index] ?? '';
    return [
      { type: 'SectionAdded' as const, data: { sectionId, order, numberText, title, externalId: null } },
      ...planned,
    ];
  });
}
