import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, DropZone, type FileDropItem, FileTrigger, isFileDropItem } from 'react-aria-components';
import { viewerQuery } from '../api/queries';
import { words } from '../words/words';
import { type FileProblem, type PlanFile, readFile } from './file';

const MEGABYTE = 1024 * 1024;

/** A place to drop a file on, or to choose one. */
export function FileDrop({
  lead,
  file,
  onFile,
}: {
  readonly lead: string;
  readonly file: PlanFile | undefined;
  readonly onFile: (file: PlanFile) => void;
}) {
  const { upload } = words;
  const { data } = useQuery(viewerQuery);
  const max = data?.system.maxDocument ?? 0;
  const [problem, setProblem] = useState<FileProblem>();
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    const read = await readFile(chosen, max);
    if (typeof read === 'string') setProblem(read);
    else {
      setProblem(undefined);
      onFile(read);
    }
  };
  return (
    <>
      <DropZone
        className="drop"
        aria-label={upload.title}
        onDrop={async ({ items }) => {
          const dropped = items.find((item): item is FileDropItem => isFileDropItem(item));
          await take(await dropped?.getFile());
        }}
      >
        {!file && <p>{lead}</p>}
        {file && (
          <p>
            {upload.file}: <strong>{file.name}</strong>
          </p>
        )}
        <FileTrigger onSelect={(files) => void take(files?.[0])}>
          <Button className={file ? '' : 'primary'}>{file ? upload.other : upload.choose}</Button>
        </FileTrigger>
        <p className="small">
          {upload.formats} {Math.round((max / MEGABYTE) * 10) / 10} {upload.megabytes}
        </p>
      </DropZone>
      {problem && (
        <p className="problem" role="alert">
          {upload.unread[problem]}
        </p>
      )}
    </>
  );
}
