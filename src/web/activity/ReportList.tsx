import type { ShownActivity } from '../api/queries';
import { shortDayText } from '../words/dates';
import { wordFor, words } from '../words/words';
import { DecidedBy, SubmittedBy } from './ReviewSteps';

/** The reports on an activity that were decided. */
export function ReportList({ activity }: { readonly activity: ShownActivity }) {
  const reports = activity.reports.filter(({ status }) => status !== 'SUBMITTED');
  if (reports.length === 0) return null;
  return (
    <section aria-labelledby="reports-title">
      <h3 id="reports-title">{words.activity.reports}</h3>
      <ol className="entries">
        {reports.map((report) => (
          <li key={report.id}>
            <ReportDetails report={report} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A report: its status, what was done, when, and by whom. */
export function ReportDetails({ report }: { readonly report: ShownActivity['reports'][number] }) {
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
        {words.activity.workDone} {shortDayText(actualOn)} · {words.activity.submitted} {shortDayText(submittedOn)}
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
