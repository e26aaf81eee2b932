import { Fragment, memo, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { HeadFragment } from '../api/generated/graphql';
import type { PlanRow } from '../api/queries';
import { EvidenceText, TimingBadge } from '../parts/Badge';
import { dayText } from '../words/dates';
import { words } from '../words/words';
import { hrefOf, type PlanAddress } from './address';
import { SubItems } from './SubItems';
import { Timeframe } from './Timeframe';

type Section = HeadFragment['sections'][number];

/** The table of a plan: sections and rows as printed, with the execution of each row. */
export function PlanTable({
  address,
  sections,
  rows,
  openId,
}: {
  readonly address: PlanAddress;
  readonly sections: readonly Section[];
  readonly rows: readonly PlanRow[];
  readonly openId: string | undefined;
}) {
  const bySection = Map.groupBy(rows, ({ sectionId }) => sectionId);
  const { plan } = words;
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">{plan.number}</th>
          <th scope="col">{plan.activity}</th>
          <th scope="col">{plan.timeframe}</th>
          <th scope="col">{plan.responsible}</th>
          <th scope="col">{plan.mark}</th>
        </tr>
      </thead>
      {sections.map(({ id, numberText, title }) => {
        const own = bySection.get(id) ?? [];
        return own.length === 0 ? (
          <Fragment key={id} />
        ) : (
          <tbody key={id}>
            {`${numberText}${title}` !== '' && (
              <tr className="section">
                <th scope="rowgroup" colSpan={5}>
                  {numberText} {title}
                </th>
              </tr>
            )}
            {own.map((row) => (
              <Row key={row.id} row={row} address={address} isOpen={row.id === openId} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

const Row = memo(function Row({
  row,
  address,
  isOpen,
}: {
  readonly row: PlanRow;
  readonly address: PlanAddress;
  readonly isOpen: boolean;
}) {
  const place = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isOpen) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const classes = [row.excluded ? 'excluded' : '', isOpen ? 'open' : ''].join(' ').trim();
  return (
    <tr className={classes || undefined} ref={place}>
      <td className="number">{row.number}</td>
      <td>
        <Link href={hrefOf(address, row.id)} aria-current={isOpen ? 'true' : undefined}>
          {row.title}
        </Link>
        <SubItems items={row.subItems} />
      </td>
      <td>
        <Timeframe timeframe={row.timeframe} points={row.points.length} />
      </td>
      <td>{row.responsibleText}</td>
      <td>
        <Mark row={row} />
      </td>
    </tr>
  );
});

function Mark({ row }: { readonly row: PlanRow }) {
  const done = row.points.flatMap(({ actualOn }) => actualOn ?? []);
  return (
    <div className="execution">
      <TimingBadge timing={row.timing} />
      <EvidenceText evidence={row.evidence} />
      {done.length > 0 && (
        <span className="small">
          {words.plan.done} {done.map(dayText).join(', ')}
          {row.points.length > 1 && ` (${done.length} ${words.plan.of} ${row.points.length})`}
        </span>
      )}
      {row.requests.some(({ status }) => status === 'OPEN') && <span className="small">{words.plan.asked}</span>}
      {row.needsReview && <span className="doubt">{words.plan.review}</span>}
    </div>
  );
}
