import { copiedContent, nextPeriod } from '../../copy.js';
import { type CopiedFrom, type ExistingPlan, needsReview } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import type { PlanPeriod } from '../../schedule.js';
import { DEFAULT_SETTINGS } from '../../settings.js';
import type { PlanCapability } from '../capability.js';
import type { PlanEvent } from '../catalogue.js';
import { firstOf, optionalLine, validExternalId, validPeriod } from '../checks.js';
import { contentPlanned, knownOrganisation, organisationDetails, periodDetails, planDrafted } from './draftPlan.js';

interface CopyPlan {
  readonly from: CopiedFrom;
  /** The present state of the plan `from`. */
  readonly source: ExistingPlan;
  readonly organisationId: string | null;
  readonly period: PlanPeriod | null;
  readonly title: string | null;
  /** Id of the new plan in another system; omitted or null for none. */
  readonly externalId?: string | null;
}

interface PlanCopied {
  readonly from: CopiedFrom;
  readonly activities: number;
  readonly unfinished: number;
  readonly questions: number;
}

/**
 * Drafts a plan as a copy of another one, as a rule last year's. The content is moved into `period`, by default the
 * next one. Uncertain content becomes an irregularity for review. PlanCopied is the last event of a copy.
 */
export const copyPlan: PlanCapability<{ PlanCopied: PlanCopied }, { copyPlan: CopyPlan }> = {
  events: {
    PlanCopied: {
      evolve: (plan) => plan,
      sentence: ({ activities, unfinished, questions }) => [
        `План составлен по прошлому: мероприятий ${activities}, не завершено ${unfinished}, вопросов ${questions}`,
        `Plan copied from last year’s: ${activities} activities, ${unfinished} unfinished, ${questions} questions`,
      ],
    },
  },
  commands: {
    copyPlan: {
      givenBy: KEEPERS,
      refusedOnExisting: 'PLAN_EXISTS',
      begin(command, given) {
        const { source, from, organisationId } = command;
        const { documentKind, ownerUnit, institution, timeZone } = source.details;
        const period = command.period ?? (source.details.period && nextPeriod(source.details.period));
        const refused = firstOf(
          source.presence === 'WHOLE' ? undefined : refuse('PLAN_NOT_FOUND', 'fromPlanId'),
          knownOrganisation(organisationId, given),
          period === null ? refuse('PERIOD_REQUIRED', 'period') : undefined,
          validPeriod(period),
          optionalLine('title', command.title),
          validExternalId(command.externalId),
        );
        if (refused || period === null) return refused ?? refuse('PERIOD_REQUIRED', 'period');
        const { title, sections } = copiedContent(source, period, given.organisation?.settings ?? DEFAULT_SETTINGS);
        const rows = sections.flatMap((section) => section.rows);
        const head = { title: command.title?.trim() || title, documentKind, ownerUnit, institution };
        const summary = {
          from,
          activities: rows.length,
          unfinished: rows.filter(({ unfinished }) => unfinished).length,
          questions: rows.filter(({ content }) => needsReview(content)).length,
        };
        return accept<PlanEvent>(
          planDrafted({
            ...head,
            ...periodDetails(period),
            ...organisationDetails(given, timeZone),
            copiedFrom: from,
            externalId: command.externalId ?? null,
          }),
          ...contentPlanned(
            sections.map((section) => ({ ...section, rows: section.rows.map(({ content }) => content) })),
          ),
          { type: 'PlanCopied', data: summary },
        );
      },
    },
  },
};
