import { ActionCard } from '../forms/ActionCard';
import { useCommand } from '../forms/useCommand';
import { words } from '../words/words';
import type { Activity } from './ActivityPanel';
import type { Action } from './catalogue';
import { Fields } from './Fields';
import { EMPTY } from './values';

/** The form of an action on an activity. Refusals stand at their fields; nothing typed is lost. */
export default function ActionForm({
  action,
  activity,
  targetId,
  onClose,
}: {
  readonly action: Action;
  readonly activity: Activity;
  readonly targetId: string;
  readonly onClose: (isDone: boolean) => void;
}) {
  const { plan } = activity;
  const command = useCommand({
    draftKey: `letopis draft ${action.name} ${targetId}`,
    empty: EMPTY,
    fields: action.fields,
    plan: plan ?? null,
    missing: ({ actualOn }) =>
      action.fields.includes('actualOn') && actualOn === '' ? { actualOn: words.form.dayRequired } : {},
    send: (values, given) => action.send({ id: targetId }, values, given),
    onDone: () => onClose(true),
  });
  const { values, change, outcome } = command;
  return (
    <ActionCard label={action.label} command={command} revision={plan?.revision ?? 0} onCancel={() => onClose(false)}>
      <Fields action={action} activity={activity} values={values} change={change} errors={outcome?.byField ?? {}} />
    </ActionCard>
  );
}
