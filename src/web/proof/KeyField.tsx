import { Checkbox, FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { proofWords } from '../words/proof';
import type { TypedKey } from './trustedKey';

/** The field for the published key of the log, and for where the person has it from. */
export function KeyField({ typed: { text, key, setText, isPublished, setPublished } }: { readonly typed: TypedKey }) {
  const isInvalid = text.trim() !== '' && !key;
  return (
    <>
      <TextField className="field" value={text} onChange={setText} isInvalid={isInvalid} autoComplete="off">
        <Label>{proofWords.key}</Label>
        <Input spellCheck={false} />
        <Text slot="description">{proofWords.keyHint}</Text>
        <FieldError>{proofWords.noKey}</FieldError>
      </TextField>
      {key && (
        <Checkbox className="check" isSelected={isPublished} onChange={setPublished}>
          <span className="box" aria-hidden="true" />
          {proofWords.keyIsPublished}
        </Checkbox>
      )}
    </>
  );
}
