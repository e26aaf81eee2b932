import type { ShownActivity } from '../api/queries';
import { words } from '../words/words';
import { Actions } from './Actions';
import { ReportDetails } from './ReportList';
import { RequestDetails } from './RequestList';

/** The reports and requests of an activity that wait for a decision, with the possible decisions of this person. */
export function PendingDecisions({
  activity,
  onDone,
}: {
  readonly activity: ShownActivity;
  readonly onDone: (name: string | undefined) => void;
}) {
  const { reports, requests } = pendingOf(activity);
  if (reports.length + requests.length === 0) return null;
  return (
    <section className="pending" aria-labelledby="pending-title">
      <h3 id="pending-title">{words.activity.pending}</h3>
      <ol className="entries">
        {requests.map((request) => (
          <li key={request.id}>
            <RequestDetails request={request} present={activity.timeframe.text} />
            <Actions activity={activity} requestId={request.id} onDone={onDone} />
          </li>
        ))}
        {reports.map((report) => (
          <li key={report.id}>
            <ReportDetails report={report} />
            {isOwnReport(report, activity) && <p className="small">{words.activity.ownReport}</p>}
            <Actions activity={activity} reportId={report.id} onDone={onDone} hasMain={isForViewer(report)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Returns true when something of an activity waits for this person. */
export function waitsForViewer(activity: ShownActivity): boolean {
  const { reports, requests } = pendingOf(activity);
  const allowed = activity.plan?.availableActions ?? [];
  return reports.some(isForViewer) || (requests.length > 0 && allowed.includes('grantReschedule'));
}

/** Returns true for a report that this person may accept. */
function isForViewer({ availableActions }: ShownActivity['reports'][number]): boolean {
  return availableActions.includes('acceptReport');
}

/** Returns true for a report that this person might accept if it were not their own. */
function isOwnReport(report: ShownActivity['reports'][number], { plan }: ShownActivity): boolean {
  return plan?.availableActions.includes('acceptReport') === true && !isForViewer(report);
}

function pendingOf({ reports, requests }: ShownActivity) {
  return {
    reports: reports.filter(({ status }) => status === 'SUBMITTED'),
    requests: requests.filter(({ status }) => status === 'OPEN'),
  };
}
