import type { ShownActivity } from '../api/queries';
import { ActionCard } from '../forms/ActionCard';
import { BASIS_PATHS } from '../forms/decision';
import { useCommand } from '../forms/useCommand';
import type { Action } from './catalogue';
import { Fields } from './Fields';
import { actionPath, EMPTY_FORM, missingInAction } from './values';

/** The form of an action on an activity. Refusals are shown at their fields. The entered texts are kept. */
export default function ActionForm({
  action,
  activity,
  targetId,
  onClose,
}: {
  readonly action: Action;
  readonly activity: ShownActivity;
  readonly targetId: string;
  readonly onClose: (isDone: boolean) => void;
}) {
  const { plan } = activity;
  const command = useCommand({
    draftKey: `letopis draft ${action.name} ${targetId}`,
    empty: { ...EMPTY_FORM, ...action.begins?.(activity, { id: targetId }) },
    fields: action.fields.flatMap((field) => (field === 'basis' ? BASIS_PATHS : [actionPath(field)])),
    plan: plan ?? null,
    pathOf: actionPath,
    missing: (values) => missingInAction(values, action.required, activity.points.length),
    send: (values, given) => action.send({ id: targetId }, values, given),
    onDone: () => onClose(true),
  });
  const { values, change, errors } = command;
  return (
    <ActionCard label={action.label} command={command} revision={plan?.revision ?? 0} onCancel={() => onClose(false)}>
      <Fields action={action} activity={activity} values={values} change={change} errors={errors} />
    </ActionCard>
  );
}
