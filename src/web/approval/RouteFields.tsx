import { Button } from 'react-aria-components';
import { limitOf } from '../forms/limits';
import { Choice } from '../parts/Choice';
import { TextBox } from '../parts/TextBox';
import { words } from '../words/words';
import type { StepValues } from './catalogue';

const STEP_KINDS = [
  ['AGREE', words.approval.AGREE],
  ['ACCEPT', words.approval.ACCEPT],
  ['CONSIDER', words.approval.CONSIDER],
] as const;

/** The steps of the route of agreement, in order. */
export function RouteFields({
  route,
  onChange,
  errors,
}: {
  readonly route: readonly StepValues[];
  readonly onChange: (route: readonly StepValues[]) => void;
  /** Refusals by field, such as `route.0.post`. */
  readonly errors: Readonly<Record<string, string>>;
}) {
  const { approval } = words;
  const set = (index: number, changed: Partial<StepValues>) =>
    onChange(route.map((step, place) => (place === index ? { ...step, ...changed } : step)));
  return (
    <fieldset className="route">
      <legend>{approval.route}</legend>
      {route.length === 0 && <p className="small">{approval.noRoute}</p>}
      {route.map((step, index) => (
        // Steps have no identity, and the text of a field is stored in the values.
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <fieldset key={index} className="step" aria-label={`${approval.step} ${index + 1}`}>
          <Choice
            label={approval.kind}
            value={step.kind}
            options={STEP_KINDS}
            onChange={(kind) => set(index, { kind })}
          />
          <TextBox
            label={approval.who}
            limit={limitOf('submitPlan', 'route.post')}
            isRequired
            value={step.post}
            onChange={(post) => set(index, { post })}
            error={errors[`route.${index}.post`]}
          />
          <Button
            onPress={() => onChange(route.filter((_, place) => place !== index))}
            aria-label={`${approval.removeStep} ${index + 1}`}
          >
            ×
          </Button>
        </fieldset>
      ))}
      <Button onPress={() => onChange([...route, { kind: 'AGREE', post: '' }])}>{approval.addStep}</Button>
      {errors.route !== undefined && (
        <p className="react-aria-FieldError" role="alert">
          {errors.route}
        </p>
      )}
    </fieldset>
  );
}
