import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/ask';
import { type ColumnsInput, PreviewNewDocument } from '../api/generated/graphql';
import { useTitle } from '../parts/useTitle';
import { words } from '../words/words';
import { CreateDraft } from './CreateDraft';
import { FileDrop } from './FileDrop';
import { fileAt, keepFile, type PlanFile } from './file';
import { UnreadDocument } from './UnreadDocument';

/** The view for a document that is to become a plan: choosing the file, its content, and creating the draft. */
export function NewPlan() {
  useTitle(words.upload.title);
  const [file, setFile] = useState(() => fileAt(undefined));
  const take = (taken: PlanFile) => {
    keepFile(undefined, taken);
    setFile(taken);
  };
  return (
    <>
      <h1>{words.upload.title}</h1>
      <FileDrop lead={words.upload.lead} file={file} onFile={take} />
      {file && <Read key={file.id} file={file} />}
    </>
  );
}

function Read({ file }: { readonly file: PlanFile }) {
  const [columns, setColumns] = useState<ColumnsInput | null>(null);
  const [organisationId, setOrganisation] = useState('');
  const [, go] = useLocation();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['document', file.id, columns, organisationId],
    queryFn: async () => {
      const { name, content } = file;
      const more = { columns, organisationId: organisationId || null };
      return (await ask(PreviewNewDocument, { fileName: name, content, ...more })).importPreview;
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  if (error && !data) return <UnreadDocument error={error} again={() => void refetch()} onColumns={setColumns} />;
  if (isPending || !data) {
    return (
      <p className="wait" role="status">
        {words.upload.reading}
      </p>
    );
  }
  return (
    <CreateDraft
      file={file}
      columns={columns}
      preview={data}
      organisationId={organisationId}
      onOrganisation={setOrganisation}
      onCreated={(planId) => {
        keepFile(undefined, null);
        go(`/plan/${planId}`);
      }}
    />
  );
}
