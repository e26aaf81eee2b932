import type { ShownActivity } from '../api/queries';
import { shortDayText } from '../words/dates';
import { wordFor, words } from '../words/words';
import { DecidedBy, SubmittedBy } from './ReviewSteps';

/** The requests for another term that were decided. */
export function RequestList({ activity }: { readonly activity: ShownActivity }) {
  const requests = activity.requests.filter(({ status }) => status !== 'OPEN');
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="requests-title">
      <h3 id="requests-title">{words.activity.requests}</h3>
      <ol className="entries">
        {requests.map((request) => (
          <li key={request.id}>
            <RequestDetails request={request} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A request: its status, the requested term, who submitted it, and why. */
export function RequestDetails({
  request,
  present,
}: {
  readonly request: ShownActivity['requests'][number];
  /** The term in force, for a request that may still change it. */
  readonly present?: string;
}) {
  const { status, timeframe, requestedOn, submission, decision } = request;
  return (
    <>
      <p>
        {present === undefined && <strong>{wordFor(words.requestStatus, status)}: </strong>}
        {present === undefined ? words.activity.askedFor : words.activity.asksFor} «{timeframe.text}»
        {present !== undefined && ` ${words.activity.insteadOf} «${present}»`}
      </p>
      <SubmittedBy submission={submission} />
      <p className="small">
        {words.form.termMeans}: {timeframe.schedule.meaning} · {words.activity.requested} {shortDayText(requestedOn)}
      </p>
      <DecidedBy decision={decision} />
    </>
  );
}
