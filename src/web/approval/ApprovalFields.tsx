import { FieldError, Label, TextArea, TextField } from 'react-aria-components';
import { Choice } from '../parts/Choice';
import { DayField } from '../parts/DayField';
import { Line } from '../parts/Line';
import { words } from '../words/words';
import { type ApprovalField, type ApprovalValues, openSteps, type Plan, type PlanAction } from './catalogue';
import { RouteFields } from './RouteFields';

interface FieldsProps {
  readonly action: PlanAction;
  readonly plan: Plan;
  readonly values: ApprovalValues;
  readonly change: (changed: Partial<ApprovalValues>) => void;
  /** Refusals by field. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The fields of the form of an action on a plan. */
export function ApprovalFields(props: FieldsProps) {
  const { action, values, change, errors } = props;
  const { approval } = words;
  const has = (field: ApprovalField) => action.fields.includes(field);
  return (
    <>
      {has('route') && <RouteFields route={values.route} onChange={(route) => change({ route })} errors={errors} />}
      {has('stamp') && <StampFields {...props} />}
      {has('date') && (
        <DayField
          label={approval.printedDate}
          value={values.date}
          onChange={(date) => change({ date })}
          error={errors.date}
        />
      )}
      {has('underControlFrom') && (
        <DayField
          label={approval.from}
          value={values.underControlFrom}
          onChange={(underControlFrom) => change({ underControlFrom })}
          error={errors.underControlFrom}
        />
      )}
      {has('remarks') && (
        <TextField
          className="field"
          isRequired
          isInvalid={errors.remarks !== undefined}
          value={values.remarks}
          onChange={(remarks) => change({ remarks })}
        >
          <Label>{approval.remarks}</Label>
          <TextArea rows={3} />
          <FieldError>{errors.remarks}</FieldError>
        </TextField>
      )}
    </>
  );
}

function StampFields({ action, plan, values, change, errors }: FieldsProps) {
  const { approval } = words;
  const steps = action.name === 'agreePlan' ? openSteps(plan) : [];
  const isCouncil = steps.some(({ post, isCouncil: council }) => council && post === values.post);
  return (
    <>
      {steps.length > 0 ? (
        <Choice
          label={approval.forWhom}
          value={values.post}
          options={steps.map(({ post }) => [post, post] as const)}
          onChange={(post) => change({ post })}
          error={errors['stamp.post']}
        />
      ) : (
        <Line
          label={approval.post}
          isRequired
          value={values.post}
          onChange={(post) => change({ post })}
          error={errors['stamp.post']}
        />
      )}
      <Line
        label={approval.person}
        value={values.person}
        onChange={(person) => change({ person })}
        error={errors['stamp.person']}
      />
      <DayField
        label={approval.date}
        value={values.date}
        onChange={(date) => change({ date })}
        error={errors['stamp.date']}
      />
      {isCouncil && (
        <>
          <Line
            label={approval.protocol}
            value={values.protocol}
            onChange={(protocol) => change({ protocol })}
            error={errors['stamp.document']}
          />
          <DayField
            label={approval.protocolDate}
            value={values.protocolDate}
            onChange={(protocolDate) => change({ protocolDate })}
            error={errors['stamp.document.date']}
          />
        </>
      )}
    </>
  );
}
