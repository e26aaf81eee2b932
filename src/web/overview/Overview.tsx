import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { DueBetweenDocument, OverdueDocument } from '../api/generated/graphql';
import { figuresQuery, OVERVIEW_KEY } from '../api/queries';
import { TimingBadge } from '../parts/Badge';
import { Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import { daysAfter, longDayText } from '../words/dates';
import { words } from '../words/words';
import { DueList } from './DueList';
import { Waiting } from './Waiting';

/** What is overdue and due in the plans that the person sees, and what waits for this person. */
export default function Overview() {
  useTitle(words.overview);
  const figures = useQuery(figuresQuery);
  if (figures.error && !figures.data) return <Problem error={figures.error} again={() => void figures.refetch()} />;
  if (!figures.data) return <p className="wait">{words.loading}</p>;
  const { on, plans, total } = figures.data;
  const counts = total.byTiming.filter(({ count }) => count > 0);
  return (
    <>
      <h1>{words.overview}</h1>
      <p className="lead">
        {words.home.on} {longDayText(on)} · {words.home.planCount}: {plans} · {words.home.pointCount}: {total.total}
      </p>
      <div className="columns">
        <div>
          <Overdue />
          <Due title={words.home.today} from={on} to={on} />
          <Due title={words.home.week} from={daysAfter(on, 1)} to={daysAfter(on, 7)} />
          <Due title={words.home.month} from={daysAfter(on, 8)} to={daysAfter(on, 30)} />
        </div>
        <div>
          <Waiting />
          <section className="card" aria-labelledby="counts-title">
            <h2 id="counts-title">{words.home.counts}</h2>
            <table className="counts">
              <thead>
                <tr>
                  <th scope="col">{words.home.state}</th>
                  <th scope="col">{words.home.points}</th>
                </tr>
              </thead>
              <tbody>
                {counts.map(({ timing, count }) => (
                  <tr key={timing}>
                    <th scope="row">
                      <TimingBadge timing={timing} />
                    </th>
                    <td>
                      <meter min={0} max={total.total} value={count} aria-label={words.timing[timing]} /> {count}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
      </div>
    </>
  );
}

const SHOWN = 20;

function Overdue() {
  const { data } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'overdue'],
    queryFn: async () => (await ask(OverdueDocument, { first: SHOWN })).activities,
  });
  return <DueList title={words.home.overdue} found={data} isBad />;
}

function Due({ title, from, to }: { readonly title: string; readonly from: string; readonly to: string }) {
  const { data } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'due', from, to],
    queryFn: async () => (await ask(DueBetweenDocument, { from, to, first: SHOWN })).activities,
  });
  return <DueList title={title} found={data} />;
}
