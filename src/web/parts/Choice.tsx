import { useId } from 'react';

/** A field to choose one of several values. The list of the browser itself: it is known, accessible and small. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  error,
  isRequired = false,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
}) {
  const id = useId();
  return (
    <div className="field" data-required={isRequired || undefined}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-required={isRequired}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => {
          const chosen = options.find(([each]) => each === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <span className="react-aria-FieldError" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
