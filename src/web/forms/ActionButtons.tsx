import { type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words';

/**
 * The buttons of the actions that a person may do now. The pressed one gives way to its form, which takes their place
 * until it is closed; then the page says whether it was done.
 */
export function ActionButtons<Action extends { readonly name: string; readonly label: string }>({
  offered,
  form,
  children,
}: {
  readonly offered: readonly Action[];
  /** Returns the form of an action, which calls `close` once. */
  readonly form: (action: Action, close: (isDone: boolean) => void) => ReactNode;
  /** What stands behind the buttons. */
  readonly children?: ReactNode;
}) {
  const [open, setOpen] = useState<Action>();
  const [isDone, setDone] = useState(false);
  if (open) {
    const close = (done: boolean) => {
      setOpen(undefined);
      setDone(done);
    };
    return <Suspense fallback={<p className="wait">{words.loading}</p>}>{form(open, close)}</Suspense>;
  }
  return (
    <div className="actions">
      <p role="status" className="done">
        {isDone && words.form.done}
      </p>
      {offered.map((action, index) => (
        <Button
          key={action.name}
          className={index === 0 ? 'primary' : ''}
          onPress={() => {
            setDone(false);
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
