import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { viewerQuery } from '../api/queries';
import { useDrop } from '../parts/useDrop';
import { useFile } from '../parts/useFile';
import { MEGABYTE } from '../words/numbers';
import { locale, words } from '../words/words';
import { type FileProblem, type PlanFile, readFile } from './file';

/**
 * An area for choosing a file. A file that is dropped elsewhere on the page is taken too, because the browser would
 * open it in place of the page.
 */
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
  const [problem, setProblem] = useState<FileProblem | 'UNREADABLE'>();
  const take = useFile(
    (chosen) => readFile(chosen, max),
    (read) => {
      setProblem(typeof read === 'string' ? read : undefined);
      if (typeof read !== 'string') onFile(read);
    },
  );
  const isOver = useDrop((dropped) => void take(dropped));
  return (
    <>
      <section className={`drop${file ? ' chosen' : ''}${isOver ? ' over' : ''}`} aria-label={upload.file}>
        {file ? <strong>{file.name}</strong> : <p>{lead}</p>}
        <FileTrigger onSelect={(files) => void take(files?.[0])}>
          <Button className={file ? '' : 'primary'}>{file ? upload.other : upload.choose}</Button>
        </FileTrigger>
        {!file && (
          <p className="small">
            {upload.formats} {(max / MEGABYTE).toLocaleString(locale, { maximumFractionDigits: 1 })} {upload.megabytes}
          </p>
        )}
      </section>
      {problem && (
        <p className="problem" role="alert">
          {upload.unread[problem]}
        </p>
      )}
    </>
  );
}
