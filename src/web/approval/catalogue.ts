import { ask } from '../api/ask';
import {
  AgreePlanDocument,
  ApprovePlanDocument,
  ConfirmPrintedApprovalDocument,
  type HeadFragment,
  ReturnPlanDocument,
  type RouteStepKind,
  SubmitPlanDocument,
} from '../api/generated/graphql';
import type { LimitedField } from '../forms/limits';
import type { CommandAnswer, CommandCircumstances } from '../forms/useCommand';
import { words } from '../words/words';

/** A plan as its screen shows it. */
export type PlanHead = HeadFragment;

/** A step of the route of agreement, with the entered values. */
export interface StepValues {
  readonly kind: RouteStepKind;
  readonly post: string;
}

/** The values that a person has entered in the form of an action on a plan. Each form shows some of the fields. */
export interface ApprovalValues {
  readonly route: readonly StepValues[];
  readonly post: string;
  readonly person: string;
  /** Days as YYYY-MM-DD; empty if none was chosen. */
  readonly date: string;
  readonly protocol: string;
  readonly protocolDate: string;
  readonly remarks: string;
  readonly underControlFrom: string;
}

/** The values of an empty form. */
export const NO_APPROVAL: ApprovalValues = {
  route: [],
  post: '',
  person: '',
  date: '',
  protocol: '',
  protocolDate: '',
  remarks: '',
  underControlFrom: '',
};

/** A group of fields of a form, by the path of the input that it fills. */
export type ApprovalField = 'route' | 'stamp' | 'remarks' | 'date' | 'underControlFrom';

/** An action on a plan as a whole. */
export interface PlanAction {
  /** The mutation. */
  readonly name: LimitedField;
  readonly label: string;
  readonly fields: readonly ApprovalField[];
  /** Returns true if the plan is in a state that allows the action. The server may still refuse it. */
  fits(plan: PlanHead): boolean;
  send(planId: string, values: ApprovalValues, given: CommandCircumstances): Promise<CommandAnswer>;
}

/** Returns the steps that wait now: the first step that is not done, and the other steps of the same stage. */
export function waitingSteps({ route }: PlanHead): PlanHead['route'] {
  const open = route.filter(({ done }) => !done);
  return open.filter(({ stage }) => stage === open[0]?.stage);
}

const hasPrintedApproval = ({ stamps }: PlanHead) =>
  stamps.some(({ kind, state }) => kind === 'APPROVE' && state === 'PRINTED');

/** All actions of the page on plans, in the order in which they are offered. */
export const PLAN_ACTIONS: readonly PlanAction[] = [
  {
    name: 'submitPlan',
    label: words.approval.submit,
    fields: ['route'],
    fits: () => true,
    send: async (planId, { route }, given) => {
      const steps = route.map(({ kind, post }) => ({ kind, post, isCouncil: kind !== 'AGREE' }));
      return (await ask(SubmitPlanDocument, { input: { ...given, planId, route: steps } })).done;
    },
  },
  {
    name: 'confirmPrintedApproval',
    label: words.approval.confirm,
    fits: hasPrintedApproval,
    fields: ['date', 'underControlFrom'],
    send: async (planId, { date, underControlFrom }, given) => {
      const days = { date: date || null, underControlFrom: underControlFrom || null };
      return (await ask(ConfirmPrintedApprovalDocument, { input: { ...given, planId, ...days } })).done;
    },
  },
  {
    name: 'agreePlan',
    label: words.approval.agree,
    fields: ['stamp'],
    fits: (plan) => waitingSteps(plan).length > 0,
    send: async (planId, values, given) =>
      (await ask(AgreePlanDocument, { input: { ...given, planId, stamp: stampFrom(values) } })).done,
  },
  {
    name: 'approvePlan',
    label: words.approval.approve,
    fields: ['stamp', 'underControlFrom'],
    fits: (plan) => waitingSteps(plan).length === 0,
    send: async (planId, values, given) => {
      const input = { ...given, planId, stamp: stampFrom(values), underControlFrom: values.underControlFrom || null };
      return (await ask(ApprovePlanDocument, { input })).done;
    },
  },
  {
    name: 'returnPlan',
    label: words.approval.return,
    fields: ['remarks'],
    fits: () => true,
    send: async (planId, { remarks }, given) =>
      (await ask(ReturnPlanDocument, { input: { ...given, planId, remarks } })).done,
  },
];

function stampFrom({ post, person, date, protocol, protocolDate }: ApprovalValues) {
  const hasProtocol = protocol !== '' || protocolDate !== '';
  return {
    post,
    person: person || null,
    date: date || null,
    document: hasProtocol ? { type: 'PROTOCOL' as const, number: protocol || null, date: protocolDate || null } : null,
  };
}
