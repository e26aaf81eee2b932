import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask } from '../api/ask';
import { type ColumnsInput, PreviewCorrectionDocument } from '../api/generated/graphql';
import { planKey, planQuery } from '../api/queries';
import type { PlanHead } from '../approval/catalogue';
import { StatusBadge } from '../parts/Badge';
import { Gone, Problem } from '../parts/Problem';
import { useTitle } from '../parts/useTitle';
import type { RowTarget } from '../plan/rows/useRowWindow';
import { words } from '../words/words';
import { DocumentDifferences } from './DocumentDifferences';
import { FileDrop } from './FileDrop';
import { fileAt, keepFile, type PlanFile } from './file';
import { Paper } from './Paper';
import { QuestionList } from './QuestionList';
import { UnreadDocument } from './UnreadDocument';

/** The view for a corrected document of a plan: choosing the file, its differences, and applying them to the plan. */
export function CorrectionView({ planId }: { readonly planId: string }) {
  const { data: plan, error, refetch } = useQuery(planQuery(planId));
  const [file, setFile] = useState(() => fileAt(planId));
  useTitle(plan ? `${words.upload.title}: ${plan.title}` : words.upload.title);
  if (error && !plan) return <Problem error={error} again={() => void refetch()} />;
  if (plan === null) return <Gone />;
  if (!plan) return <p className="wait">{words.loading}</p>;
  const take = (taken: PlanFile) => {
    keepFile(planId, taken);
    setFile(taken);
  };
  return (
    <>
      <h1>{words.approval.correct}</h1>
      <p className="lead">
        <Link href={`/plan/${planId}`}>{plan.title}</Link> <StatusBadge status={plan.status} />
      </p>
      <FileDrop lead={words.upload.leadCorrection} file={file} onFile={take} />
      {file && <ComparedFile key={file.id} plan={plan} file={file} />}
    </>
  );
}

function ComparedFile({ plan, file }: { readonly plan: PlanHead; readonly file: PlanFile }) {
  const [target, setTarget] = useState<RowTarget>();
  const [columns, setColumns] = useState<ColumnsInput | null>(null);
  const [, go] = useLocation();
  const { data, error, refetch } = useQuery({
    // The key begins with the key of the plan, so that a change of the plan invalidates the comparison.
    queryKey: [...planKey(plan.id), 'correction', file.id, columns],
    queryFn: async () => {
      const { name, content } = file;
      return (await ask(PreviewCorrectionDocument, { fileName: name, content, columns, planId: plan.id }))
        .importPreview;
    },
  });
  if (error && !data) return <UnreadDocument error={error} again={() => void refetch()} onColumns={setColumns} />;
  if (!data) {
    return (
      <p className="wait" role="status">
        {words.upload.reading}
      </p>
    );
  }
  return (
    <div className="document-sides">
      <div>
        <Paper preview={data} target={target} />
      </div>
      <aside className="panel" aria-label={words.upload.differences}>
        <DocumentDifferences
          plan={plan}
          file={file}
          columns={columns}
          differences={data.differences ?? []}
          notAmendable={data.notAmendable ?? []}
          onDone={() => {
            keepFile(plan.id, null);
            go(`/plan/${plan.id}`);
          }}
        />
        <QuestionList plan={data.plan} readings={{}} onGo={setTarget} />
      </aside>
    </div>
  );
}
