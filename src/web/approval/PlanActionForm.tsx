import { ActionCard } from '../forms/ActionCard';
import { useCommand } from '../forms/useCommand';
import { words } from '../words/words';
import { ApprovalFields } from './ApprovalFields';
import {
  type ApprovalField,
  type ApprovalValues,
  NO_APPROVAL,
  type PlanAction,
  type PlanHead,
  waitingSteps,
} from './catalogue';

/** The form of an action on a plan. Refusals are shown at their fields. The entered texts are kept. */
export default function PlanActionForm({
  action,
  plan,
  ownPost,
  onClose,
}: {
  readonly action: PlanAction;
  readonly plan: PlanHead;
  readonly ownPost: string;
  readonly onClose: (isDone: boolean) => void;
}) {
  const steps = waitingSteps(plan).map(({ post }) => post);
  const post = action.name !== 'agreePlan' || steps.includes(ownPost) ? ownPost : (steps[0] ?? ownPost);
  const command = useCommand({
    draftKey: `letopis draft ${action.name} ${plan.id}`,
    empty: { ...NO_APPROVAL, post },
    fields: action.fields.flatMap(pathsOf),
    plan,
    pathOf: (value) => approvalPath(value, action),
    missing: (values) => missingInApproval(values, action),
    send: (values, given) => action.send(plan.id, values, given),
    onDone: () => onClose(true),
  });
  const { values, change, errors } = command;
  return (
    <ActionCard label={action.label} command={command} revision={plan.revision} onCancel={() => onClose(false)}>
      <ApprovalFields action={action} plan={plan} values={values} change={change} errors={errors} />
    </ActionCard>
  );
}

/** Returns the path of the input that a value fills. */
function approvalPath(value: string, { fields }: PlanAction): string {
  switch (value) {
    case 'post':
    case 'person':
      return `stamp.${value}`;
    case 'date':
      return fields.includes('stamp') ? 'stamp.date' : 'date';
    case 'protocol':
    case 'protocolDate':
      return 'stamp.document';
    default:
      return value;
  }
}

/** Returns the errors of required fields that are empty, by the path of the input. */
function missingInApproval({ route, post, remarks }: ApprovalValues, { fields }: PlanAction): Record<string, string> {
  const { required } = words.form;
  const missing: Record<string, string> = {};
  if (fields.includes('stamp') && post.trim() === '') missing['stamp.post'] = required;
  if (fields.includes('remarks') && remarks.trim() === '') missing.remarks = required;
  for (const [step, { post: who }] of route.entries()) if (who.trim() === '') missing[`route.${step}.post`] = required;
  return missing;
}

/** Maximum number of steps of a route that the server accepts. */
const MAX_STEPS = 20;

/** Returns the paths of the inputs that a group of fields fills, the more precise ones first. */
function pathsOf(field: ApprovalField): readonly string[] {
  switch (field) {
    case 'stamp':
      return ['stamp.post', 'stamp.person', 'stamp.date', 'stamp.document.date', 'stamp.document'];
    case 'route':
      return [...Array.from({ length: MAX_STEPS }, (_, step) => `route.${step}.post`), 'route'];
    default:
      return [field];
  }
}
