import type { ReactNode } from 'react';
import { momentInWords } from '../words/dates';
import { proofWords } from '../words/proof';
import type { SignatureState } from './note';
import type { KeyTrust } from './trustedKey';

/** One step of a check in words. `note`: it is not an error, but it is not confirmed either. */
export interface CheckStep {
  readonly result: 'done' | 'wrong' | 'note';
  readonly text: string;
}

/** Returns the step for a condition that holds or does not hold. */
export function checkStep(holds: boolean, text: string, otherwise: string): CheckStep {
  return holds ? { result: 'done', text } : { result: 'wrong', text: otherwise };
}

/** Returns the step of the signature. `unconfirmed`: the words for a key that the server or the file names. */
export function signatureStep(
  state: SignatureState,
  signed: { readonly origin: string; readonly key: string },
  trust: KeyTrust,
  unconfirmed: string,
): CheckStep {
  const text = proofWords.signature[state](signed);
  if (state !== 'SIGNED') return { result: 'wrong', text };
  return { result: 'done', text: `${text} ${trust === 'PUBLISHED' ? proofWords.trusted : unconfirmed}` };
}

/** Returns the step for the witness, which confirms the time. */
export function seenStep(seenAt: number | undefined): CheckStep {
  return seenAt === undefined
    ? { result: 'note', text: proofWords.unseen }
    : { result: 'done', text: proofWords.seen(momentInWords(new Date(seenAt * 1000).toISOString())) };
}

const MARKS = { done: '✓', wrong: '✗', note: '?' } as const;
const VERDICT_TONES = { PUBLISHED: 'good', OWN: 'warn', NONE: 'warn' } as const;

/** The result of a check: first the verdict with its reason; then, on demand, each step and what the check proves. */
export function Findings({
  problem,
  trust,
  texts,
  steps,
  children,
  evidence,
}: {
  /** Why the check failed; undefined when it did not. */
  readonly problem: string | undefined;
  readonly trust: KeyTrust;
  readonly texts: Readonly<Record<'failed' | 'proves' | 'provesNot', string>> & {
    readonly verdicts: Readonly<Record<KeyTrust, string>>;
  };
  readonly steps: readonly CheckStep[];
  /** Further fields for the check. */
  readonly children?: ReactNode;
  /** The checked data, unchanged. */
  readonly evidence?: ReactNode;
}) {
  const isProved = problem === undefined;
  return (
    <>
      <p className={`verdict ${isProved ? VERDICT_TONES[trust] : 'bad'}`} role="status">
        {isProved ? texts.verdicts[trust] : `${texts.failed}: ${problem}`}
      </p>
      <p className="small">{proofWords.limit}</p>
      {children}
      <details className="proof-details">
        <summary>{proofWords.details}</summary>
        <ol className="steps" aria-label={proofWords.steps}>
          {steps.map(({ result, text }) => (
            <li key={text} className={result}>
              <span className="mark" role="img" aria-label={proofWords[result]}>
                {MARKS[result]}
              </span>{' '}
              {text}
            </li>
          ))}
        </ol>
        {isProved && (
          <p className="small">
            <strong>{proofWords.proves}.</strong> {texts.proves}
          </p>
        )}
        <p className="small">
          <strong>{proofWords.provesNot}.</strong> {texts.provesNot}
        </p>
        {evidence}
      </details>
    </>
  );
}
