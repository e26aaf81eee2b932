import type { ReactNode } from 'react';
import { useFirst } from '../parts/useFirst';
import { proofWords } from '../words/proof';
import { type BundleCheck, type EventCheck, isBundleProved } from './bundleCheck';
import { type CheckStep, checkStep, Findings, seenStep, signatureStep } from './Findings';
import { shownNames } from './lines';
import { ProvedEvent } from './ProvedEvent';
import type { KeyTrust } from './trustedKey';

/** Numbers of events that a step names. */
const NAMED = 20;

/** The result of the check of a proof, and its history as sentences. Each line has its findings. */
export function BundleFindings({
  check,
  names,
  trust,
  children,
}: {
  readonly check: BundleCheck;
  /** The names of the proof, a JSON text. */
  readonly names: string;
  readonly trust: KeyTrust;
  /** The field for the key. */
  readonly children: ReactNode;
}) {
  const { shown, more } = useFirst(check.events);
  const texts = proofWords.bundle;
  const printed = shownNames(names);
  return (
    <>
      <Findings
        problem={isBundleProved(check) ? undefined : bundleProblem(check)}
        steps={bundleSteps(check, trust)}
        trust={trust}
        texts={texts}
      >
        {children}
      </Findings>
      <h2>{texts.history}</h2>
      <ol className="entries journal">
        {shown.map((event) => (
          <ProvedEvent key={event.number} event={event} names={printed} />
        ))}
      </ol>
      {more}
    </>
  );
}

/** Returns the reason why a check failed. */
function bundleProblem({ events, words, signature }: BundleCheck): string {
  const { problems } = proofWords.bundle;
  if (signature !== 'SIGNED') return proofWords.signatureProblems[signature];
  if (events.some(({ isIncluded, isNext }) => !isIncluded || !isNext)) return problems.events;
  if (words?.note === 'UNSIGNED') return problems.unsigned;
  return words?.page === 'CHANGED' && words.isComplete && events.every(({ words: own }) => own === 'SIGNED')
    ? problems.page
    : problems.words;
}

function bundleSteps(check: BundleCheck, trust: KeyTrust): readonly CheckStep[] {
  const { events, size, words, signature, seenAt } = check;
  const texts = proofWords.bundle;
  const [outside, unchained] = [
    listedNumbers(events, (each) => !each.isIncluded),
    listedNumbers(events, (each) => !each.isNext),
  ];
  return [
    signatureStep(signature, check, trust, proofWords.untrusted.file),
    seenStep(seenAt),
    checkStep(outside === '', texts.events(events.length, size), texts.otherEvents(outside)),
    checkStep(unchained === '', texts.chain, texts.otherChain(unchained)),
    ...(words ? wordSteps(words, events) : [{ result: 'note', text: texts.noWords } as const]),
  ];
}

function wordSteps(words: NonNullable<BundleCheck['words']>, events: readonly EventCheck[]): readonly CheckStep[] {
  const texts = proofWords.bundle;
  if (words.note === 'UNSIGNED') return [{ result: 'wrong', text: texts.unsigned }];
  const changed = listedNumbers(events, (each) => each.words === 'CHANGED');
  const untrue = listedNumbers(events, ({ hasOwnFacts }) => !hasOwnFacts);
  const wrong = [
    ...(words.isComplete ? [] : [texts.otherCount]),
    ...(untrue === '' ? [] : [texts.otherFacts(untrue)]),
    ...(words.names === 'SIGNED' ? [] : [texts.otherNames]),
  ];
  return [
    checkStep(changed === '', texts.words(words.writer), texts.otherWords(changed)),
    ...wrong.map((text) => ({ result: 'wrong', text }) as const),
    ...(words.page === undefined ? [] : [checkStep(words.page === 'SIGNED', texts.page, texts.otherPage)]),
  ];
}

/** Returns the numbers, from 1, of the events that fulfil a condition; an empty text if there are none. */
function listedNumbers(events: readonly EventCheck[], isSo: (event: EventCheck) => boolean): string {
  const numbers = events.filter(isSo).map(({ number }) => number);
  return numbers.slice(0, NAMED).join(', ') + (numbers.length > NAMED ? '…' : '');
}
