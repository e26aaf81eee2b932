import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { activityQuery, type ShownActivity, viewerQuery } from '../api/queries';
import { Done } from '../forms/Done';
import { EvidenceText, TimingBadge } from '../parts/Badge';
import { PastMark } from '../parts/PastMark';
import { Gone, Problem } from '../parts/Problem';
import { hrefOf, type PlanAddress } from '../plan/address';
import { SubItems } from '../plan/SubItems';
import { TimeframeText } from '../plan/TimeframeText';
import { words } from '../words/words';
import { Actions } from './Actions';
import { ActivityHistory } from './ActivityHistory';
import { PendingDecisions, waitsForViewer } from './PendingDecisions';
import { Points } from './Points';
import { ReportList } from './ReportList';
import { RequestList } from './RequestList';

/** An activity beside its plan: points, reports, requests, possible actions, and the history. */
export default function ActivityPanel({ address, id }: { readonly address: PlanAddress; readonly id: string }) {
  const viewer = useQuery(viewerQuery);
  const mayAudit = viewer.data?.viewer.reads.includes('audit') ?? false;
  const {
    data: activity,
    error,
    isPending,
    refetch,
  } = useQuery(activityQuery(address.planId, id, mayAudit, address.day));
  const [, go] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isPending) heading.current?.focus();
  }, [isPending]);
  return (
    <aside
      className="panel"
      aria-labelledby="activity-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) go(hrefOf(address));
      }}
    >
      <Link href={hrefOf(address)} className="close">
        {words.activity.close}
      </Link>
      <h2 id="activity-title" ref={heading} tabIndex={-1}>
        {activity ? panelHeading(activity) : words.loading}
      </h2>
      {address.day !== undefined && <PastMark day={address.day} />}
      {error && !activity && <Problem error={error} again={() => void refetch()} />}
      {activity === null && <Gone />}
      {activity && <PanelContent key={id} activity={activity} mayAudit={mayAudit} />}
    </aside>
  );
}

function panelHeading({ number, title }: ShownActivity): string {
  return number === null || number === undefined ? title : `${number}. ${title}`;
}

function PanelContent({ activity, mayAudit }: { readonly activity: ShownActivity; readonly mayAudit: boolean }) {
  const { subItems, timeframe, timing, evidence, accountable, reviewReasons, points } = activity;
  const [done, setDone] = useState<string>();
  const isReported = points.length > 0 && points.every((point) => ['REPORTED', 'ACCEPTED'].includes(point.evidence));
  return (
    <>
      <Done name={done} />
      <PendingDecisions activity={activity} onDone={setDone} />
      <SubItems items={subItems} />
      <p className="state">
        <TimingBadge timing={timing} /> <EvidenceText evidence={evidence} />
      </p>
      <dl className="facts">
        <dt>{words.plan.timeframe}</dt>
        <dd>
          <TimeframeText timeframe={timeframe} points={points.length} />
        </dd>
        <dt>{words.activity.accountable}</dt>
        <dd>
          {accountable.name}
          {accountable.assumed && <span className="doubt">{words.activity.assumedParty}</span>}
        </dd>
      </dl>
      {reviewReasons.length > 0 && (
        <ul className="doubts">
          {reviewReasons.map(({ sentence }) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {activity.plan?.status === 'APPROVED' && reviewReasons.some(({ field }) => field !== 'timeframe') && (
        <p className="small">{words.activity.doubtsStay}</p>
      )}
      <Actions activity={activity} onDone={setDone} hasMain={!isReported && !waitsForViewer(activity)} />
      <Points points={points} />
      <ReportList activity={activity} />
      <RequestList activity={activity} />
      <ActivityHistory entries={mayAudit ? activity.history?.nodes : undefined} />
    </>
  );
}
