import type { EventType } from '../api/generated/graphql';

/** The kinds of entries that can be selected in the journal, by their event types. */
export const ENTRY_KINDS = {
  TERMS: ['ActivityRescheduled', 'RescheduleRequested', 'RescheduleRefused', 'WordingResolved', 'DeadlineMissed'],
  EXECUTION: [
    ...(['ReportSubmitted', 'ReportAccepted', 'ReportReturned', 'ReportWithdrawn'] as const),
    ...(['ActivityCompleted', 'CompletionWithdrawn', 'ProgressRecorded'] as const),
  ],
  CONTENT: [
    ...(['ActivityPlanned', 'ActivityReworded', 'ActivityReassigned', 'ActivityMoved', 'ActivityExcluded'] as const),
    ...(['ActivityRemoved', 'SectionAdded', 'SectionChanged', 'SectionRemoved', 'PlanDetailsChanged'] as const),
    ...(['PlanAmended', 'PlanDrafted', 'PlanCopied', 'PlanImported'] as const),
  ],
  APPROVAL: [
    ...(['PlanSubmitted', 'PlanAgreed', 'PlanReturned', 'PlanApproved', 'PrintedApprovalConfirmed'] as const),
    ...(['PlanClosed', 'PlanCancelled', 'PlanWithdrawn'] as const),
  ],
  ACCESS: [
    ...(['AccessIssued', 'AccessRotated', 'AccessRenamed', 'AccessGranted', 'AccessWithdrawn'] as const),
    ...(['AccessRevoked', 'SignInLinked', 'SignInUnlinked'] as const),
  ],
} satisfies Readonly<Record<string, readonly EventType[]>>;

/** A kind of entries. */
export type Kind = keyof typeof ENTRY_KINDS;
