import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { Header } from '../parts/Header';
import { useDrop } from '../parts/useDrop';
import { useFile } from '../parts/useFile';
import { useTitle } from '../parts/useTitle';
import { MEGABYTE } from '../words/numbers';
import { proofWords } from '../words/proof';
import { BundleFindings } from './BundleFindings';
import { type ProofFile, proofIn } from './bundle';
import { checkBundle } from './bundleCheck';
import { KeyField } from './KeyField';
import { type TypedKey, trustOf, useTrustedKey } from './trustedKey';

/** Largest file that is read, in megabytes. The proof of a plan of a thousand rows has a few megabytes. */
const MAX_MEGABYTES = 64;

const PROBLEMS = {
  TOO_LARGE: proofWords.tooLarge(MAX_MEGABYTES),
  UNREADABLE: proofWords.unreadFile,
  NO_PROOF: proofWords.noProof,
} as const;

interface Chosen {
  readonly name: string;
  /** Distinguishes files with the same name. */
  readonly id: number;
  readonly file: ProofFile;
}

/** Checks the file of a proof without sign-in. The file stays in the browser. */
export default function ProofView() {
  useTitle(proofWords.title);
  const typed = useTrustedKey();
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<string>();
  const files = useRef(0);
  const take = useFile(readProof, (read, { name }) => {
    files.current += 1;
    const isRead = typeof read !== 'string';
    setProblem(isRead ? undefined : PROBLEMS[read]);
    setChosen(isRead ? { name, id: files.current, file: read } : undefined);
  });
  const isOver = useDrop((dropped) => void take(dropped));
  return (
    <>
      <Header />
      <main id="content">
        <h1>{proofWords.title}</h1>
        <p className="lead">{proofWords.lead}</p>
        <section className={`drop${chosen ? ' chosen' : ''}${isOver ? ' over' : ''}`} aria-label={proofWords.file}>
          {chosen ? <strong>{chosen.name}</strong> : <p>{proofWords.drop}</p>}
          <FileTrigger onSelect={(files) => void take(files?.[0])}>
            <Button className={chosen ? '' : 'primary'}>{chosen ? proofWords.other : proofWords.choose}</Button>
          </FileTrigger>
        </section>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        {chosen && <Checked key={chosen.id} chosen={chosen} typed={typed} />}
      </main>
    </>
  );
}

async function readProof(file: File): Promise<ProofFile | 'TOO_LARGE' | 'NO_PROOF'> {
  if (file.size > MAX_MEGABYTES * MEGABYTE) return 'TOO_LARGE';
  return proofIn(new Uint8Array(await file.arrayBuffer())) ?? 'NO_PROOF';
}

function Checked({ chosen, typed }: { readonly chosen: Chosen; readonly typed: TypedKey }) {
  const { data, isPending, isPlaceholderData } = useQuery({
    queryKey: ['proof file', chosen.id, typed.key?.text],
    queryFn: async () => (await checkBundle(chosen.file, typed.key)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Open details stay open while the file is checked with another key.
    placeholderData: keepPreviousData,
  });
  if (isPending) return <p className="wait">{proofWords.checking}</p>;
  if (!data) {
    return (
      <p className="problem" role="alert">
        {proofWords.unreadable}
      </p>
    );
  }
  return (
    <BundleFindings
      check={data}
      names={chosen.file.history?.names ?? ''}
      trust={isPlaceholderData ? 'NONE' : trustOf(typed)}
    >
      <KeyField typed={typed} />
    </BundleFindings>
  );
}
