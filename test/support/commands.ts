import type { PlanCommand } from '../../src/domain/plan/catalogue.js';

/** The circumstances of a command request that states none of them. */
export const NO_CIRCUMSTANCES = {
  commandId: null,
  expectedRevision: null,
  reason: null,
  basis: null,
  effectiveOn: null,
} as const;

/** Drafts an empty plan. */
export const DRAFT_PLAN: PlanCommand = {
  type: 'draftPlan',
  title: 'План работы',
  documentKind: 'план работы',
  ownerUnit: 'Центр',
  institution: null,
  period: null,
  organisationId: null,
  timeZone: 'Asia/Yekaterinburg',
};
