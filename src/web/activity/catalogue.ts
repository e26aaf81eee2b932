import { ask } from '../api/ask';
import {
  AcceptReportDocument,
  CompleteDocument,
  ConfirmAccountableDocument,
  ExcludeDocument,
  GrantRescheduleDocument,
  ReassignDocument,
  RefuseRescheduleDocument,
  RequestRescheduleDocument,
  RescheduleDocument,
  ResolveWordingDocument,
  ReturnReportDocument,
  SubmitReportDocument,
  WithdrawCompletionDocument,
  WithdrawReportDocument,
} from '../api/generated/graphql';
import type { ShownActivity } from '../api/queries';
import { basisFrom } from '../forms/decision';
import type { LimitedField } from '../forms/limits';
import { isDoubtful, readingFrom } from '../forms/reading';
import type { CommandAnswer, CommandCircumstances } from '../forms/useCommand';
import { words } from '../words/words';
import { type FormValues, KEEPER, linkFrom, partiesFrom, partyLines } from './values';

/** A field of a form. */
export type FieldName =
  | 'text'
  | 'actualOn'
  | 'interim'
  | 'pointId'
  | 'count'
  | 'evidence'
  | 'timeframe'
  | 'reading'
  | 'parties'
  | 'accountable'
  | 'reason'
  | 'basis';

interface Target {
  /** Id of the activity, of the report or of the request. */
  readonly id: string;
}

/** An action on an activity, a report or a request for another term. */
export interface Action {
  /** The mutation. */
  readonly name: LimitedField;
  readonly label: string;
  readonly on: 'activity' | 'report' | 'request';
  readonly fields: readonly FieldName[];
  /** The required fields. */
  readonly required: readonly FieldName[];
  /** Returns true if the action makes sense for the activity. The server says whether the person may do it. */
  fits(activity: ShownActivity, report: ShownReport | undefined): boolean;
  /** Returns the initial values of the form. */
  begins?(activity: ShownActivity, target: Target): Partial<FormValues>;
  send(target: Target, values: FormValues, given: CommandCircumstances): Promise<CommandAnswer>;
}

type ShownReport = ShownActivity['reports'][number];

const ALWAYS = () => true;
const isOpen = ({ points }: ShownActivity) => points.some(({ evidence }) => evidence !== 'ACCEPTED');
const mayReschedule = ({ availableActions }: ShownActivity) => availableActions.includes('rescheduleActivity');
const hasOpenRequest = ({ requests }: ShownActivity) => requests.some(({ status }) => status === 'OPEN');

/** All actions of the page on activities, in the order in which they are offered. */
export const ACTIONS: readonly Action[] = [
  {
    name: 'submitReport',
    label: words.form.report,
    on: 'activity',
    fields: ['text', 'actualOn', 'pointId', 'evidence', 'interim'],
    required: ['text', 'actualOn', 'pointId'],
    fits: (activity) => isOpen(activity),
    send: async ({ id: activityId }, values, given) => {
      const { text, actualOn, interim, pointId, evidenceTitle, evidenceUrl } = values;
      const url = linkFrom(evidenceUrl);
      const evidence = url === '' ? null : [{ title: evidenceTitle || url, url }];
      const pointIds = pointId === '' ? null : [pointId];
      const input = { ...given, activityId, text, actualOn, interim, pointIds, evidence };
      return (await ask(SubmitReportDocument, { input })).done;
    },
  },
  {
    name: 'completeActivity',
    label: words.form.complete,
    on: 'activity',
    fields: ['actualOn', 'pointId', 'count'],
    required: ['actualOn', 'pointId'],
    fits: ({ points }) => points.some(({ evidence }) => evidence === 'NONE'),
    send: async ({ id: activityId }, { actualOn, pointId, count }, given) => {
      const input = {
        ...given,
        activityId,
        actualOn,
        pointId: pointId || null,
        count: count === '' ? null : Number(count),
      };
      return (await ask(CompleteDocument, { input })).done;
    },
  },
  {
    name: 'resolveWording',
    label: words.form.settle,
    on: 'activity',
    fields: ['reading'],
    required: ['reading'],
    fits: ({ timeframe }) => isDoubtful(timeframe),
    send: async ({ id: activityId }, values, given) =>
      (await ask(ResolveWordingDocument, { input: { ...given, activityId, ...readingFrom(values) } })).done,
  },
  {
    name: 'reassignActivity',
    label: words.form.settleParties,
    on: 'activity',
    fields: ['parties'],
    required: ['parties'],
    // The cell of an approved plan is corrected by an amendment.
    fits: (activity) =>
      activity.plan?.status === 'DRAFT' && activity.reviewReasons.some(({ field }) => field === 'responsible'),
    begins: ({ responsible, responsibleText }) => ({ cell: responsibleText, parties: partyLines(responsible) }),
    send: async ({ id: activityId }, { cell, parties }, given) => {
      const input = { ...given, activityId, responsible: cell, parties: partiesFrom(parties) };
      return (await ask(ReassignDocument, { input })).done;
    },
  },
  {
    name: 'confirmAccountable',
    label: words.form.confirmAccountable,
    on: 'activity',
    fields: ['accountable'],
    required: ['accountable'],
    fits: ({ accountable }) => accountable.assumed,
    send: async ({ id: activityId }, { accountable }, given) => {
      const place = accountable === KEEPER ? null : Number(accountable);
      return (await ask(ConfirmAccountableDocument, { input: { ...given, activityId, place } })).done;
    },
  },
  {
    name: 'requestReschedule',
    label: words.form.ask,
    on: 'activity',
    fields: ['timeframe', 'reason'],
    required: ['timeframe', 'reason'],
    // A person who may change the term does not ask for it.
    fits: (activity) => isOpen(activity) && !hasOpenRequest(activity) && !mayReschedule(activity),
    send: async ({ id: activityId }, { term, reason }, given) =>
      (await ask(RequestRescheduleDocument, { input: { ...given, activityId, timeframe: { text: term }, reason } }))
        .done,
  },
  {
    name: 'rescheduleActivity',
    label: words.form.reschedule,
    on: 'activity',
    fields: ['timeframe', 'reason', 'basis'],
    required: ['timeframe', 'reason', 'basis'],
    // An open request must be decided first, because it refers to the present term.
    fits: (activity) => !hasOpenRequest(activity),
    send: async ({ id: activityId }, values, given) => {
      const { term, reason } = values;
      const input = { ...given, activityId, timeframe: { text: term }, reason, basis: basisFrom(values) };
      return (await ask(RescheduleDocument, { input })).done;
    },
  },
  {
    name: 'excludeActivity',
    label: words.form.exclude,
    on: 'activity',
    fields: ['reason', 'basis'],
    required: ['reason', 'basis'],
    fits: ALWAYS,
    send: async ({ id: activityId }, values, given) =>
      (await ask(ExcludeDocument, { input: { ...given, activityId, reason: values.reason, basis: basisFrom(values) } }))
        .done,
  },
  {
    name: 'withdrawCompletion',
    label: words.form.withdrawCompletion,
    on: 'activity',
    fields: ['pointId', 'reason'],
    required: ['pointId', 'reason'],
    fits: ({ points }) => points.some(({ evidence }) => evidence === 'COMPLETION_MARKED'),
    send: async ({ id: activityId }, { pointId, reason }, given) =>
      (await ask(WithdrawCompletionDocument, { input: { ...given, activityId, pointId: pointId || null, reason } }))
        .done,
  },
  {
    name: 'acceptReport',
    label: words.form.accept,
    on: 'report',
    fields: [],
    required: [],
    fits: ALWAYS,
    send: async ({ id: reportId }, _, given) =>
      (await ask(AcceptReportDocument, { input: { ...given, reportId } })).done,
  },
  {
    name: 'returnReport',
    label: words.form.return,
    on: 'report',
    fields: ['reason'],
    required: ['reason'],
    // Offered only to a person who may also accept the report. Its author withdraws it instead of returning it.
    fits: (_, report) => report?.availableActions.includes('acceptReport') === true,
    send: async ({ id: reportId }, { reason }, given) =>
      (await ask(ReturnReportDocument, { input: { ...given, reportId, reason } })).done,
  },
  {
    name: 'withdrawReport',
    label: words.form.withdrawReport,
    on: 'report',
    fields: ['reason'],
    required: ['reason'],
    fits: ALWAYS,
    send: async ({ id: reportId }, { reason }, given) =>
      (await ask(WithdrawReportDocument, { input: { ...given, reportId, reason } })).done,
  },
  {
    name: 'grantReschedule',
    label: words.form.grant,
    on: 'request',
    fields: ['reason', 'basis'],
    required: ['reason', 'basis'],
    fits: ALWAYS,
    // The reason of the request is usually also the reason for granting it.
    begins: ({ requests }, target) => ({
      reason: requests.find(({ id }) => id === target.id)?.submission?.remark ?? '',
    }),
    send: async ({ id: requestId }, values, given) =>
      (
        await ask(GrantRescheduleDocument, {
          input: { ...given, requestId, reason: values.reason, basis: basisFrom(values) },
        })
      ).done,
  },
  {
    name: 'refuseReschedule',
    label: words.form.refuse,
    on: 'request',
    fields: ['reason'],
    required: ['reason'],
    fits: ALWAYS,
    send: async ({ id: requestId }, { reason }, given) =>
      (await ask(RefuseRescheduleDocument, { input: { ...given, requestId, reason } })).done,
  },
];
