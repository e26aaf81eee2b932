import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words';
import type { Activity } from './ActivityPanel';
import { ACTIONS, type Action } from './catalogue';

const ActionForm = lazy(() => import('./ActionForm'));

/** What this person may do now, with an activity, or with one of its reports or requests. */
export function Actions({
  activity,
  reportId,
  requestId,
}: {
  readonly activity: Activity;
  readonly reportId?: string;
  readonly requestId?: string;
}) {
  const [open, setOpen] = useState<Action>();
  const [isDone, setDone] = useState(false);
  const allowed = activity.plan?.availableActions ?? [];
  const on = reportId !== undefined ? 'report' : requestId !== undefined ? 'request' : 'activity';
  const offered = ACTIONS.filter(
    (action) => action.on === on && allowed.includes(action.name) && action.fits(activity),
  );
  if (activity.isPast) return null;
  if (open) {
    return (
      <Suspense fallback={<p className="wait">{words.loading}</p>}>
        <ActionForm
          action={open}
          activity={activity}
          targetId={reportId ?? requestId ?? activity.id}
          onClose={(done) => {
            setOpen(undefined);
            setDone(done);
          }}
        />
      </Suspense>
    );
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
      {offered.length === 0 && on === 'activity' && <p className="small">{words.activity.noActions}</p>}
    </div>
  );
}
