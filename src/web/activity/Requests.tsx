import { dayText } from '../words/dates';
import { wordFor, words } from '../words/words';
import { Actions } from './Actions';
import type { Activity } from './ActivityPanel';

/** The requests for another term, with what this person may decide on each. */
export function Requests({ activity }: { readonly activity: Activity }) {
  const { requests } = activity;
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="requests-title">
      <h3 id="requests-title">{words.activity.requests}</h3>
      <ol className="entries">
        {requests.map((request) => (
          <li key={request.id}>
            <p>
              <strong>{wordFor(words.requestStatus, request.status)}</strong>: {words.activity.asksFor} «
              {request.timeframe.text}»
            </p>
            <p className="small">
              {request.timeframe.schedule.meaning} · {dayText(request.requestedOn)}
            </p>
            {request.status === 'OPEN' && <Actions activity={activity} requestId={request.id} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
