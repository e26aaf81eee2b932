import { lazy } from 'react';
import type { ShownActivity } from '../api/queries';
import { ActionButtons } from '../forms/ActionButtons';
import { words } from '../words/words';
import { ACTIONS } from './catalogue';

const ActionForm = lazy(() => import('./ActionForm'));

/** The actions that this person may do now with an activity, or with one of its reports or requests. */
export function Actions({
  activity,
  reportId,
  requestId,
  onDone,
  hasMain = true,
}: {
  readonly activity: ShownActivity;
  readonly reportId?: string;
  readonly requestId?: string;
  /** Called with the name of an action that was done, and with undefined when a form is opened. */
  readonly onDone: (name: string | undefined) => void;
  /** False if another action on the page is the main one for this person. */
  readonly hasMain?: boolean;
}) {
  const report = activity.reports.find(({ id }) => id === reportId);
  const request = activity.requests.find(({ id }) => id === requestId);
  const allowed = (report ?? request ?? activity).availableActions;
  const on = reportId !== undefined ? 'report' : requestId !== undefined ? 'request' : 'activity';
  const offered = ACTIONS.filter(
    (action) => action.on === on && allowed.includes(action.name) && action.fits(activity, report),
  );
  if (activity.isPast) return null;
  return (
    <ActionButtons
      offered={offered}
      onDone={onDone}
      hasMain={hasMain}
      form={(action, close) => (
        <ActionForm
          action={action}
          activity={activity}
          targetId={reportId ?? requestId ?? activity.id}
          onClose={close}
        />
      )}
    >
      {offered.length === 0 && on === 'activity' && <p className="small">{words.activity.noActions}</p>}
    </ActionButtons>
  );
}
