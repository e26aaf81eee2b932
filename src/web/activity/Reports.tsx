import { dayText } from '../words/dates';
import { wordFor, words } from '../words/words';
import { Actions } from './Actions';
import type { Activity } from './ActivityPanel';

/** The reports on an activity, with what this person may decide on each. */
export function Reports({ activity }: { readonly activity: Activity }) {
  const { reports } = activity;
  if (reports.length === 0) return null;
  return (
    <section aria-labelledby="reports-title">
      <h3 id="reports-title">{words.activity.reports}</h3>
      <ol className="entries">
        {reports.map((report) => (
          <li key={report.id}>
            <p>
              <strong>{wordFor(words.reportStatus, report.status)}</strong>
              {report.interim && ` · ${words.activity.interim}`}
              {report.late && ` · ${words.activity.late}`}
            </p>
            <p>{report.text}</p>
            <p className="small">
              {words.activity.workDone} {dayText(report.actualOn)} · {words.activity.submitted}{' '}
              {dayText(report.submittedOn)}
            </p>
            {report.evidence.map(({ title, url }) => (
              <p key={url}>
                <a href={url} rel="noreferrer noopener" target="_blank">
                  {title}
                </a>
              </p>
            ))}
            {report.status === 'SUBMITTED' && <Actions activity={activity} reportId={report.id} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
