import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { momentText } from '../words/dates';
import { proofWords } from '../words/proof';
import type { SignatureState } from './note';

/** One step of a check in words. `note`: it is not wrong, but nothing confirms it. */
export interface Step {
  readonly result: 'done' | 'wrong' | 'note';
  readonly text: string;
}

/** Returns the step that holds or does not hold. */
export function step(holds: boolean, text: string, otherwise: string): Step {
  return holds ? { result: 'done', text } : { result: 'wrong', text: otherwise };
}

/** Returns the step of the signature. */
export function signatureStep(
  state: SignatureState,
  signed: { readonly origin: string; readonly key: string },
  trust: string,
): Step {
  const text = proofWords.signature[state](signed);
  return state === 'SIGNED' ? { result: 'done', text: `${text} ${trust}` } : { result: 'wrong', text };
}

/** Returns the step of the witness, who confirms the time. */
export function seenStep(seenAt: number | undefined): Step {
  return seenAt === undefined
    ? { result: 'note', text: proofWords.unseen }
    : { result: 'done', text: proofWords.seen(momentText(new Date(seenAt * 1000).toISOString())) };
}

const MARKS = { done: '✓', wrong: '✗', note: '?' } as const;

/** The result of a check: the verdict, each step in words, and what the check proves and what it does not. */
export function Findings({
  verdict,
  tone,
  steps,
  proves,
  provesNot,
  children,
}: {
  readonly verdict: string;
  readonly tone: 'good' | 'warn' | 'bad';
  readonly steps: readonly Step[];
  readonly proves: string;
  readonly provesNot: string;
  readonly children?: ReactNode;
}) {
  return (
    <>
      <p className={`verdict ${tone}`} role="status">
        {verdict}
      </p>
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
      {children}
      {tone !== 'bad' && (
        <p className="small">
          <strong>{proofWords.proves}.</strong> {proves}
        </p>
      )}
      <p className="small">
        <strong>{proofWords.provesNot}.</strong> {provesNot}
      </p>
    </>
  );
}

/** The field for the published key of the log. */
export function KeyField({
  text,
  isKey,
  onChange,
}: {
  readonly text: string;
  readonly isKey: boolean;
  readonly onChange: (text: string) => void;
}) {
  const isInvalid = text.trim() !== '' && !isKey;
  return (
    <TextField className="field" value={text} onChange={onChange} isInvalid={isInvalid} autoComplete="off">
      <Label>{proofWords.key}</Label>
      <Input spellCheck={false} />
      <Text slot="description">{proofWords.keyHint}</Text>
      <FieldError>{proofWords.noKey}</FieldError>
    </TextField>
  );
}
