import type { Evidence, PlanStatus, Timing } from '../api/generated/graphql';
import { words } from '../words/words';

const TONES: Readonly<Record<Timing, string>> = {
  ...{ OVERDUE: 'bad', NOT_DONE: 'bad', DUE_TODAY: 'warn', DUE_SOON: 'warn', IN_WINDOW: 'now', PLANNED: 'plain' },
  ...{ DONE_ON_TIME: 'good', DONE_LATE: 'good', NOT_DATED: 'plain', NOT_TRACKED: 'plain', EXCLUDED: 'plain' },
  CARRIED_OVER: 'plain',
};

/** Returns the class of the colours of a timing. */
export function toneOf(timing: Timing): string {
  return TONES[timing];
}

/** The timing in words; the colour only supports it. */
export function TimingBadge({ timing }: { readonly timing: Timing }) {
  return <span className={`badge ${toneOf(timing)}`}>{words.timing[timing]}</span>;
}

/** What shows that the work is done; nothing when nothing does. */
export function EvidenceText({ evidence }: { readonly evidence: Evidence }) {
  return evidence === 'NONE' ? null : <span className="evidence">{words.evidence[evidence]}</span>;
}

/** The status of a plan. */
export function StatusBadge({ status }: { readonly status: PlanStatus }) {
  const tone = status === 'APPROVED' ? 'good' : status === 'CANCELLED' || status === 'WITHDRAWN' ? 'bad' : 'now';
  return <span className={`badge ${tone}`}>{words.status[status]}</span>;
}
