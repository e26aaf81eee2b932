import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { type EntryFragment, ProofDocument } from '../api/generated/graphql';
import { Problem } from '../parts/Problem';
import { proofWords } from '../words/proof';
import { words } from '../words/words';
import { checkEntry, type EntryCheck, isEntryProved } from './entryCheck';
import { Findings, KeyField, type Step, seenStep, signatureStep, step } from './Findings';
import { useTrustedKey } from './trustedKey';

/** Fetches an entry byte for byte with its inclusion proof, and checks it in the browser. */
export default function EntryFindings({ entry }: { readonly entry: EntryFragment }) {
  const typed = useTrustedKey();
  const { data, error, refetch } = useQuery({
    queryKey: ['proof', entry.id],
    queryFn: () => ask(ProofDocument, { entryId: entry.id }),
    // A proof does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <p className="small">{words.loading}</p>;
  const check = checkEntry(entry, data, typed.key);
  const texts = proofWords.entry;
  if (!check) {
    return (
      <p className="problem" role="alert">
        {texts.unreadable}
      </p>
    );
  }
  const isProved = isEntryProved(check);
  const verdict = isProved ? (typed.key ? texts.proved : texts.keyLeft) : texts.failed;
  return (
    <Findings
      verdict={verdict}
      tone={isProved ? (typed.key ? 'good' : 'warn') : 'bad'}
      steps={stepsOf(check, typed.key !== undefined)}
      proves={texts.provesText}
      provesNot={texts.provesNotText}
    >
      <KeyField text={typed.text} isKey={typed.key !== undefined} onChange={typed.setText} />
      <details>
        <summary>{texts.bytes}</summary>
        <pre className="bytes">{data.proof.entry}</pre>
      </details>
    </Findings>
  );
}

function stepsOf(check: EntryCheck, isTrusted: boolean): readonly Step[] {
  const { bytes, otherFacts, leaf, index, size, hashes, root, signature, seenAt } = check;
  const texts = proofWords.entry;
  const place = index + 1;
  const facts = otherFacts.map((fact) => texts.factNames[fact]).join(', ');
  const otherRoot = root.computed === undefined ? texts.noPath : texts.otherRoot(root.computed, root.signed);
  return [
    step(otherFacts.length === 0, texts.facts(bytes), texts.otherFacts(facts)),
    { result: 'note', text: texts.notCompared },
    step(
      leaf.computed === leaf.stated,
      texts.leaf(leaf.computed, place),
      texts.otherLeaf(leaf.computed, leaf.stated, place),
    ),
    step(root.computed === root.signed, texts.path(hashes, size, root.signed), otherRoot),
    signatureStep(signature, check, isTrusted ? proofWords.trusted : proofWords.untrusted.server),
    seenStep(seenAt),
  ];
}
