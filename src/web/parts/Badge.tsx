import type { Evidence, PlanStatus } from '../api/generated/graphql';
import type { ShownTiming } from '../api/timing';
import { words } from '../words/words';

const TIMING_TONES: Readonly<Record<ShownTiming, string>> = {
  OVERDUE: 'bad',
  NOT_DONE: 'bad',
  DUE_TODAY: 'warn',
  DUE_SOON: 'warn',
  IN_WINDOW: 'now',
  PLANNED: 'plain',
  DONE_ON_TIME: 'good',
  DONE_LATE: 'good',
  NOT_DATED: 'plain',
  NOT_TRACKED: 'plain',
  EXCLUDED: 'plain',
  CARRIED_OVER: 'plain',
  SOFT_PAST: 'warn',
};

/** Returns the class of the colours of a timing. */
export function toneOf(timing: ShownTiming): string {
  return TIMING_TONES[timing];
}

/** Returns a timing in words. */
export function timingText(timing: ShownTiming): string {
  return timing === 'SOFT_PAST' ? words.softPast : words.timing[timing];
}

/** The timing in words; the colour only supports it. */
export function TimingBadge({ timing }: { readonly timing: ShownTiming }) {
  const title = timing === 'SOFT_PAST' ? words.softPastMeans : undefined;
  return (
    <span className={`badge ${toneOf(timing)}`} title={title}>
      {timingText(timing)}
    </span>
  );
}

/** The evidence that the work is done; empty if there is none. */
export function EvidenceText({ evidence }: { readonly evidence: Evidence }) {
  return evidence === 'NONE' ? null : <span className="evidence">{words.evidence[evidence]}</span>;
}

/** The status of a plan. */
export function StatusBadge({ status }: { readonly status: PlanStatus }) {
  const tone = status === 'APPROVED' ? 'good' : status === 'CANCELLED' || status === 'WITHDRAWN' ? 'bad' : 'now';
  return <span className={`badge ${tone}`}>{words.status[status]}</span>;
}
