import { useQuery } from '@tanstack/react-query';
import { Link, Redirect, useSearch } from 'wouter';
import { EntryItem } from '../../activity/ActivityHistory';
import { ApiError, ask } from '../../api/ask';
import { CompareDocument, type CompareQuery } from '../../api/generated/graphql';
import { planKey, planQuery } from '../../api/queries';
import { Gone, Problem } from '../../parts/Problem';
import { useFirst } from '../../parts/useFirst';
import { useTitle } from '../../parts/useTitle';
import { shortDayText } from '../../words/dates';
import { words } from '../../words/words';
import { comparisonHref } from '../address';
import { dayOfMoment } from '../localDays';
import { Choices } from './Choices';
import { DifferenceCard } from './DifferenceCard';
import { entryDayQuery, lastChangeQuery } from './lastChange';
import { type ComparedSide, type ComparedSides, entryBeside, sideInAddress, sideText, variablesOf } from './sides';

/**
 * The differences between two editions, days or entries of a plan, side by side, with who changed them, why and on what
 * order.
 */
export default function ComparisonView({ planId }: { readonly planId: string }) {
  const { data: plan, error, refetch } = useQuery(planQuery(planId));
  const { data: last } = useQuery(lastChangeQuery(planId));
  const given = new URLSearchParams(useSearch());
  const sides = { from: sideInAddress(given.get('from')), to: sideInAddress(given.get('to')) };
  const texts = {
    from: useSideText(planId, sides.from, 'from'),
    to: useSideText(planId, sides.to, 'to'),
  };
  useTitle(plan ? `${words.compare.title}: ${plan.title}` : words.compare.title);
  if (error && !plan) return <Problem error={error} again={() => void refetch()} />;
  if (plan === null) return <Gone />;
  if (!plan || last === undefined) return <p className="wait">{words.loading}</p>;
  const first = dayOfMoment(plan.createdAt, plan.timeZone);
  if (sides.from === '') {
    const { edition } = plan;
    const around = edition > 1 ? { from: String(edition - 1), to: String(edition) } : (last ?? { from: first, to: '' });
    return <Redirect to={comparisonHref(planId, around.from, around.to)} replace />;
  }
  const days = { first, last: plan.today };
  return (
    <>
      <h1>{words.compare.title}</h1>
      <p className="lead">
        <Link href={`/plan/${planId}`}>{plan.title}</Link>
      </p>
      <Choices planId={planId} sides={sides} texts={texts} edition={plan.edition} last={last} days={days} />
      <ComparedPlan key={`${sides.from} ${sides.to}`} planId={planId} first={first} sides={sides} texts={texts} />
    </>
  );
}

function useSideText(planId: string, side: ComparedSide, place: keyof ComparedSides): string {
  const { data: day } = useQuery(entryDayQuery(planId, entryBeside(side, place)));
  return sideText(side, place, day ?? undefined);
}

function ComparedPlan({
  planId,
  first,
  sides,
  texts,
}: {
  readonly planId: string;
  readonly first: string;
  readonly sides: ComparedSides;
  /** The sides in words. */
  readonly texts: ComparedSides;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: [...planKey(planId), 'compare', sides],
    queryFn: async () => (await ask(CompareDocument, { planId, ...variablesOf(sides) })).compare,
  });
  if (error && !data) {
    if (error instanceof ApiError && error.code === 'BAD_USER_INPUT') {
      return (
        <p className="empty" role="alert">
          {words.compare.impossible} {shortDayText(first)}.
        </p>
      );
    }
    return <Problem error={error} again={() => void refetch()} />;
  }
  if (!data) return <p className="wait">{words.loading}</p>;
  const count = data.rows.length + data.fields.length;
  return (
    <>
      <p className="small" role="status">
        {texts.from} → {texts.to}. {count === 0 ? words.compare.none : `${words.compare.count}: ${count}`}
      </p>
      {data.notCompared > 0 && (
        <p className="small">
          {words.compare.notCompared}: {data.notCompared}.
        </p>
      )}
      {data.fields.length > 0 && <PlanFields fields={data.fields} entries={data.entries} />}
      <ComparedRows rows={data.rows} planId={planId} texts={texts} />
    </>
  );
}

function ComparedRows({
  rows,
  planId,
  texts,
}: {
  readonly rows: NonNullable<CompareQuery['compare']>['rows'];
  readonly planId: string;
  readonly texts: ComparedSides;
}) {
  const { shown, more } = useFirst(rows);
  return (
    <>
      {shown.map((row) => (
        <DifferenceCard key={row.activityId} row={row} planId={planId} from={texts.from} to={texts.to} />
      ))}
      {more}
    </>
  );
}

function PlanFields({ fields, entries }: Pick<NonNullable<CompareQuery['compare']>, 'fields' | 'entries'>) {
  return (
    <section className="card" aria-labelledby="plan-fields">
      <h2 id="plan-fields">{words.compare.plan}</h2>
      <table className="compared">
        <thead>
          <tr>
            <th scope="col">{words.compare.what}</th>
            <th scope="col">{words.compare.before}</th>
            <th scope="col">{words.compare.after}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ path, label, before, after }) => (
            <tr key={path}>
              <th scope="row">{label}</th>
              <td>{before && <del>{before}</del>}</td>
              <td>{after && <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ol className="entries">
        {entries.map((entry) => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}
