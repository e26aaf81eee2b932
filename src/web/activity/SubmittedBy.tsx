import type { SubmissionFragment } from '../api/generated/graphql';
import { nameAndPost } from '../words/persons';

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
