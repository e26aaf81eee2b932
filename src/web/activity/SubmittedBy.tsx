import type { SubmissionFragment } from '../api/generated/graphql';

/** Who submitted a report or a request, and why; empty for a person who may not see names. */
export function SubmittedBy({ submission }: { readonly submission: SubmissionFragment | null | undefined }) {
  if (!submission?.by) return null;
  const { by, remark } = submission;
  return (
    <p>
      {[by.name, by.post].filter(Boolean).join(', ')}
      {remark && `: ${remark}`}
    </p>
  );
}
