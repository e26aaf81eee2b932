import type { PlacedStamp, RouteStep } from '../domain/approval.js';
import type { PeriodReport } from '../domain/indicators/periodReport.js';
import type { Irregularity } from '../domain/irregularities.js';
import {
  type CopiedFrom,
  type ExistingPlan,
  type ImportSource,
  needsReview,
  type PlanDetails,
  sectionsInOrder,
} from '../domain/plan.js';
import type { ControlSettings } from '../domain/settings.js';
import { type Change, readModel, searchWords } from './model.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** A plan with its sections, as queries return it. */
export interface PlanBody extends PlanDetails {
  readonly planId: string;
  readonly status: ExistingPlan['status'];
  readonly edition: number;
  readonly stamps: readonly PlacedStamp[];
  readonly route: readonly RouteStep[];
  readonly agreedSteps: readonly number[];
  readonly remarks: string | null;
  readonly settings: ControlSettings | null;
  readonly periodReports: readonly PeriodReport[];
  readonly copiedFrom: CopiedFrom | null;
  readonly underControlFrom: string | null;
  readonly imported: (ImportSource & { readonly irregularities: readonly Irregularity[] }) | null;
  readonly sections: readonly SectionBody[];
  readonly activityCount: number;
  readonly reviewCount: number;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A section of a plan as queries return it. */
export interface SectionBody {
  readonly id: string;
  /** Place of the section in the plan, from 1. */
  readonly ordinal: number;
  readonly numberText: string;
  readonly title: string;
  readonly externalId: string | null;
}

/** The read model of plans: one row per plan. */
export const plans = readModel<PlanBody>(
  {
    name: 'plans',
    version: 6,
    fields: {
      title: 'text',
      status: 'text',
      ...VISIBILITY,
      periodStart: 'text',
      periodEnd: 'text',
      updatedAt: 'text',
      words: 'multiText',
      begunBy: 'text',
      externalIds: 'multiText',
    },
    keys: ['status', 'organisationId'],
    indexes: [
      ['begunBy'],
      ['externalIds', 'title'],
      ['externalIds', 'updatedAt'],
      ['externalIds', 'periodStart'],
      ['title'],
      ['updatedAt'],
      ['periodStart'],
      ['status', 'title'],
      ['organisationId', 'title'],
      ['published', 'title'],
      ['status', 'updatedAt'],
      ['organisationId', 'updatedAt'],
      ['published', 'updatedAt'],
      ['status', 'periodStart'],
      ['organisationId', 'periodStart'],
      ['published', 'periodStart'],
    ],
  },
  {
    ofPlan: ({ planId }) => [
      {
        id: planId,
        view: ({ plan, last, begunAt, begunBy }) => {
          const body = planBody(planId, plan, last, begunAt);
          return {
            body,
            fields: {
              title: body.title,
              status: body.status,
              ...visibilityOf(plan),
              periodStart: body.period?.start ?? '',
              periodEnd: body.period?.end ?? '',
              updatedAt: body.updatedAt,
              words: searchWords(body.title, body.ownerUnit, body.institution ?? ''),
              begunBy,
              externalIds: body.externalId === null ? [] : [body.externalId],
            },
          };
        },
      },
    ],
  },
);

/** Returns the value of the field `begunBy`: the command that began a plan. */
export function begunByKey(actorId: string, commandId: string): string {
  return `${actorId} ${commandId}`;
}

/** Returns the plan in one state. Read models, mutation results and comparisons use the same function. */
export function planBody(
  planId: string,
  plan: ExistingPlan,
  recorded: Pick<Change['recorded'], 'revision' | 'recordedAt'>,
  createdAt: string,
): PlanBody {
  const { status, edition, stamps, route, agreedSteps, remarks, settings, underControlFrom, imported } = plan;
  const { periodReports, copiedFrom } = plan;
  const rows = [...plan.activities.values()];
  return {
    planId,
    ...plan.details,
    status,
    edition,
    stamps,
    route,
    agreedSteps,
    remarks,
    settings,
    periodReports,
    copiedFrom,
    underControlFrom,
    imported,
    sections: sectionsInOrder(plan).map(({ id, numberText, title, externalId }, index) => ({
      id,
      ordinal: index + 1,
      numberText,
      title,
      externalId,
    })),
    activityCount: rows.length,
    reviewCount: rows.filter(needsReview).length,
    revision: recorded.revision,
    createdAt,
    updatedAt: recorded.recordedAt,
  };
}
