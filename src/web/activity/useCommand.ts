import { useRef, useState } from 'react';
import { isTemporary, planKey, queries } from '../api/queries';
import { words } from '../words/words';
import type { Activity } from './ActivityPanel';
import type { Action, FieldName, UserError } from './catalogue';
import { draftAt, EMPTY, type FormValues, keepDraft } from './values';

/** What came of sending a form. */
export interface Outcome {
  readonly kind: 'refused' | 'conflict' | 'offline';
  /** Refusals by the field that they are about. */
  readonly byField: Readonly<Record<string, string>>;
  /** Refusals that are about no field of this form. */
  readonly others: readonly string[];
}

/** The values of the form of an action, and how they are sent. */
export function useCommand(action: Action, activity: Activity, targetId: string, onDone: () => void) {
  const draftKey = `letopis draft ${action.name} ${targetId}`;
  const [values, setValues] = useState<FormValues>(() => draftAt(draftKey) ?? EMPTY);
  const [isRestored] = useState(() => draftAt(draftKey) !== undefined);
  const [outcome, setOutcome] = useState<Outcome>();
  const [isSending, setSending] = useState(false);
  /** The plan as the person saw it when the form was opened, or when the conflict was shown. */
  const revision = useRef(activity.plan?.revision ?? 0);
  /** The last attempt: the same content keeps its command id, so that it is carried out once. */
  const attempt = useRef({ content: '', commandId: '' });

  const change = (changed: Partial<FormValues>) => {
    const next = { ...values, ...changed };
    setValues(next);
    keepDraft(draftKey, next);
  };
  const send = async () => {
    if (action.fields.includes('actualOn') && values.actualOn === '') {
      setOutcome({ kind: 'refused', byField: { actualOn: words.form.dayRequired }, others: [] });
      return;
    }
    setSending(true);
    setOutcome(undefined);
    const content = JSON.stringify([values, revision.current]);
    if (attempt.current.content !== content) attempt.current = { content, commandId: newId() };
    try {
      const given = { commandId: attempt.current.commandId, expectedRevision: revision.current };
      const { userErrors } = await action.send({ id: targetId }, values, given);
      await queries.invalidateQueries({ queryKey: planKey(activity.plan?.id ?? '') });
      if (userErrors.length === 0) {
        keepDraft(draftKey, null);
        onDone();
        return;
      }
      setOutcome(outcomeOf(userErrors, action.fields));
    } catch (error) {
      const others = isTemporary(error) || !(error instanceof Error) ? [] : [error.message];
      setOutcome({ kind: others.length === 0 ? 'offline' : 'refused', byField: {}, others });
    } finally {
      setSending(false);
    }
  };
  return {
    ...{ values, change, send, outcome, isSending, isRestored },
    /** Sends again, over the changes that were shown. */
    sendAnyway: (present: number) => {
      revision.current = present;
      return send();
    },
    discard: () => keepDraft(draftKey, null),
  };
}

function outcomeOf(errors: readonly UserError[], fields: readonly FieldName[]): Outcome {
  const byField: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of errors) {
    const name = fieldOf(field ?? '');
    const shown = fields.find((each) => each === name);
    if (shown) byField[shown] = [byField[shown], message].filter(Boolean).join(' ');
    else others.push(message);
  }
  const isConflict = errors.some(({ code }) => code === 'PLAN_CHANGED');
  return { kind: isConflict ? 'conflict' : 'refused', byField, others };
}

/** Returns the field of the form for the path of an input, such as `timeframe.text` or `evidence[0].url`. */
function fieldOf(path: string): string {
  const [first = ''] = path.split(/[.[]/);
  return first === 'pointIds' ? 'pointId' : first;
}

/** Returns a random id. `crypto.randomUUID` is missing on pages without TLS. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
