import { FieldError, Label, Radio, RadioGroup } from 'react-aria-components';
import { DayField } from '../parts/DayField';
import { Line } from '../parts/Line';
import { words } from '../words/words';
import type { DecisionValues } from './decision';

/** The fields of the basis of a decision: a document, or expressly none. */
export function BasisFields({
  values,
  change,
  errors,
}: {
  readonly values: DecisionValues;
  readonly change: (changed: Partial<DecisionValues>) => void;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const { form } = words;
  return (
    <>
      <RadioGroup
        className="field"
        isInvalid={'basis' in errors}
        value={values.basis}
        onChange={(chosen) => change({ basis: chosen === 'document' ? 'document' : 'none' })}
      >
        <Label>{form.basis}</Label>
        <Radio className="check" value="document">
          <span className="box round" aria-hidden="true" />
          {form.order}
        </Radio>
        <Radio className="check" value="none">
          <span className="box round" aria-hidden="true" />
          {form.withoutDocument}
        </Radio>
        <FieldError>{errors.basis}</FieldError>
      </RadioGroup>
      {values.basis === 'document' && (
        <div className="order">
          <Line
            label={form.orderNumber}
            value={values.orderNumber}
            onChange={(orderNumber) => change({ orderNumber })}
          />
          <DayField label={form.orderDate} value={values.orderDate} onChange={(orderDate) => change({ orderDate })} />
          <Line
            label={form.orderIssuer}
            value={values.orderIssuer}
            onChange={(orderIssuer) => change({ orderIssuer })}
          />
        </div>
      )}
    </>
  );
}
