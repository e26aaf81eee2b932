import { type ReactNode, useEffect, useRef } from 'react';
import { Button, Form } from 'react-aria-components';
import { words } from '../words/words';
import type { FormOutcome } from './useCommand';

/** The parts of a command form that a card uses. */
interface CardCommand {
  readonly outcome: FormOutcome | undefined;
  readonly isSending: boolean;
  readonly isRestored: boolean;
  send(): Promise<void>;
  sendAnyway(present: number): Promise<void>;
  discard(): void;
}

const FIRST_FIELD = 'textarea, select, [role="spinbutton"], input:not([hidden], [type="hidden"], [tabindex="-1"])';

/** The form of an action: its fields, refusals, and the buttons. */
export function ActionCard({
  label,
  command,
  revision,
  onCancel,
  children,
}: {
  readonly label: string;
  readonly command: CardCommand;
  /** The revision of the plan that the page shows. */
  readonly revision: number;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const { outcome, isSending, isRestored } = command;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>(FIRST_FIELD) ?? form.current?.querySelector('h3');
    first?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
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
      <h3 id="action-title" tabIndex={-1}>
        {label}
      </h3>
      {isRestored && <p className="small">{words.form.unsaved}</p>}
      {children}
      <p className="small marked">{words.form.marked}</p>
      {outcome && <OtherRefusals outcome={outcome} />}
      <div className="buttons">
        {outcome?.kind === 'conflict' ? (
          <Button className="primary" onPress={() => void command.sendAnyway(revision)}>
            {words.form.sendAnyway}
          </Button>
        ) : (
          <Button type="submit" className="primary" isDisabled={isSending}>
            {isSending ? words.form.sending : label}
          </Button>
        )}
        <Button
          onPress={() => {
            command.discard();
            onCancel();
          }}
        >
          {words.form.cancel}
        </Button>
      </div>
    </Form>
  );
}

/** Refusals that do not belong to a field, and why nothing was sent. */
export function OtherRefusals({ outcome: { kind, others } }: { readonly outcome: FormOutcome }) {
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
