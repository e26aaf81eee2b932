import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { type EntryFragment, ProofDocument } from '../api/generated/graphql';
import { Problem } from '../parts/Problem';
import { proofWords } from '../words/proof';
import { words } from '../words/words';
import { checkEntry, type EntryCheckResult, isEntryProved } from './entryCheck';
import { type CheckStep, checkStep, Findings, seenStep, signatureStep } from './Findings';
import { KeyField } from './KeyField';
import { type KeyTrust, trustOf, useTrustedKey } from './trustedKey';

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
  const trust = trustOf(typed);
  return (
    <Findings
      problem={isEntryProved(check) ? undefined : entryProblem(check)}
      steps={entrySteps(check, trust)}
      evidence={
        <details>
          <summary>{texts.bytes}</summary>
          <pre className="bytes">{data.proof.entry}</pre>
        </details>
      }
      trust={trust}
      texts={texts}
    >
      <KeyField typed={typed} />
    </Findings>
  );
}

/** Returns the reason why a check failed. */
function entryProblem({ otherFacts, leaf, root, signature }: EntryCheckResult): string {
  const { problems } = proofWords.entry;
  if (signature !== 'SIGNED') return proofWords.signatureProblems[signature];
  if (leaf.computed !== leaf.stated) return problems.changed;
  if (root.computed !== root.signed) return problems.elsewhere;
  return problems.otherFacts(namesOf(otherFacts));
}

function namesOf(facts: EntryCheckResult['otherFacts']): string {
  return facts.map((fact) => proofWords.entry.factNames[fact]).join(', ');
}

function entrySteps(check: EntryCheckResult, trust: KeyTrust): readonly CheckStep[] {
  const { bytes, otherFacts, leaf, index, size, hashes, root, signature, seenAt } = check;
  const texts = proofWords.entry;
  const place = index + 1;
  const otherRoot = root.computed === undefined ? texts.noPath : texts.otherRoot(root.computed, root.signed);
  return [
    checkStep(otherFacts.length === 0, texts.facts(bytes), texts.otherFacts(namesOf(otherFacts))),
    { result: 'note', text: texts.notCompared },
    checkStep(
      leaf.computed === leaf.stated,
      texts.leaf(leaf.computed, place),
      texts.otherLeaf(leaf.computed, leaf.stated, place),
    ),
    checkStep(root.computed === root.signed, texts.path(hashes, size, root.signed), otherRoot),
    signatureStep(signature, check, trust, proofWords.untrusted.server),
    seenStep(seenAt),
  ];
}
