import { memo, useMemo } from 'react';
import { Link } from 'wouter';
import type { HeadFragment } from '../../api/generated/graphql';
import type { PlanRow } from '../../api/queries';
import { timingText, toneOf } from '../../parts/Badge';
import {
  dayRangeText,
  daysAfter,
  monthLetter,
  monthsAfter,
  monthText,
  shortDayText,
  shortMonthText,
} from '../../words/dates';
import { words } from '../../words/words';
import { hrefOf, type PlanAddress } from '../address';
import { type RowProps, SectionTable } from '../rows/SectionTable';
import { type PointSpan, placeInStrip, spansOf, stripMonths } from './spans';

/** The content of the calendars of a plan. */
export interface CalendarProps {
  readonly address: PlanAddress;
  readonly plan: HeadFragment;
  readonly rows: readonly PlanRow[];
  /** The day that is marked. */
  readonly today: string;
}

/** The whole period of a plan: a strip for each activity with its spans and due days. */
export default function YearStrip({ address, plan, rows, today }: CalendarProps) {
  const { months, byRow } = useMemo(() => {
    const spans = spansOf(rows);
    return { months: stripMonths(plan.period, spans), byRow: Map.groupBy(spans, ({ row }) => row.id) };
  }, [rows, plan.period]);
  const isNow = months.includes(today.slice(0, 7));
  if (months.length === 0) return <p className="empty">{words.calendar.none}</p>;
  const head = (
    <tr aria-rowindex={1}>
      <th scope="col">{words.plan.activity}</th>
      <th scope="col">
        <span className="scale" role="img" aria-label={dayRangeText(ends(months))}>
          {months.map((month) => (
            <span key={month} title={monthText(month)}>
              <span className="long">{shortMonthText(month)}</span>
              <span className="letter">{monthLetter(month)}</span>
            </span>
          ))}
        </span>
      </th>
    </tr>
  );
  return (
    <SectionTable
      className="year"
      label={words.calendar.year}
      columns={2}
      sections={plan.sections}
      head={head}
      rows={rows}
    >
      {(row, place) => (
        <YearRow
          row={row}
          months={months}
          address={address}
          spans={byRow.get(row.id)}
          today={isNow ? today : undefined}
          {...place}
        />
      )}
    </SectionTable>
  );
}

const YearRow = memo(function YearRow({
  row,
  spans,
  months,
  address,
  today,
  ...place
}: RowProps & {
  readonly row: PlanRow;
  readonly spans: readonly PointSpan[] | undefined;
  readonly months: readonly string[];
  readonly address: PlanAddress;
  /** Undefined when the months do not have the marked day. */
  readonly today: string | undefined;
}) {
  return (
    <tr className={row.excluded ? 'excluded' : undefined} {...place}>
      <th scope="row">
        <Link href={hrefOf(address, row.id)}>
          {row.number && `${row.number}. `}
          {row.title}
        </Link>
      </th>
      <td>
        <div className="strip" style={{ backgroundSize: `${100 / months.length}% 100%` }}>
          {today && <span className="now" style={{ insetInlineStart: percent(placeInStrip(months, today)) }} />}
          {spans?.map((span) => (
            <StripBar key={span.pointId} span={span} months={months} address={address} />
          ))}
        </div>
      </td>
    </tr>
  );
});

/** A bar, which opens its activity by mouse. By keyboard the activity is opened from its row. */
function StripBar({
  span: { row, start, end, timing },
  months,
  address,
}: {
  readonly span: PointSpan;
  readonly months: readonly string[];
  readonly address: PlanAddress;
}) {
  const [from, to] = [placeInStrip(months, start), placeInStrip(months, daysAfter(end, 1))];
  const days = start === end ? `${words.activity.due} ${shortDayText(end)}` : dayRangeText({ start, end });
  const name = `${days}, ${timingText(timing)}`;
  return (
    <Link
      href={hrefOf(address, row.id)}
      tabIndex={-1}
      className={`bar ${toneOf(timing)}`}
      style={{ insetInlineStart: percent(from), width: percent(to - from) }}
      aria-label={name}
      title={name}
    />
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`;
}

function ends(months: readonly string[]): { readonly start: string; readonly end: string } {
  return { start: `${months[0]}-01`, end: daysAfter(`${monthsAfter(months.at(-1) ?? '', 1)}-01`, -1) };
}
