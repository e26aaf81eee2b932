import { Checkbox, FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import type { Activity } from '../api/queries';
import { BasisFields } from '../forms/BasisFields';
import { WordingChoice } from '../forms/WordingChoice';
import { Choice } from '../parts/Choice';
import { DayField } from '../parts/DayField';
import { Line } from '../parts/Line';
import { words } from '../words/words';
import type { Action, FieldName } from './catalogue';
import { pointName } from './Points';
import { TermReading } from './TermReading';
import type { FormValues } from './values';

interface FieldsProps {
  readonly action: Action;
  readonly activity: Activity;
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
        <TextField
          className="field"
          isRequired
          isInvalid={'text' in errors}
          value={values.text}
          onChange={(text) => change({ text })}
        >
          <Label>{form.whatDone}</Label>
          <TextArea rows={4} />
          <FieldError>{errors.text}</FieldError>
        </TextField>
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
        <Line error={errors.count} label={form.count} value={values.count} onChange={(count) => change({ count })} />
      )}
      {has('evidence') && (
        <>
          <Line
            label={form.evidenceTitle}
            value={values.evidenceTitle}
            onChange={(evidenceTitle) => change({ evidenceTitle })}
          />
          <Line
            error={errors.evidence}
            label={form.evidenceUrl}
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
        <TextField
          className="field"
          isRequired
          isInvalid={'parties' in errors}
          value={values.parties}
          onChange={(parties) => change({ parties })}
        >
          <Label>{form.parties}</Label>
          <TextArea rows={4} />
          <Text slot="description">{form.partiesHint}</Text>
          <FieldError>{errors.parties ?? errors.responsible}</FieldError>
        </TextField>
      )}
      {has('timeframe') && (
        <p className="small">
          {form.termNow}: «{activity.timeframe.text}»
          {activity.points.length > 1 && `. ${form.termReplaces}: ${activity.points.length}.`}
        </p>
      )}
      {has('timeframe') && (
        <TextField
          isInvalid={'timeframe' in errors}
          className="field"
          isRequired
          value={values.term}
          onChange={(term) => change({ term })}
        >
          <Label>{form.newTerm}</Label>
          <Input />
          <Text slot="description">{form.termHint}</Text>
          <FieldError>{errors.timeframe}</FieldError>
        </TextField>
      )}
      {has('timeframe') && activity.plan && (
        <TermReading planId={activity.plan.id} activityId={activity.id} text={values.term} />
      )}
      {has('reason') && (
        <TextField
          className="field"
          isRequired={action.required.includes('reason')}
          isInvalid={'reason' in errors}
          value={values.reason}
          onChange={(reason) => change({ reason })}
        >
          <Label>{action.name === 'returnReport' ? form.remark : form.why}</Label>
          <TextArea rows={2} />
          <FieldError>{errors.reason}</FieldError>
        </TextField>
      )}
      {has('basis') && (
        <BasisFields values={values} change={change} errors={errors} isRequired={action.required.includes('basis')} />
      )}
    </>
  );
}
