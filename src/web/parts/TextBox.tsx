import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { words } from '../words/words';

/** The part of a limit that is left when the field begins to say how many characters are left. */
const SHOWN_PART = 0.2;

/** A field for a text: one line, or as many as `rows` and more. */
export function TextBox({
  label,
  value,
  onChange,
  error,
  isRequired = false,
  rows,
  hint,
  limit,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  /** Height of a field for several lines; omitted for one line. */
  readonly rows?: number;
  readonly hint?: string;
  /** Maximum number of characters; undefined if the API has none. */
  readonly limit: number | undefined;
}) {
  const left = limit === undefined ? Number.POSITIVE_INFINITY : limit - value.length;
  const isFewLeft = left >= 0 && left <= (limit ?? 0) * SHOWN_PART;
  const shownError = left < 0 ? words.form.tooLong(-left, limit ?? 0) : error;
  const notes = [hint, isFewLeft ? `${words.form.charactersLeft}: ${left}.` : undefined].filter(Boolean);
  return (
    <TextField
      className="field"
      isRequired={isRequired}
      isInvalid={shownError !== undefined}
      value={value}
      onChange={onChange}
    >
      <Label>{label}</Label>
      {rows === undefined ? <Input /> : <TextArea rows={rows} />}
      {notes.length > 0 && <Text slot="description">{notes.join(' ')}</Text>}
      <FieldError>{shownError}</FieldError>
    </TextField>
  );
}
