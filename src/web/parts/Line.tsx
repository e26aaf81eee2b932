import { FieldError, Input, Label, TextField } from 'react-aria-components';

/** A field for one line of text. */
export function Line({
  label,
  value,
  onChange,
  error,
  isRequired = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
}) {
  return (
    <TextField
      className="field"
      isRequired={isRequired}
      isInvalid={error !== undefined}
      value={value}
      onChange={onChange}
    >
      <Label>{label}</Label>
      <Input />
      <FieldError>{error}</FieldError>
    </TextField>
  );
}
