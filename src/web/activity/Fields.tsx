import { Checkbox } from 'react-aria-components';
import type { ShownActivity } from '../api/queries';
import { BasisFields } from '../forms/BasisFields';
import { limitOf } from '../forms/limits';
import { WordingChoice } from '../forms/WordingChoice';
import { Choice } from '../parts/Choice';
import { DayField } from '../parts/DayField';
import { TextBox } from '../parts/TextBox';
import { words } from '../words/words';
import type { Action, FieldName } from './catalogue';
import { pointName } from './Points';
import { TermReading } from './TermReading';
import { type FormValues, KEEPER } from './values';

interface FieldsProps {
  readonly action: Action;
  readonly activity: ShownActivity;
  readonly values: FormValues;
  readonly change: (changed: Partial<FormValues>) => void;
  /** Refusals by field. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The fields of the form of an action. */
export function Fields({ action, activity, values, change, errors }: FieldsProps) {
  const { form } = words;
  const has = (field: FieldName) => action.fields.includes(field);
  const needsCount = activity.points.some(({ target }) => target > 1);
  return (
    <>
      {has('text') && (
        <TextBox
          label={form.whatDone}
          isRequired
          rows={4}
          limit={limitOf(action.name, 'text')}
          value={values.text}
          onChange={(text) => change({ text })}
          error={errors.text}
        />
      )}
      {has('actualOn') && (
        <DayField
          error={errors.actualOn}
          label={form.doneOn}
          isRequired
          value={values.actualOn}
          onChange={(actualOn) => change({ actualOn })}
        />
      )}
      {has('pointId') && activity.points.length > 1 && (
        <Choice
          label={form.points}
          isRequired
          value={values.pointId}
          onChange={(pointId) => change({ pointId })}
          error={errors.pointId}
          options={[['', '—'], ...activity.points.map((point) => [point.id, pointName(point)] as const)]}
        />
      )}
      {has('count') && needsCount && (
        <TextBox
          error={errors.count}
          label={form.count}
          limit={undefined}
          value={values.count}
          onChange={(count) => change({ count })}
        />
      )}
      {has('evidence') && (
        <>
          <TextBox
            label={form.evidenceTitle}
            limit={limitOf(action.name, 'evidence.title')}
            value={values.evidenceTitle}
            onChange={(evidenceTitle) => change({ evidenceTitle })}
          />
          <TextBox
            error={errors.evidence}
            label={form.evidenceUrl}
            limit={limitOf(action.name, 'evidence.url')}
            value={values.evidenceUrl}
            onChange={(evidenceUrl) => change({ evidenceUrl })}
          />
        </>
      )}
      {has('interim') && (
        <Checkbox className="check" isSelected={values.interim} onChange={(interim) => change({ interim })}>
          <span className="box" aria-hidden="true" />
          {form.interim}
        </Checkbox>
      )}
      {has('reading') && (
        <WordingChoice timeframe={activity.timeframe} values={values} change={change} error={errors.reading} />
      )}
      {has('parties') && (
        <TextBox
          label={form.parties}
          isRequired
          rows={4}
          hint={form.partiesHint}
          limit={undefined}
          value={values.parties}
          onChange={(parties) => change({ parties })}
          error={errors.parties ?? errors.responsible}
        />
      )}
      {has('accountable') && (
        <Choice
          label={words.activity.accountable}
          isRequired
          value={values.accountable}
          onChange={(accountable) => change({ accountable })}
          error={errors.place}
          options={[
            ['', '—'],
            ...(activity.plan ? [[KEEPER, activity.plan.ownerUnit] as const] : []),
            ...activity.responsible.map(({ name }, index) => [String(index + 1), name] as const),
          ]}
        />
      )}
      {has('timeframe') && (
        <p className="small">
          {action.name === 'rescheduleActivity' && `${form.mayYourself} `}
          {form.termNow}: «{activity.timeframe.text}»
          {activity.points.length > 1 && `. ${form.termReplaces}: ${activity.points.length}.`}
        </p>
      )}
      {has('timeframe') && (
        <TextBox
          label={form.newTerm}
          isRequired
          hint={form.termHint}
          limit={limitOf(action.name, 'timeframe.text')}
          value={values.term}
          onChange={(term) => change({ term })}
          error={errors.timeframe}
        />
      )}
      {has('timeframe') && activity.plan && (
        <TermReading planId={activity.plan.id} activityId={activity.id} text={values.term} />
      )}
      {has('reason') && (
        <TextBox
          label={action.name === 'returnReport' ? form.remark : form.why}
          isRequired={action.required.includes('reason')}
          rows={2}
          limit={limitOf(action.name, 'reason')}
          value={values.reason}
          onChange={(reason) => change({ reason })}
          error={errors.reason}
        />
      )}
      {has('basis') && (
        <BasisFields
          command={action.name}
          values={values}
          change={change}
          errors={errors}
          isRequired={action.required.includes('basis')}
        />
      )}
    </>
  );
}
