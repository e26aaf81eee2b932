import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'wouter';
import { timingText, toneOf } from '../../parts/Badge';
import { useFirst } from '../../parts/useFirst';
import { dayRangeText, longDayText, monthsAfter, monthText, shortDayText, weekdayTexts } from '../../words/dates';
import { words } from '../../words/words';
import { hrefOf, type PlanAddress } from '../address';
import { type Bar, monthOf, type PointSpan, spansOf, stripMonths, type Week } from './spans';
import type { CalendarProps } from './YearStrip';

/** Number of lines of a week that are shown at first, and that are added. */
const WEEK_LINES = 8;
const MORE_LINES = 50;
/** If there are more entries for the whole month than this, their list is collapsed at first. */
const UNFOLDED = 8;

/** A month of a plan: the work of each day, and the work that may be done on any day. */
export default function MonthCalendar({ address, plan, rows, today }: CalendarProps) {
  const spans = spansOf(rows);
  const months = stripMonths(plan.period, spans);
  const present = today.slice(0, 7);
  const month = address.month ?? (months.includes(present) ? present : (months[0] ?? present));
  const { weeks, whole } = monthOf(month, spans);
  const undated = rows.filter(
    ({ excluded, points }) => !excluded && points.every(({ window, dueOn }) => !window && !dueOn),
  );
  const to = (other: string) => hrefOf({ ...address, month: other });
  const { calendar } = words;
  return (
    <section className="month" aria-labelledby="month-title">
      <div className="month-head">
        <Link href={to(monthsAfter(month, -1))} className="button" aria-label={calendar.previous}>
          ‹
        </Link>
        <h2 id="month-title" aria-live="polite">
          {monthText(month)}
        </h2>
        <Link href={to(monthsAfter(month, 1))} className="button" aria-label={calendar.next}>
          ›
        </Link>
        {month !== present && (
          <Link href={to(present)} className="button">
            {address.day === undefined ? calendar.today : longDayText(address.day)}
          </Link>
        )}
      </div>
      {whole.length > 0 && (
        <details className="whole" open={whole.length <= UNFOLDED}>
          <summary>
            {calendar.wholeMonth}: {whole.length}
          </summary>
          <WholeMonth key={month} spans={whole} address={address} />
        </details>
      )}
      <div className="weekdays" aria-hidden="true">
        {weekdayTexts.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol className="weeks">
        {weeks.map((week) => (
          <WeekOf key={week.days[0]} week={week} month={month} today={today} address={address} />
        ))}
      </ol>
      {whole.length === 0 && weeks.every(({ bars }) => bars.length === 0) && <p className="empty">{calendar.none}</p>}
      {undated.length > 0 && (
        <p className="small">
          {calendar.undated}: {undated.length}
        </p>
      )}
    </section>
  );
}

function WholeMonth({ spans, address }: { readonly spans: readonly PointSpan[]; readonly address: PlanAddress }) {
  const { shown, more } = useFirst(spans);
  return (
    <>
      <ul>
        {shown.map((span) => (
          <li key={span.pointId}>
            <SpanLink span={span} address={address} />
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

function WeekOf({
  week: { days, bars },
  month,
  today,
  address,
}: {
  readonly week: Week;
  readonly month: string;
  readonly today: string;
  readonly address: PlanAddress;
}) {
  const [lines, setLines] = useState(WEEK_LINES);
  const shown = bars.filter(({ line }) => line <= lines);
  const hidden = bars.length - shown.length;
  const own = days.filter((day) => day.startsWith(month));
  const name = `${words.calendar.week} ${dayRangeText({ start: own[0] ?? '', end: own.at(-1) ?? '' })}`;
  return (
    <li className={bars.length === 0 ? 'week free' : 'week'} aria-label={name}>
      <div className="month-days" aria-hidden="true">
        {days.map((day) => (
          <span key={day} className={day === today ? 'today' : undefined}>
            {day.startsWith(month) && Number(day.slice(8))}
          </span>
        ))}
      </div>
      <ul className="bars">
        {shown.map((bar) => (
          <li
            key={bar.span.pointId}
            style={{ gridColumn: `${bar.column} / span ${bar.length}`, gridRow: bar.line }}
            className={edgesOf(bar)}
          >
            <SpanLink span={bar.span} address={address} />
          </li>
        ))}
      </ul>
      {(hidden > 0 || lines > WEEK_LINES) && (
        <Button
          className="quiet"
          onPress={() => setLines(hidden > 0 ? lines + MORE_LINES : WEEK_LINES)}
          aria-expanded={lines > WEEK_LINES}
        >
          {hidden > 0 ? `${words.calendar.more}: ${hidden}` : words.calendar.less}
        </Button>
      )}
    </li>
  );
}

function edgesOf({ begins, ends }: Bar): string {
  return [begins ? 'begins' : '', ends ? 'ends' : ''].join(' ').trim();
}

function SpanLink({
  span: { row, start, end, timing },
  address,
}: {
  readonly span: PointSpan;
  readonly address: PlanAddress;
}) {
  const name = `${row.number ? `${row.number}. ` : ''}${row.title}`;
  const days = start === end ? `${words.activity.due} ${shortDayText(end)}` : dayRangeText({ start, end });
  return (
    <Link
      href={hrefOf(address, row.id)}
      className={`span ${toneOf(timing)}`}
      title={`${name}\n${days}, ${timingText(timing)}`}
    >
      <span className="name">{name}</span> <span className="days-of">{`${days}, ${timingText(timing)}`}</span>
    </Link>
  );
}
