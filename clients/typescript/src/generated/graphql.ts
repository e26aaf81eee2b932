/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
interface DocumentTypeDecoration<TResult, TVariables> {
  __apiType?: (variables: TVariables) => TResult;
}
/** What a change is about. */
export type ChangeKind =
  /** A holder of access, or a webhook. */
  | 'ACCESS'
  /** One activity: fetch it again. */
  | 'ACTIVITY'
  /** An organisation. */
  | 'ORGANISATION'
  /** Anything else, such as the log or the erasure of a name. */
  | 'OTHER'
  /** A plan as a whole: fetch its head and its sections again. */
  | 'PLAN'
  /** The caller sees the plan from here on: fetch it with everything in it. */
  | 'PLAN_ENTERED_SCOPE'
  /** The caller does not see the plan any more: delete it. */
  | 'PLAN_LEFT_SCOPE';

/** How certain the reading of a wording is. */
export type Confidence =
  /** It has other possible meanings, or a part of it was assumed. */
  | 'ASSUMED'
  /** It has one meaning. */
  | 'CERTAIN'
  /** It is not understood. */
  | 'UNKNOWN';

/** Kind of a document. */
export type DocumentType =
  /** Распоряжение. */
  | 'DIRECTIVE'
  /** Письмо. */
  | 'LETTER'
  /** Приказ. */
  | 'ORDER'
  /** Another document. */
  | 'OTHER'
  /** Протокол: minutes of a meeting. */
  | 'PROTOCOL'
  /** Положение. */
  | 'REGULATION'
  /** Постановление. */
  | 'RESOLUTION';

/** Types of events: what can happen here. */
export type EventType =
  /** Access was granted to the plans of organisations. */
  | 'AccessGranted'
  /** Access was issued. */
  | 'AccessIssued'
  /** The name or the post of access was changed. */
  | 'AccessRenamed'
  /** Access was revoked. */
  | 'AccessRevoked'
  /** The key of access was replaced. */
  | 'AccessRotated'
  /** Access to the plans of organisations was withdrawn. */
  | 'AccessWithdrawn'
  /** The accountable party of an activity was confirmed. */
  | 'AccountableConfirmed'
  /** Work was marked as done. */
  | 'ActivityCompleted'
  /** An activity was excluded from an approved plan; it keeps its number. */
  | 'ActivityExcluded'
  /** An activity was moved to another place. */
  | 'ActivityMoved'
  /** An activity was added. */
  | 'ActivityPlanned'
  /** An activity got other responsible parties. */
  | 'ActivityReassigned'
  /** An activity was removed from a draft. */
  | 'ActivityRemoved'
  /** An activity got another timeframe. */
  | 'ActivityRescheduled'
  /** The wording of an activity was changed. */
  | 'ActivityReworded'
  /** A mark that work is done was withdrawn. */
  | 'CompletionWithdrawn'
  /** A due day passed without the work; recorded by the server. */
  | 'DeadlineMissed'
  /** An operator accepted the log although it did not match its anchor. */
  | 'LogAccepted'
  /** The log is signed by a new key. */
  | 'LogKeyRotated'
  /** The name, the parent or other details of an organisation were changed. */
  | 'OrganisationDetailsChanged'
  /** An organisation was registered. */
  | 'OrganisationRegistered'
  /** A report on a period of an organisation was issued, with its figures. */
  | 'OrganisationReportIssued'
  /** Wordings of responsible parties were merged into one party. */
  | 'PartiesMerged'
  /** An organisation settled who is named by a cell of responsible parties in its documents. */
  | 'PartyCellAdopted'
  /** An organisation withdrew who is named by a cell of responsible parties. */
  | 'PartyCellWithdrawn'
  /** A wording of a responsible party was made a party of its own again. */
  | 'PartySeparated'
  /** A report on a period of a plan was issued, with its figures. */
  | 'PeriodReportIssued'
  /** The name of a person was erased: its key is destroyed. */
  | 'PersonForgotten'
  /** A step of the route agreed. */
  | 'PlanAgreed'
  /** An approved plan was amended; the events that follow at once are the changes. */
  | 'PlanAmended'
  /** A plan was approved and is in force. */
  | 'PlanApproved'
  /** A plan was given to another organisation. */
  | 'PlanAssigned'
  /** An approved plan was cancelled. */
  | 'PlanCancelled'
  /** A plan was closed. */
  | 'PlanClosed'
  /** A plan was begun as a copy of an earlier one. */
  | 'PlanCopied'
  /** The title, the period or other details of a plan were changed. */
  | 'PlanDetailsChanged'
  /** A plan was begun. */
  | 'PlanDrafted'
  /** An unfinished import was given up. */
  | 'PlanImportAbandoned'
  /** A plan was imported from a document, with all its rows. */
  | 'PlanImported'
  /** A plan was returned for correction. */
  | 'PlanReturned'
  /** A plan was submitted, with its route of agreement. */
  | 'PlanSubmitted'
  /** A plan was given up before its approval. */
  | 'PlanWithdrawn'
  /** The approval that is printed on an imported plan was confirmed. */
  | 'PrintedApprovalConfirmed'
  /** Progress or an expected day was recorded. */
  | 'ProgressRecorded'
  /** A report was accepted. */
  | 'ReportAccepted'
  /** A report was returned with a remark. */
  | 'ReportReturned'
  /** A report on execution was submitted. */
  | 'ReportSubmitted'
  /** A report was withdrawn by the person who submitted it. */
  | 'ReportWithdrawn'
  /** A request for another timeframe was refused. A granted one is an amendment. */
  | 'RescheduleRefused'
  /** Another timeframe was requested. */
  | 'RescheduleRequested'
  /** A section was added. */
  | 'SectionAdded'
  /** The title or the number of a section was changed. */
  | 'SectionChanged'
  /** An empty section was removed. */
  | 'SectionRemoved'
  /** Settings of an organisation were changed. */
  | 'SettingsChanged'
  /** Another way to sign in, or former access of the same person, was linked. */
  | 'SignInLinked'
  /** A way to sign in was removed. */
  | 'SignInUnlinked'
  /** A webhook was added. */
  | 'WebhookAdded'
  /** A webhook was removed. */
  | 'WebhookRemoved'
  /** The secret of a webhook was replaced. */
  | 'WebhookRotated'
  /** An organisation settled what a timeframe means in its documents. */
  | 'WordingAdopted'
  /** A person settled what a timeframe means. */
  | 'WordingResolved'
  /** An organisation withdrew the meaning of a timeframe. */
  | 'WordingWithdrawn';

/** What is known of the work itself. */
export type Evidence =
  /** The report was accepted. */
  | 'ACCEPTED'
  /** It is marked as done. */
  | 'COMPLETION_MARKED'
  /** Nothing is known. */
  | 'NONE'
  /** A report was submitted, and is not decided yet. */
  | 'REPORTED'
  /** The report was returned: the work counts as open. */
  | 'RETURNED';

/** What a responsible party is. */
export type PartyKind =
  /** A group of persons, posts or organisations. */
  | 'GROUP'
  /** An organisation. */
  | 'ORG'
  /** A named person. */
  | 'PERSON'
  /** A post. */
  | 'ROLE'
  /** A unit of an organisation. */
  | 'UNIT';

/** What the period of a plan is. */
export type PeriodKind =
  /** A calendar year. */
  | 'CALENDAR_YEAR'
  /** Any other period. */
  | 'OTHER'
  /** A school year, such as 2020-2021. */
  | 'SCHOOL_YEAR';

/** Status of a plan. */
export type PlanStatus =
  /** Every step of its route has agreed: it can be approved. */
  | 'AGREED'
  /** In force: its content changes by amendments only. */
  | 'APPROVED'
  /** Was approved, and is no longer in force. */
  | 'CANCELLED'
  /** Its period is over, and each point is done, not done or carried over. */
  | 'CLOSED'
  /** In preparation: its content changes freely. */
  | 'DRAFT'
  /** Submitted: the steps of its route agree, or return it. */
  | 'ON_AGREEMENT'
  /** Given up before it was approved. */
  | 'WITHDRAWN';

/** Status of an execution report. */
export type ReportStatus =
  /** Accepted: снято с контроля. */
  | 'ACCEPTED'
  /** Returned with a remark: another report is needed. */
  | 'RETURNED'
  /** Submitted, not decided yet. */
  | 'SUBMITTED'
  /** Withdrawn before a decision by the person who submitted it. */
  | 'WITHDRAWN';

/** The kinds of schedules that a timeframe may mean. */
export type ScheduleKind =
  /** One day, a range of days, or one or more whole months. */
  | 'DATES'
  /** By a day: «до 15.09». */
  | 'DEADLINE'
  /** By the days of another document: «по графику». */
  | 'EXTERNAL'
  /** Whenever it is asked for: «по запросам». */
  | 'ON_DEMAND'
  /** A number of times in each period: «2 раза в квартал». */
  | 'QUOTA'
  /** Again and again by a rule: «ежемесячно». */
  | 'RECURRING'
  /** During the whole of a window: «в течение года». */
  | 'THROUGHOUT'
  /** Not understood. */
  | 'UNKNOWN';

/** What a stamp says. */
export type StampKind =
  /** «Принято»: accepted by a council. */
  | 'ACCEPT'
  /** «Согласовано»: agreed. */
  | 'AGREE'
  /** «Утверждаю»: approved. */
  | 'APPROVE'
  /** «Рассмотрено»: considered. */
  | 'CONSIDER';

/** Where a stamp comes from. */
export type StampState =
  /** Printed on the imported document, and confirmed here. */
  | 'CONFIRMED'
  /** Given here. */
  | 'GIVEN'
  /** Printed on the imported document, not confirmed here. */
  | 'PRINTED';

/** State of a control point on a day, by the calendar. */
export type Timing =
  /** Carried over to another plan when the plan was closed. */
  | 'CARRIED_OVER'
  /** Done after its due day. */
  | 'DONE_LATE'
  /** Done by its due day. */
  | 'DONE_ON_TIME'
  /** Open: due within the days that the organisation has set (`dueSoonDays`). */
  | 'DUE_SOON'
  /** Open: due on this day, which is still in time. */
  | 'DUE_TODAY'
  /** Its activity was excluded from the plan, or the plan was cancelled. */
  | 'EXCLUDED'
  /** Open: its window has begun, and it is not due soon. */
  | 'IN_WINDOW'
  /** Its timeframe has no days. */
  | 'NOT_DATED'
  /** Left undone when the plan was closed. */
  | 'NOT_DONE'
  /** It was due before the plan came under control here. */
  | 'NOT_TRACKED'
  /** Open: its due day has passed. */
  | 'OVERDUE'
  /** Open: its window has not begun. */
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


export type PlanQuery = { plan: { id: string, externalId: string | null, title: string, documentKind: string, ownerUnit: string, institution: string | null, periodKind: PeriodKind | null, periodText: string | null, organisationId: string | null, timeZone: string, status: PlanStatus, edition: number, underControlFrom: string | null, revision: number, createdAt: string, updatedAt: string, period: { start: string, end: string } | null, stamps: Array<{ kind: StampKind, marker: string, post: string, organisation: string | null, person: string | null, date: string | null, state: StampState, document: { type: DocumentType, issuer: string | null, date: string | null, number: string | null } | null }>, sections: Array<{ id: string, externalId: string | null, ordinal: number, numberText: string, title: string }> } | null, activities: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, externalId: string | null, number: string | null, title: string, text: string, subItems: Array<string>, sectionId: string, responsibleText: string, excluded: boolean, evidence: Evidence, due: string | null, timeframe: { text: string, confidence: Confidence, schedule: { kind: ScheduleKind, interpretation: string } }, responsible: Array<{ name: string, kind: PartyKind, lead: boolean, agreement: boolean, joint: boolean }>, accountable: { name: string, assumed: boolean }, points: Array<{ id: string, ordinal: number, dueOn: string | null, firstApprovedDueOn: string | null, firm: boolean, target: number, progress: number, evidence: Evidence, actualOn: string | null, window: { start: string, end: string } | null }>, reports: Array<{ id: string, status: ReportStatus, pointIds: Array<string>, text: string, actualOn: string, interim: boolean, late: boolean, submittedOn: string, edition: number }> }> } | null };

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
      externalId
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