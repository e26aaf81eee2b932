import type { SubmissionFragment } from '../api/generated/graphql';
import type { ShownActivity } from '../api/queries';
import { shownBasisText } from '../words/basis';
import { momentInWords } from '../words/dates';
import { nameAndPost } from '../words/persons';
import { words } from '../words/words';

/** Who submitted a report or a request, and why; empty for a person who may not see names. */
export function SubmittedBy({ submission }: { readonly submission: SubmissionFragment | null | undefined }) {
  if (!submission?.by) return null;
  const { by, remark } = submission;
  return (
    <p>
      {nameAndPost(by)}
      {remark && `: ${remark}`}
    </p>
  );
}

/** Who decided on a report or a request, when, why and on what basis; empty before a decision. */
export function DecidedBy({
  decision,
}: {
  readonly decision: ShownActivity['requests' | 'reports'][number]['decision'] | undefined;
}) {
  if (!decision) return null;
  const { by, at, remark, basis } = decision;
  const parts = [momentInWords(at), by && nameAndPost(by), remark, shownBasisText(basis)].filter(Boolean);
  return (
    <p className="small">
      {words.activity.decision}: {parts.join(' · ')}
    </p>
  );
}
