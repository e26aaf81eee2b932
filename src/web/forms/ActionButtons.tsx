import { type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words';

/**
 * The buttons of the actions that a person may do now. The form of a pressed button replaces the buttons until it is
 * closed.
 */
export function ActionButtons<Action extends { readonly name: string; readonly label: string }>({
  offered,
  form,
  onDone,
  hasMain = true,
  children,
}: {
  readonly offered: readonly Action[];
  /** Returns the form of an action, which calls `close` once. */
  readonly form: (action: Action, close: (isDone: boolean) => void) => ReactNode;
  /** Called with the name of an action that was done, and with undefined when a form is opened. */
  readonly onDone: (name: string | undefined) => void;
  /** False if another action on the page is the main one for this person. */
  readonly hasMain?: boolean;
  /** Content after the buttons. */
  readonly children?: ReactNode;
}) {
  const [open, setOpen] = useState<Action>();
  if (open) {
    const close = (isDone: boolean) => {
      setOpen(undefined);
      if (isDone) onDone(open.name);
    };
    return <Suspense fallback={<p className="wait">{words.loading}</p>}>{form(open, close)}</Suspense>;
  }
  return (
    <div className="actions">
      {offered.map((action, index) => (
        <Button
          key={action.name}
          className={hasMain && index === 0 ? 'primary' : ''}
          onPress={() => {
            onDone(undefined);
            setOpen(action);
          }}
        >
          {action.label}
        </Button>
      ))}
      {children}
    </div>
  );
}
