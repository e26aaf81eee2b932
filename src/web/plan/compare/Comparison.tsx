import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { Entry } from '../../activity/History';
import { ApiError, ask } from '../../api/ask';
import { CompareDocument, type CompareQuery } from '../../api/generated/graphql';
import { planKey, planQuery } from '../../api/queries';
import { DayField } from '../../parts/DayField';
import { Gone, Problem } from '../../parts/Problem';
import { useTitle } from '../../parts/useTitle';
import { dayText, isDay } from '../../words/dates';
import { words } from '../../words/words';
import { comparisonHref } from '../address';
import { dayIn } from '../localDays';
import { Difference } from './Difference';
import { asOfSide, type Side, sideFrom, sideText } from './sides';

/** What differs between two days, or revisions, of a plan: side by side, with who changed it, why and on what order. */
export default function Comparison({ planId }: { readonly planId: string }) {
  const { data: plan, error, refetch } = useQuery(planQuery(planId));
  const given = new URLSearchParams(useSearch());
  useTitle(plan ? `${words.compare.title}: ${plan.title}` : words.compare.title);
  if (error && !plan) return <Problem error={error} again={() => void refetch()} />;
  if (plan === null) return <Gone />;
  if (!plan) return <p className="wait">{words.loading}</p>;
  const first = dayIn(plan.createdAt, plan.timeZone);
  const sides = { from: sideFrom(given.get('from')) || first, to: sideFrom(given.get('to')) };
  return (
    <>
      <h1>{words.compare.title}</h1>
      <p className="lead">
        <Link href={`/plan/${planId}`}>{plan.title}</Link>
      </p>
      <Choices planId={planId} {...sides} />
      <Differences key={`${sides.from} ${sides.to}`} planId={planId} first={first} {...sides} />
    </>
  );
}

interface Compared {
  readonly planId: string;
  readonly from: Side;
  readonly to: Side;
}

/** The two days; a side that is a revision has none. */
function Choices({ planId, from, to }: Compared) {
  const [, go] = useLocation();
  const printed = `/plans/${planId}.html?compare=${from}..${to}`;
  const show = (one: Side, other: Side) => go(comparisonHref(planId, one, other), { replace: true });
  return (
    <div className="filters">
      <SideField label={words.compare.from} side={from} onChange={(side) => side !== '' && show(side, to)} />
      <SideField label={words.compare.to} side={to} onChange={(side) => show(from, side)} />
      <a className="button" href={printed} target="_blank" rel="noopener">
        {words.compare.print}
      </a>
    </div>
  );
}

/** A day before this one is a year that is still being typed. */
const EARLIEST = '1900-01-01';

function SideField({
  label,
  side,
  onChange,
}: {
  readonly label: string;
  readonly side: Side;
  readonly onChange: (side: Side) => void;
}) {
  const day = isDay(side) ? side : '';
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  return (
    <DayField
      label={label}
      value={typed}
      onChange={(value) => {
        setTyped(value);
        if (value === '' || value >= EARLIEST) onChange(value);
      }}
    />
  );
}

function Differences({ planId, from, to, first }: Compared & { readonly first: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: [...planKey(planId), 'compare', from, to],
    queryFn: async () => {
      const sides = { from: asOfSide(from), to: to === '' ? null : asOfSide(to) };
      return (await ask(CompareDocument, { planId, ...sides })).compare;
    },
  });
  if (error && !data) {
    if (error instanceof ApiError && error.code === 'BAD_USER_INPUT') {
      return (
        <p className="empty" role="alert">
          {words.compare.impossible} {dayText(first)}.
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
        {sideText(from)} → {sideText(to)}. {count === 0 ? words.compare.none : `${words.compare.count}: ${count}`}
      </p>
      {data.notCompared > 0 && (
        <p className="small">
          {words.compare.notCompared}: {data.notCompared}.
        </p>
      )}
      {data.fields.length > 0 && <PlanFields fields={data.fields} entries={data.entries} />}
      {data.rows.map((row) => (
        <Difference key={row.activityId} row={row} planId={planId} from={sideText(from)} to={sideText(to)} />
      ))}
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
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}
