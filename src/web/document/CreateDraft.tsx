import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import {
  type ColumnsInput,
  ImportPlanDocument,
  type ImportPlanMutation,
  type PreviewNewQuery,
} from '../api/generated/graphql';
import { organisationsQuery, viewerQuery } from '../api/queries';
import { OtherRefusals } from '../forms/ActionCard';
import { isChosen, readingFrom } from '../forms/reading';
import { type FormOutcome, useCommand } from '../forms/useCommand';
import { Choice } from '../parts/Choice';
import type { RowTarget } from '../plan/rows/useRowWindow';
import { indented } from '../words/names';
import { words } from '../words/words';
import { keepFile, type PlanFile } from './file';
import { Paper } from './Paper';
import { type ChosenReadings, QuestionList } from './QuestionList';
import { SamePlans } from './SamePlans';

interface Values {
  readonly readings: ChosenReadings;
  readonly allowSecond: boolean;
}

const NO_VALUES: Values = { readings: {}, allowSecond: false };
/** Refusals after which a second plan can be wanted all the same. */
const SECOND = ['ALREADY_IMPORTED', 'EXPORT_OF_PLAN', 'PLAN_OF_SAME_TITLE'] as const;

/** The plan that would be created, beside its questions, and the button that creates the draft. */
export function CreateDraft({
  file,
  columns,
  preview,
  organisationId,
  onOrganisation,
  onCreated,
}: {
  readonly file: PlanFile;
  readonly columns: ColumnsInput | null;
  readonly preview: NonNullable<PreviewNewQuery['importPreview']>;
  readonly organisationId: string;
  readonly onOrganisation: (id: string) => void;
  readonly onCreated: (planId: string) => void;
}) {
  const { upload } = words;
  const [target, setTarget] = useState<RowTarget>();
  const viewer = useQuery(viewerQuery);
  const mayCreate = viewer.data?.viewer.gives.includes('importPlan') ?? false;
  const command = useCommand<Values, NonNullable<ImportPlanMutation['done']>>({
    draftKey: `letopis document values ${file.id}`,
    empty: NO_VALUES,
    fields: Array.from({ length: preview.activityCount }, (_, index) => `readings.${index}`),
    plan: null,
    send: async ({ readings, allowSecond }, { commandId }) => {
      const chosen = chosenIn(readings).map(([row, reading]) => ({ row, ...readingFrom(reading) }));
      const document = { fileName: file.name, content: file.content, columns };
      const input = { ...document, commandId, organisationId: organisationId || null, allowSecond, readings: chosen };
      return (await ask(ImportPlanDocument, { input })).done;
    },
    onDone: ({ plan }) => plan && onCreated(plan.id),
  });
  const { values, change, outcome, isSending } = command;
  const chosen = chosenIn(values.readings);
  const second = SECOND.find((code) => outcome?.codes.includes(code));
  return (
    <div className="document-sides">
      <div>
        <Paper preview={preview} settled={new Set(chosen.map(([row]) => row))} target={target} />
      </div>
      <aside className="panel" aria-label={upload.questions}>
        <SamePlans
          title={preview.plan.title}
          exportedFrom={preview.exportedFrom}
          organisationId={organisationId}
          onCorrect={(planId) => keepFile(planId, file)}
        />
        <QuestionList
          plan={preview.plan}
          readings={values.readings}
          change={
            mayCreate ? (row, reading) => change({ readings: { ...values.readings, [row]: reading } }) : undefined
          }
          errors={errorsByRow(
            outcome,
            chosen.map(([row]) => row),
          )}
          onGo={setTarget}
        />
        {mayCreate ? (
          <Form
            className="action"
            validationBehavior="aria"
            aria-label={upload.create}
            onSubmit={(event) => {
              event.preventDefault();
              void command.send();
            }}
          >
            <Organisations value={organisationId} onChange={onOrganisation} />
            <p className="small">{upload.later}</p>
            {second && <p className="problem">{upload[second]}</p>}
            {outcome && !second && <OtherRefusals outcome={outcome} />}
            <div className="buttons">
              {second ? (
                <Button onPress={() => void command.send({ allowSecond: true })}>{upload.second}</Button>
              ) : (
                <Button type="submit" className="primary" isDisabled={isSending}>
                  {isSending ? upload.creating : upload.create}
                </Button>
              )}
            </div>
          </Form>
        ) : (
          <p className="small">{upload.notYours}</p>
        )}
        <Link href="/plan">{words.toPlans}</Link>
      </aside>
    </div>
  );
}

function chosenIn(readings: ChosenReadings) {
  return Object.entries(readings).flatMap(([row, reading]) =>
    isChosen(reading) ? [[Number(row), reading] as const] : [],
  );
}

/** Readings are refused by their place in the list that was sent. */
function errorsByRow(outcome: FormOutcome | undefined, rows: readonly number[]): Record<number, string> {
  const found = rows.map((row, index) => [row, outcome?.byField[`readings.${index}`]] as const);
  return Object.fromEntries(found.flatMap(([row, message]) => (message === undefined ? [] : [[row, message]])));
}

function Organisations({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  const { data } = useQuery(organisationsQuery);
  if (!data || data.length === 0) return null;
  return (
    <Choice
      label={words.upload.organisation}
      value={value}
      onChange={onChange}
      options={[['', words.upload.noOrganisation], ...data.map((each) => [each.id, indented(each)] as const)]}
    />
  );
}
