import { Button, Form } from 'react-aria-components';
import { ask } from '../api/ask';
import { AmendFromDocumentDocument, type ColumnsInput, ReviseDraftDocument } from '../api/generated/graphql';
import type { PlanHead } from '../approval/catalogue';
import { OtherRefusals } from '../forms/ActionCard';
import { BasisFields } from '../forms/BasisFields';
import { BASIS_PATHS, basisFrom, decisionPath, missingInDecision, NO_DECISION } from '../forms/decision';
import { limitOf } from '../forms/limits';
import { useCommand } from '../forms/useCommand';
import { TextBox } from '../parts/TextBox';
import { useFirst } from '../parts/useFirst';
import { words } from '../words/words';
import type { PlanFile } from './file';

/** The changes that a corrected document makes in its plan, and the form that applies them. */
export function DocumentDifferences({
  plan,
  file,
  columns,
  differences,
  notAmendable,
  onDone,
}: {
  readonly plan: PlanHead;
  readonly file: PlanFile;
  readonly columns: ColumnsInput | null;
  readonly differences: readonly string[];
  readonly notAmendable: readonly string[];
  readonly onDone: () => void;
}) {
  const { upload, form } = words;
  const isAmendment = plan.availableActions.includes('amendFromDocument');
  const isRevision = plan.availableActions.includes('reviseDraft');
  const command = useCommand({
    draftKey: `letopis draft correction ${plan.id} ${file.id}`,
    empty: NO_DECISION,
    fields: [...differences.map((_, index) => `changes.${index}`), ...(isAmendment ? ['reason', ...BASIS_PATHS] : [])],
    plan,
    pathOf: decisionPath,
    missing: (values) => (isAmendment ? missingInDecision(values, { reason: true, basis: false }) : {}),
    send: async (values, given) => {
      const document = { planId: plan.id, fileName: file.name, content: file.content, columns };
      if (!isAmendment) return (await ask(ReviseDraftDocument, { input: { ...given, ...document } })).done;
      const input = { ...given, ...document, reason: values.reason, basis: basisFrom(values) };
      return (await ask(AmendFromDocumentDocument, { input })).done;
    },
    onDone,
  });
  const { values, change, outcome, errors, isSending } = command;
  const refused = differences.findLastIndex((_, index) => errors[`changes.${index}`] !== undefined);
  const { shown, more } = useFirst(differences, { least: refused + 1 });
  const left = useFirst(notAmendable);
  return (
    <section aria-labelledby="differences-title">
      <h2 id="differences-title">
        {upload.differences} <span className="count">{differences.length}</span>
      </h2>
      {differences.length + notAmendable.length === 0 && <p>{upload.nothingDiffers}</p>}
      {notAmendable.length > 0 && (
        <div className="problem" role="alert">
          <p>{upload.notAmendable}</p>
          <ul>
            {left.shown.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
          {left.more}
        </div>
      )}
      <ul className="differences">
        {shown.map((difference, index) => (
          // Rows may have the same words, so that their sentences are the same.
          // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
          <li key={index} className={`difference ${kindOf(difference)}`}>
            {difference}
            {errors[`changes.${index}`] && (
              <p className="react-aria-FieldError" role="alert">
                {errors[`changes.${index}`]}
              </p>
            )}
          </li>
        ))}
      </ul>
      {more}
      {!isAmendment && !isRevision && <p className="small">{upload.cannot}</p>}
      {(isAmendment || isRevision) && differences.length > 0 && notAmendable.length === 0 && (
        <Form
          className="action"
          validationBehavior="aria"
          aria-label={isAmendment ? upload.amend : upload.takeOver}
          onSubmit={(event) => {
            event.preventDefault();
            void command.send();
          }}
        >
          {isAmendment && (
            <>
              <p className="small">{upload.amendLead}</p>
              <TextBox
                label={form.why}
                isRequired
                rows={2}
                limit={limitOf('amendFromDocument', 'reason')}
                value={values.reason}
                onChange={(reason) => change({ reason })}
                error={errors.reason}
              />
              <BasisFields
                command="amendFromDocument"
                values={values}
                change={change}
                errors={errors}
                isRequired={false}
              />
            </>
          )}
          {outcome && <OtherRefusals outcome={outcome} />}
          <div className="buttons">
            {outcome?.kind === 'conflict' ? (
              <Button className="primary" onPress={() => void command.sendAnyway(plan.revision)}>
                {form.sendAnyway}
              </Button>
            ) : (
              <Button type="submit" className="primary" isDisabled={isSending}>
                {isSending ? form.sending : isAmendment ? upload.amend : upload.takeOver}
              </Button>
            )}
          </div>
        </Form>
      )}
    </section>
  );
}

/** Returns the kind of a difference. Its text begins with the mark for added, removed or changed. */
function kindOf(difference: string): string {
  if (difference.startsWith('+')) return 'added';
  return difference.startsWith('-') ? 'removed' : 'changed';
}
