import type { Activity } from '../api/queries';
import { dayText } from '../words/dates';
import { wordFor, words } from '../words/words';
import { DecidedBy, SubmittedBy } from './ReviewSteps';

/** The reports on an activity that were decided. */
export function Reports({ activity }: { readonly activity: Activity }) {
  const reports = activity.reports.filter(({ status }) => status !== 'SUBMITTED');
  if (reports.length === 0) return null;
  return (
    <section aria-labelledby="reports-title">
      <h3 id="reports-title">{words.activity.reports}</h3>
      <ol className="entries">
        {reports.map((report) => (
          <li key={report.id}>
            <Report report={report} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A report: its status, what was done, when, and by whom. */
export function Report({ report }: { readonly report: Activity['reports'][number] }) {
  const { status, interim, late, text, actualOn, submittedOn, evidence, submission, decision } = report;
  return (
    <>
      <p>
        <strong>{wordFor(words.reportStatus, status)}</strong>
        {interim && ` · ${words.activity.interim}`}
        {late && ` · ${words.activity.late}`}
      </p>
      <p>{text}</p>
      <SubmittedBy submission={submission} />
      <p className="small">
        {words.activity.workDone} {dayText(actualOn)} · {words.activity.submitted} {dayText(submittedOn)}
      </p>
      <DecidedBy decision={decision} />
      {evidence.map(({ title, url }) => (
        <p key={url}>
          <a href={url} rel="noreferrer noopener" target="_blank">
            {title}
          </a>
        </p>
      ))}
    </>
  );
}
