import { ActionCard } from '../forms/ActionCard';
import { useCommand } from '../forms/useCommand';
import { ApprovalFields } from './ApprovalFields';
import { type ApprovalField, NO_APPROVAL, openSteps, type Plan, type PlanAction } from './catalogue';

/** The form of an action on a plan. Refusals stand at their fields; nothing typed is lost. */
export default function PlanActionForm({
  action,
  plan,
  ownPost,
  onClose,
}: {
  readonly action: PlanAction;
  readonly plan: Plan;
  readonly ownPost: string;
  readonly onClose: (isDone: boolean) => void;
}) {
  const steps = openSteps(plan).map(({ post }) => post);
  const post = action.name !== 'agreePlan' || steps.includes(ownPost) ? ownPost : (steps[0] ?? ownPost);
  const command = useCommand({
    draftKey: `letopis draft ${action.name} ${plan.id}`,
    empty: { ...NO_APPROVAL, post },
    fields: action.fields.flatMap(pathsOf),
    plan,
    send: (values, given) => action.send(plan.id, values, given),
    onDone: () => onClose(true),
  });
  const { values, change, outcome } = command;
  return (
    <ActionCard label={action.label} command={command} revision={plan.revision} onCancel={() => onClose(false)}>
      <ApprovalFields action={action} plan={plan} values={values} change={change} errors={outcome?.byField ?? {}} />
    </ActionCard>
  );
}

/** Maximum number of steps of a route that the server takes. */
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
