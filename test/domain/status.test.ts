import { describe, expect, it } from '@jest/globals';
import { allowedIn, decide } from '../../src/domain/decide.js';
import { replay } from '../../src/domain/evolve.js';
import type { PlanCommand, PlanCommandType, PlanEvent } from '../../src/domain/plan/catalogue.js';
import { MAX_EVENTS, type Plan } from '../../src/domain/plan.js';
import {
  agreed,
  approved,
  closed,
  draftOf,
  entry,
  given,
  ON_AN_ORDINARY_DAY,
  party,
  planAfter,
  stamp,
  step,
  submitted,
  YEAR,
  ZONE,
} from '../support/domain.js';

const draft = draftOf('сентябрь 2020 г.');
const HISTORIES: Readonly<Record<Plan['status'], readonly PlanEvent[]>> = {
  ABSENT: [],
  DRAFT: draft,
  ON_AGREEMENT: [...draft, submitted(step('Директор'))],
  AGREED: [...draft, submitted(step('Директор')), agreed(1, 'Директор')],
  APPROVED: [...draft, submitted(), approved()],
  CLOSED: [...draft, submitted(), approved(), closed()],
  WITHDRAWN: [...draft, { type: 'PlanWithdrawn', data: {} }],
  CANCELLED: [...draft, submitted(), approved(), { type: 'PlanCancelled', data: {} }],
};

const plan = {
  title: 'План',
  documentKind: 'план',
  ownerUnit: 'Центр',
  institution: null,
  period: YEAR,
  periodKind: null,
  periodText: null,
  stamps: [],
  columns: [],
  sections: [],
  irregularities: [],
} as const;
const a1 = { activityId: 'a1' } as const;

/** One command of each type. Its content does not matter if the status of the plan forbids it. */
const COMMANDS: { readonly [T in PlanCommandType]: Extract<PlanCommand, { type: T }> } = {
  draftPlan: {
    type: 'draftPlan',
    title: 'П',
    documentKind: 'п',
    ownerUnit: 'Ц',
    institution: null,
    period: null,
    organisationId: null,
    timeZone: ZONE,
  },
  importPlan: {
    type: 'importPlan',
    plan,
    source: { fileName: '', sha256: '', reader: '' },
    organisationId: null,
    timeZone: ZONE,
  },
  copyPlan: {
    type: 'copyPlan',
    from: { planId: 'p1', edition: 1 },
    source: planAfter(draft),
    organisationId: null,
    period: null,
    title: null,
  },
  abandonImport: { type: 'abandonImport', importCommandId: 'import-1' },
  assignPlan: { type: 'assignPlan', organisationId: null },
  changePlanDetails: { type: 'changePlanDetails', title: 'Другое' },
  addSection: { type: 'addSection', title: 'Раздел', numberText: '', after: null },
  changeSection: { type: 'changeSection', sectionId: 's1', title: 'Другое' },
  removeSection: { type: 'removeSection', sectionId: 's1' },
  removeActivity: { type: 'removeActivity', ...a1 },
  addActivity: { type: 'addActivity', sectionId: 's1', after: null, activity: entry('январь') },
  rewordActivity: { type: 'rewordActivity', ...a1, title: 'Другое' },
  rescheduleActivity: { type: 'rescheduleActivity', ...a1, timeframe: { text: 'май', schedule: null } },
  reassignActivity: { type: 'reassignActivity', ...a1, responsible: party('Методист') },
  moveActivity: { type: 'moveActivity', ...a1, sectionId: 's1', after: null },
  excludeActivity: { type: 'excludeActivity', ...a1 },
  submitPlan: { type: 'submitPlan', route: [] },
  agreePlan: { type: 'agreePlan', stamp: stamp('Директор') },
  returnPlan: { type: 'returnPlan', remarks: 'Уточнить' },
  approvePlan: { type: 'approvePlan', stamp: stamp('Директор'), underControlFrom: null },
  confirmPrintedApproval: { type: 'confirmPrintedApproval', date: null, underControlFrom: null },
  amendPlan: { type: 'amendPlan', changes: [] },
  completeActivity: { type: 'completeActivity', ...a1, pointId: null, actualOn: '2020-09-20', count: null, note: null },
  withdrawCompletion: { type: 'withdrawCompletion', ...a1, pointId: null },
  recordProgress: {
    type: 'recordProgress',
    ...a1,
    pointId: null,
    actualOn: '2020-09-20',
    count: null,
    subItem: null,
    expectedOn: null,
    note: 'Начато',
  },
  submitReport: {
    type: 'submitReport',
    ...a1,
    pointIds: [],
    text: 'Да',
    evidence: [],
    actualOn: '2020-09-20',
    interim: false,
  },
  acceptReport: { type: 'acceptReport', reportId: 'a1.r1' },
  returnReport: { type: 'returnReport', reportId: 'a1.r1' },
  closePlan: { type: 'closePlan', outcomes: [] },
  withdrawPlan: { type: 'withdrawPlan' },
  cancelPlan: { type: 'cancelPlan' },
  withdrawReport: { type: 'withdrawReport', reportId: 'a1.r1' },
  requestReschedule: { type: 'requestReschedule', ...a1, timeframe: { text: 'май', schedule: null } },
  grantReschedule: { type: 'grantReschedule', requestId: 'a1.q1' },
  refuseReschedule: { type: 'refuseReschedule', requestId: 'a1.q1' },
  confirmAccountable: { type: 'confirmAccountable', ...a1, place: 1 },
  amendFromDocument: {
    type: 'amendFromDocument',
    changes: [{ type: 'rewordActivity', activityId: 'a1', title: 'Другое' }],
    notAmendable: [],
  },
  reviseDraft: { type: 'reviseDraft', changes: [{ type: 'changePlanDetails', title: 'Другой план' }] },
  resolveWording: { type: 'resolveWording', ...a1, reading: 0 },
  readTimeframesAgain: { type: 'readTimeframesAgain', activityIds: null },
  issuePeriodReport: { type: 'issuePeriodReport', kind: 'MONTH', day: '2020-09-10', note: null },
  noticeMissedDeadlines: { type: 'noticeMissedDeadlines' },
};
const STATUSES = ['ABSENT', 'DRAFT', 'ON_AGREEMENT', 'AGREED', 'APPROVED', 'CLOSED', 'WITHDRAWN', 'CANCELLED'] as const;

/** The table of allowed commands, written a second time so that an error in the table of the code is found. */
const WHERE: Readonly<Record<string, readonly PlanCommandType[]>> = {
  ABSENT: ['draftPlan', 'importPlan', 'copyPlan'],
  DRAFT: [
    ...([
      'changePlanDetails',
      'addSection',
      'changeSection',
      'removeSection',
      'removeActivity',
      'reviseDraft',
      'addActivity',
    ] as const),
    ...(['rewordActivity', 'rescheduleActivity', 'reassignActivity', 'moveActivity'] as const),
    ...([
      'submitPlan',
      'confirmPrintedApproval',
      'withdrawPlan',
      'assignPlan',
      'confirmAccountable',
      'resolveWording',
      'readTimeframesAgain',
    ] as const),
  ],
  ON_AGREEMENT: ['agreePlan', 'returnPlan', 'approvePlan', 'withdrawPlan', 'assignPlan'],
  AGREED: ['returnPlan', 'approvePlan', 'withdrawPlan', 'assignPlan'],
  APPROVED: [
    ...(['addActivity', 'rewordActivity', 'rescheduleActivity', 'reassignActivity', 'moveActivity'] as const),
    ...(['excludeActivity', 'amendPlan', 'amendFromDocument', 'completeActivity', 'withdrawCompletion'] as const),
    ...(['submitReport', 'acceptReport', 'returnReport', 'closePlan', 'noticeMissedDeadlines'] as const),
    ...(['withdrawReport', 'cancelPlan', 'recordProgress'] as const),
    ...(['requestReschedule', 'grantReschedule', 'refuseReschedule'] as const),
    ...(['assignPlan', 'confirmAccountable', 'resolveWording', 'issuePeriodReport'] as const),
  ],
  CLOSED: ['submitReport', 'withdrawReport', 'acceptReport', 'returnReport', 'assignPlan', 'issuePeriodReport'],
  CANCELLED: ['issuePeriodReport'],
};

describe.each(STATUSES)('in a plan that is %s', (status) => {
  const state = replay(HISTORIES[status]);

  it('the history leads there', () => {
    expect(state.status).toBe(status);
  });

  it.each(Object.values(COMMANDS))('$type is allowed as the field has it', (command) => {
    const decision = decide(state, command, ON_AN_ORDINARY_DAY);
    const code = decision.kind === 'refused' ? decision.refusal.code : null;
    const allowed = WHERE[status]?.includes(command.type) ?? false;
    expect(allowedIn(command.type).includes(status)).toBe(allowed);
    const beginning = { draftPlan: 'PLAN_EXISTS', copyPlan: 'PLAN_EXISTS', importPlan: 'ALREADY_IMPORTED' };
    const began = Object.entries(beginning).find(([type]) => type === command.type)?.[1];
    const unbegun = command.type === 'abandonImport' ? 'IMPORT_NOT_FOUND' : undefined;
    const forbidden = unbegun ?? (status === 'ABSENT' ? 'PLAN_NOT_FOUND' : (began ?? 'WRONG_STATUS'));
    // An agreement not yet complete forbids the approval by the same code.
    if (!allowed) expect(code).toBe(forbidden);
    else if (!(status === 'ON_AGREEMENT' && command.type === 'approvePlan')) expect(code).not.toBe(forbidden);
  });
});

describe('the limit of a plan', () => {
  const remark = { type: 'changePlanDetails', title: 'Другое' } as const;

  it('is its number of events', () => {
    const full = (eventCount: number): Plan => ({ ...planAfter(draft), eventCount });
    expect(decide(full(MAX_EVENTS), remark, ON_AN_ORDINARY_DAY)).toMatchObject({ refusal: { code: 'PLAN_TOO_LARGE' } });
    expect(decide(full(MAX_EVENTS - 1), remark, ON_AN_ORDINARY_DAY)).toMatchObject({ kind: 'accepted' });
  });

  it('counts every event of a history', () => {
    expect(planAfter(HISTORIES.APPROVED).eventCount).toBe(HISTORIES.APPROVED.length);
    expect(given(draft).when(remark).plan().eventCount).toBe(draft.length + 1);
  });
});
