import { memo } from 'react';
import { Link } from 'wouter';
import type { PlanRow } from '../api/queries';
import { EvidenceText, TimingBadge } from '../parts/Badge';
import { shortDayText } from '../words/dates';
import { words } from '../words/words';
import { hrefOf, type PlanAddress } from './address';
import type { TableSection } from './rows/items';
import { type RowProps, SectionTable } from './rows/SectionTable';
import { SubItems } from './SubItems';
import { TimeframeText } from './TimeframeText';

/** The table of a plan: sections and rows as printed, with the execution of each row. */
export function PlanTable({
  address,
  sections,
  rows,
  openId,
}: {
  readonly address: PlanAddress;
  readonly sections: readonly TableSection[];
  readonly rows: readonly PlanRow[];
  readonly openId: string | undefined;
}) {
  const { plan } = words;
  const head = (
    <tr aria-rowindex={1}>
      <th scope="col">{plan.number}</th>
      <th scope="col">{plan.activity}</th>
      <th scope="col">{plan.timeframe}</th>
      <th scope="col">{plan.responsible}</th>
      <th scope="col">{plan.mark}</th>
    </tr>
  );
  return (
    <SectionTable className="rows" columns={5} head={head} sections={sections} rows={rows} openId={openId}>
      {(row, place) => <PlanTableRow row={row} address={address} isOpen={row.id === openId} {...place} />}
    </SectionTable>
  );
}

const PlanTableRow = memo(function PlanTableRow({
  row,
  address,
  isOpen,
  ...place
}: RowProps & {
  readonly row: PlanRow;
  readonly address: PlanAddress;
  readonly isOpen: boolean;
}) {
  const classes = [row.excluded ? 'excluded' : '', isOpen ? 'open' : ''].join(' ').trim();
  return (
    <tr className={classes || undefined} {...place}>
      <td className="number">{row.number}</td>
      <td>
        <Link href={hrefOf(address, row.id)} aria-current={isOpen ? 'true' : undefined}>
          {row.title}
        </Link>
        <SubItems items={row.subItems} />
      </td>
      <td>
        <TimeframeText timeframe={row.timeframe} points={row.points.length} />
      </td>
      <td>{row.responsibleText}</td>
      <td>
        <ExecutionMark row={row} />
      </td>
    </tr>
  );
});

function ExecutionMark({ row }: { readonly row: PlanRow }) {
  const done = row.points.flatMap(({ actualOn }) => actualOn ?? []);
  return (
    <div className="execution">
      <TimingBadge timing={row.timing} />
      <EvidenceText evidence={row.evidence} />
      {done.length > 0 && (
        <span className="small">
          {words.plan.done} {done.map(shortDayText).join(', ')}
          {row.points.length > 1 && ` (${done.length} ${words.plan.of} ${row.points.length})`}
        </span>
      )}
      {row.requests.some(({ status }) => status === 'OPEN') && <span className="small">{words.plan.asked}</span>}
      {row.needsReview && <span className="doubt">{words.plan.review}</span>}
    </div>
  );
}
