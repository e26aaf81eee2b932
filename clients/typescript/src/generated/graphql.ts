/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
interface DocumentTypeDecoration<TResult, TVariables> {
  __apiType?: (variables: TVariables) => TResult;
}
/** What a change is about. PLAN_ENTERED_SCOPE: the caller sees the plan from here on, read it whole; PLAN_LEFT_SCOPE: no more, drop it. */
export type ChangeKind =
  | 'ACCESS'
  | 'ACTIVITY'
  | 'ORGANISATION'
  | 'OTHER'
  | 'PLAN'
  | 'PLAN_ENTERED_SCOPE'
  | 'PLAN_LEFT_SCOPE';

/** How certain the reading of a wording is. */
export type Confidence =
  | 'ASSUMED'
  | 'CERTAIN'
  | 'UNKNOWN';

/** Kind of a document: приказ, распоряжение, постановление, протокол, положение, письмо, другое. */
export type DocumentType =
  | 'DIRECTIVE'
  | 'LETTER'
  | 'ORDER'
  | 'OTHER'
  | 'PROTOCOL'
  | 'REGULATION'
  | 'RESOLUTION';

/** Types of events: what can happen here. */
export type EventType =
  | 'AccessGranted'
  | 'AccessIssued'
  | 'AccessRenamed'
  | 'AccessRevoked'
  | 'AccessRotated'
  | 'AccessWithdrawn'
  | 'AccountableConfirmed'
  | 'ActivityCompleted'
  | 'ActivityExcluded'
  | 'ActivityMoved'
  | 'ActivityPlanned'
  | 'ActivityReassigned'
  | 'ActivityRemoved'
  | 'ActivityRescheduled'
  | 'ActivityReworded'
  | 'CompletionWithdrawn'
  | 'DeadlineMissed'
  | 'LogAccepted'
  | 'LogKeyRotated'
  | 'OrganisationDetailsChanged'
  | 'OrganisationRegistered'
  | 'OrganisationReportIssued'
  | 'PartiesMerged'
  | 'PartySeparated'
  | 'PeriodReportIssued'
  | 'PersonForgotten'
  | 'PlanAgreed'
  | 'PlanAmended'
  | 'PlanApproved'
  | 'PlanAssigned'
  | 'PlanCancelled'
  | 'PlanClosed'
  | 'PlanCopied'
  | 'PlanDetailsChanged'
  | 'PlanDrafted'
  | 'PlanImportAbandoned'
  | 'PlanImported'
  | 'PlanReturned'
  | 'PlanSubmitted'
  | 'PlanWithdrawn'
  | 'PrintedApprovalConfirmed'
  | 'ProgressRecorded'
  | 'ReportAccepted'
  | 'ReportReturned'
  | 'ReportSubmitted'
  | 'ReportWithdrawn'
  | 'RescheduleRefused'
  | 'RescheduleRequested'
  | 'SectionAdded'
  | 'SectionChanged'
  | 'SectionRemoved'
  | 'SettingsChanged'
  | 'SignInLinked'
  | 'SignInUnlinked'
  | 'WebhookAdded'
  | 'WebhookRemoved'
  | 'WebhookRotated'
  | 'WordingAdopted'
  | 'WordingResolved'
  | 'WordingWithdrawn';

/** What is known of the work itself. */
export type Evidence =
  | 'ACCEPTED'
  | 'COMPLETION_MARKED'
  | 'NONE'
  | 'REPORTED'
  | 'RETURNED';

/** What a responsible party is. */
export type PartyKind =
  | 'GROUP'
  | 'ORG'
  | 'PERSON'
  | 'ROLE'
  | 'UNIT';

/** What the period of a plan is. */
export type PeriodKind =
  | 'CALENDAR_YEAR'
  | 'OTHER'
  | 'SCHOOL_YEAR';

/** Where a plan stands. */
export type PlanStatus =
  | 'AGREED'
  | 'APPROVED'
  | 'CANCELLED'
  | 'CLOSED'
  | 'DRAFT'
  | 'ON_AGREEMENT'
  | 'WITHDRAWN';

/** Where an execution report stands; ACCEPTED: снято с контроля. */
export type ReportStatus =
  | 'ACCEPTED'
  | 'RETURNED'
  | 'SUBMITTED'
  | 'WITHDRAWN';

/** The kinds of schedules that a timeframe may mean. */
export type ScheduleKind =
  | 'DATES'
  | 'DEADLINE'
  | 'EXTERNAL'
  | 'ON_DEMAND'
  | 'QUOTA'
  | 'RECURRING'
  | 'THROUGHOUT'
  | 'UNKNOWN';

/** What a stamp says: Утверждаю, Согласовано, Принято, Рассмотрено. */
export type StampKind =
  | 'ACCEPT'
  | 'AGREE'
  | 'APPROVE'
  | 'CONSIDER';

/** PRINTED on the document, GIVEN here, or printed and CONFIRMED. */
export type StampState =
  | 'CONFIRMED'
  | 'GIVEN'
  | 'PRINTED';

/** Where a control point stands against the calendar on a day. */
export type Timing =
  | 'CARRIED_OVER'
  | 'DONE_LATE'
  | 'DONE_ON_TIME'
  | 'DUE_SOON'
  | 'DUE_TODAY'
  | 'EXCLUDED'
  | 'IN_WINDOW'
  | 'NOT_DATED'
  | 'NOT_DONE'
  | 'NOT_TRACKED'
  | 'OVERDUE'
  | 'PLANNED';

export type ChangeFieldsFragment = { position: string, kind: ChangeKind, entryId: string, eventType: EventType, recordedAt: string, planId: string | null, organisationId: string | null, activityId: string | null, activityIds: Array<string>, fields: Array<string>, gone: boolean, statusChanges: Array<{ activityId: string, before: { timing: Timing, evidence: Evidence } | null, after: { timing: Timing, evidence: Evidence } | null }> };

export type StartQueryVariables = Exact<{ [key: string]: never; }>;


export type StartQuery = { system: { readModels: string } | null };

export type PlanPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  atLeast?: string | null | undefined;
}>;


export type PlanPageQuery = { plans: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PlanQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
  atLeast?: string | null | undefined;
}>;


export type PlanQuery = { plan: { id: string, externalId: string | null, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodKind: PeriodKind | null, periodText: string | null, organisationId: string | null, timeZone: string, status: PlanStatus, edition: number, underControlFrom: string | null, revision: number, createdAt: string, updatedAt: string, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null }>, sections: Array<{ id: string, ordinal: number, numberText: string, title: string }> } | null, activities: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, externalId: string | null, number: string | null, title: string, text: string, subItems: Array<string>, sectionId: string, responsibleText: string, excluded: boolean, evidence: Evidence, due: string | null, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, interpretation: string } }, responsible: Array<{ name: string, kind: PartyKind, lead: boolean, agreement: boolean, joint: boolean }>, accountable: { name: string, assumed: boolean }, points: Array<{ id: string, ordinal: number, dueOn: string | null, firstApprovedDueOn: string | null, firm: boolean, target: number, progress: number, evidence: Evidence, actualOn: string | null, window: { start: string, end: string } | null }>, reports: Array<{ id: string, status: ReportStatus, pointIds: Array<string>, text: string, actualOn: string, interim: boolean, late: boolean, submittedOn: string, edition: number }> }> } | null };

export type ChangesQueryVariables = Exact<{
  after: string;
  atLeast?: string | null | undefined;
}>;


export type ChangesQuery = { changes: { position: string, hasMore: boolean, changes: Array<{ position: string, kind: ChangeKind, entryId: string, eventType: EventType, recordedAt: string, planId: string | null, organisationId: string | null, activityId: string | null, activityIds: Array<string>, fields: Array<string>, gone: boolean, statusChanges: Array<{ activityId: string, before: { timing: Timing, evidence: Evidence } | null, after: { timing: Timing, evidence: Evidence } | null }> }> } | null };

export type FollowSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type FollowSubscription = { changes: { position: string, kind: ChangeKind, entryId: string, eventType: EventType, recordedAt: string, planId: string | null, organisationId: string | null, activityId: string | null, activityIds: Array<string>, fields: Array<string>, gone: boolean, statusChanges: Array<{ activityId: string, before: { timing: Timing, evidence: Evidence } | null, after: { timing: Timing, evidence: Evidence } | null }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ChangeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChangeFields on Change {
  position
  kind
  entryId
  eventType
  recordedAt
  planId
  organisationId
  activityId
  activityIds
  fields
  gone
  statusChanges {
    activityId
    before {
      timing
      evidence
    }
    after {
      timing
      evidence
    }
  }
}
    `, {"fragmentName":"ChangeFields"}) as unknown as TypedDocumentString<ChangeFieldsFragment, unknown>;
export const StartDocument = new TypedDocumentString(`
    query Start {
  system {
    readModels
  }
}
    `) as unknown as TypedDocumentString<StartQuery, StartQueryVariables>;
export const PlanPageDocument = new TypedDocumentString(`
    query PlanPage($first: Int!, $after: String, $atLeast: Position) {
  plans(first: $first, after: $after, atLeast: $atLeast) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PlanPageQuery, PlanPageQueryVariables>;
export const PlanDocument = new TypedDocumentString(`
    query Plan($id: ID!, $after: String, $atLeast: Position) {
  plan(id: $id, atLeast: $atLeast) {
    id
    externalId
    title
    documentKind
    ownerUnit
    institution
    period {
      start
      end
    }
    periodKind
    periodText
    organisationId
    timeZone
    status
    edition
    stamps {
      kind
      marker
      post
      organisation
      person
      date
      document {
        type
        issuer
        date
        number
      }
      state
    }
    underControlFrom
    revision
    createdAt
    updatedAt
    sections {
      id
      ordinal
      numberText
      title
    }
  }
  activities(filter: {planId: $id}, first: 200, after: $after, atLeast: $atLeast) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      externalId
      number
      title
      text
      subItems
      sectionId
      timeframe {
        text
        confidence
        schedule {
          kind
          interpretation
        }
      }
      responsibleText
      responsible {
        name
        kind
        lead
        agreement
        joint
      }
      accountable {
        name
        assumed
      }
      excluded
      evidence
      due
      points {
        id
        ordinal
        window {
          start
          end
        }
        dueOn
        firstApprovedDueOn
        firm
        target
        progress
        evidence
        actualOn
      }
      reports {
        id
        status
        pointIds
        text
        actualOn
        interim
        late
        submittedOn
        edition
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlanQuery, PlanQueryVariables>;
export const ChangesDocument = new TypedDocumentString(`
    query Changes($after: Position!, $atLeast: Position) {
  changes(after: $after, atLeast: $atLeast, first: 200) {
    position
    hasMore
    changes {
      ...ChangeFields
    }
  }
}
    fragment ChangeFields on Change {
  position
  kind
  entryId
  eventType
  recordedAt
  planId
  organisationId
  activityId
  activityIds
  fields
  gone
  statusChanges {
    activityId
    before {
      timing
      evidence
    }
    after {
      timing
      evidence
    }
  }
}`) as unknown as TypedDocumentString<ChangesQuery, ChangesQueryVariables>;
export const FollowDocument = new TypedDocumentString(`
    subscription Follow {
  changes {
    ...ChangeFields
  }
}
    fragment ChangeFields on Change {
  position
  kind
  entryId
  eventType
  recordedAt
  planId
  organisationId
  activityId
  activityIds
  fields
  gone
  statusChanges {
    activityId
    before {
      timing
      evidence
    }
    after {
      timing
      evidence
    }
  }
}`) as unknown as TypedDocumentString<FollowSubscription, FollowSubscriptionVariables>;