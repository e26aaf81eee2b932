import { FieldError, Label, Radio, RadioGroup } from 'react-aria-components';
import type { DocumentType } from '../api/generated/graphql';
import { Choice } from '../parts/Choice';
import { DayField } from '../parts/DayField';
import { TextBox } from '../parts/TextBox';
import { words } from '../words/words';
import type { DecisionValues } from './decision';
import { type LimitedField, limitOf } from './limits';

const TYPES: readonly DocumentType[] = [
  ...(['ORDER', 'DIRECTIVE', 'RESOLUTION', 'PROTOCOL', 'REGULATION', 'LETTER', 'OTHER'] as const),
];

/** The fields of the basis of a decision: a document, or the explicit statement that there is none. */
export function BasisFields({
  command,
  values,
  change,
  errors,
  isRequired,
}: {
  /** The mutation that the form gives. */
  readonly command: LimitedField;
  readonly values: DecisionValues;
  readonly change: (changed: Partial<DecisionValues>) => void;
  readonly errors: Readonly<Record<string, string>>;
  /** True when the decision needs a basis. */
  readonly isRequired: boolean;
}) {
  const { form } = words;
  return (
    <>
      <RadioGroup
        className="field"
        isRequired={isRequired}
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
          <Choice
            label={form.orderType}
            value={values.orderType}
            onChange={(orderType) => change({ orderType })}
            options={TYPES.map((type) => [type, words.document[type]] as const)}
          />
          <TextBox
            label={form.orderNumber}
            limit={limitOf(command, 'basis.document.number')}
            isRequired
            value={values.orderNumber}
            onChange={(orderNumber) => change({ orderNumber })}
            error={errors['basis.document.number']}
          />
          <DayField
            label={form.orderDate}
            isRequired
            value={values.orderDate}
            onChange={(orderDate) => change({ orderDate })}
            error={errors['basis.document.date']}
          />
          <TextBox
            label={form.orderIssuer}
            limit={limitOf(command, 'basis.document.issuer')}
            value={values.orderIssuer}
            onChange={(orderIssuer) => change({ orderIssuer })}
            error={errors['basis.document.issuer']}
          />
        </div>
      )}
    </>
  );
}
