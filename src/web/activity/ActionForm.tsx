import { useEffect, useRef } from 'react';
import { Button, Form } from 'react-aria-components';
import { words } from '../words/words';
import type { Activity } from './ActivityPanel';
import type { Action } from './catalogue';
import { Fields } from './Fields';
import { type Outcome, useCommand } from './useCommand';

/** The form of an action. Refusals stand at their fields; nothing typed is lost. */
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
  const command = useCommand(action, activity, targetId, () => onClose(true));
  const { values, change, outcome, isSending, isRestored } = command;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (outcome) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [outcome]);
  return (
    <Form
      ref={form}
      className="action"
      // The server validates. Native validation would block the next attempt until a refused field has lost the focus.
      validationBehavior="aria"
      aria-labelledby="action-title"
      onSubmit={(event) => {
        event.preventDefault();
        void command.send();
      }}
    >
      <h3 id="action-title" ref={heading} tabIndex={-1}>
        {action.label}
      </h3>
      {isRestored && <p className="small">{words.form.unsaved}</p>}
      <Fields action={action} activity={activity} values={values} change={change} errors={outcome?.byField ?? {}} />
      {outcome && <Refused outcome={outcome} />}
      <div className="buttons">
        {outcome?.kind === 'conflict' ? (
          <Button className="primary" onPress={() => void command.sendAnyway(activity.plan?.revision ?? 0)}>
            {words.form.sendAnyway}
          </Button>
        ) : (
          <Button type="submit" className="primary" isDisabled={isSending}>
            {isSending ? words.form.sending : words.form.send}
          </Button>
        )}
        <Button
          onPress={() => {
            command.discard();
            onClose(false);
          }}
        >
          {words.form.cancel}
        </Button>
      </div>
    </Form>
  );
}

function Refused({ outcome: { kind, others } }: { readonly outcome: Outcome }) {
  if (kind === 'refused' && others.length === 0) return null;
  return (
    <div className="problem" role="alert">
      {kind === 'offline' && <p>{words.form.offline}</p>}
      {kind === 'conflict' && <p>{words.form.conflict}</p>}
      {others.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}
