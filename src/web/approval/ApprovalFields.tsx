import { limitOf } from '../forms/limits';
import { Choice } from '../parts/Choice';
import { DayField } from '../parts/DayField';
import { TextBox } from '../parts/TextBox';
import { words } from '../words/words';
import { type ApprovalField, type ApprovalValues, type PlanAction, type PlanHead, waitingSteps } from './catalogue';
import { RouteFields } from './RouteFields';

interface ApprovalFieldsProps {
  readonly action: PlanAction;
  readonly plan: PlanHead;
  readonly values: ApprovalValues;
  readonly change: (changed: Partial<ApprovalValues>) => void;
  /** Refusals by field. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The fields of the form of an action on a plan. */
export function ApprovalFields(props: ApprovalFieldsProps) {
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
        <TextBox
          label={approval.remarks}
          isRequired
          rows={3}
          limit={limitOf(action.name, 'remarks')}
          value={values.remarks}
          onChange={(remarks) => change({ remarks })}
          error={errors.remarks}
        />
      )}
    </>
  );
}

function StampFields({ action, plan, values, change, errors }: ApprovalFieldsProps) {
  const { approval } = words;
  const steps = action.name === 'agreePlan' ? waitingSteps(plan) : [];
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
        <TextBox
          label={approval.post}
          limit={limitOf(action.name, 'stamp.post')}
          isRequired
          value={values.post}
          onChange={(post) => change({ post })}
          error={errors['stamp.post']}
        />
      )}
      <TextBox
        label={approval.person}
        limit={limitOf(action.name, 'stamp.person')}
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
          <TextBox
            label={approval.protocol}
            limit={limitOf(action.name, 'stamp.document.number')}
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
