import { useRef, useState } from 'react';
import { ApiError } from '../api/ask';
import { isTemporary, planKey, queries } from '../api/queries';
import { words } from '../words/words';
import { draftAt, keepDraft } from './drafts';

/** A refusal of a command, as the API returns it. */
export interface CommandRefusal {
  readonly code: string;
  readonly field?: readonly string[] | null;
  readonly message: string;
}

/** The input fields that every command has in addition to its content. */
export interface CommandCircumstances {
  readonly commandId: string;
  readonly expectedRevision: number;
}

/** The common part of the results of commands. */
export interface CommandAnswer {
  readonly userErrors: readonly CommandRefusal[];
}

/** Definition of a form that gives a command. */
export interface CommandForm<Values, Done extends CommandAnswer> {
  /** Key under which the browser stores the entered values until the tab is closed. */
  readonly draftKey: string;
  readonly empty: Values;
  /** The fields that the form shows, as paths of the input. Refusals of other fields are shown below all fields. */
  readonly fields: readonly string[];
  /** The plan that is read again afterwards; null for a new one. */
  readonly plan: { readonly id: string; readonly revision: number } | null;
  /** Returns the errors of empty required fields without a request to the server. */
  missing?(values: Values): Readonly<Record<string, string>>;
  /** Returns the path of the input that a value fills; its own name when left out. */
  pathOf?(value: string): string;
  send(values: Values, given: CommandCircumstances): Promise<Done>;
  onDone(done: Done): void;
}

/** The result of sending a form. */
export interface FormOutcome {
  readonly kind: 'refused' | 'conflict' | 'offline';
  /** Refusals by the field that they are about. */
  readonly byField: Readonly<Record<string, string>>;
  /** Refusals that do not belong to a field of this form. */
  readonly others: readonly string[];
  readonly codes: readonly string[];
}

/** Stores the values of the form of a command, and sends them. */
export function useCommand<Values, Done extends CommandAnswer>(form: CommandForm<Values, Done>) {
  const { draftKey, empty, plan } = form;
  const [values, setValues] = useState<Values>(() => draftAt(draftKey, empty) ?? empty);
  const [isRestored] = useState(() => draftAt(draftKey, empty) !== undefined);
  const [outcome, setOutcome] = useState<FormOutcome>();
  /** Paths of the fields that were changed since the last attempt. Their refusals no longer apply. */
  const [corrected, setCorrected] = useState<readonly string[]>([]);
  const [isSending, setSending] = useState(false);
  /** Revision of the plan that the person saw when the form was opened, or when the conflict was shown. */
  const revision = useRef(plan?.revision ?? 0);
  /** The last attempt: the same content keeps its command id, so that it is carried out once. */
  const attempt = useRef({ content: '', commandId: '' });

  const change = (changed: Partial<Values>) => {
    const next = { ...values, ...changed };
    setValues(next);
    setCorrected([...corrected, ...Object.keys(changed).map((key) => form.pathOf?.(key) ?? key)]);
    keepDraft(draftKey, next);
  };
  const send = async (changed: Partial<Values> = {}) => {
    const sent = { ...values, ...changed };
    setCorrected([]);
    const missing = form.missing?.(sent) ?? {};
    if (Object.keys(missing).length > 0) {
      setOutcome({ kind: 'refused', byField: missing, others: [], codes: [] });
      return;
    }
    setSending(true);
    setOutcome(undefined);
    const content = JSON.stringify([sent, revision.current]);
    if (attempt.current.content !== content) attempt.current = { content, commandId: newId() };
    try {
      const done = await form.send(sent, { commandId: attempt.current.commandId, expectedRevision: revision.current });
      if (plan) await queries.invalidateQueries({ queryKey: planKey(plan.id) });
      if (done.userErrors.length === 0) {
        keepDraft(draftKey, null);
        form.onDone(done);
        return;
      }
      setOutcome(outcomeOf(done.userErrors, form.fields));
    } catch (error) {
      const others = isTemporary(error) || !(error instanceof Error) ? [] : [messageOf(error)];
      setOutcome({ kind: others.length === 0 ? 'offline' : 'refused', byField: {}, others, codes: [] });
    } finally {
      setSending(false);
    }
  };
  return {
    values,
    change,
    send,
    outcome,
    isSending,
    isRestored,
    /** Present refusals by field. The refusal of a field is removed when the field is changed. */
    errors: errorsExcept(corrected, outcome),
    /** Sends again, over the changes that were shown. */
    sendAnyway: (present: number) => {
      revision.current = present;
      return send();
    },
    discard: () => keepDraft(draftKey, null),
  };
}

function errorsExcept(
  corrected: readonly string[],
  outcome: FormOutcome | undefined,
): Readonly<Record<string, string>> {
  const isStill = ([path]: readonly [string, string]) =>
    corrected.every((each) => path !== each && !path.startsWith(`${each}.`));
  return Object.fromEntries(Object.entries(outcome?.byField ?? {}).filter(isStill));
}

function messageOf(error: Error): string {
  return error instanceof ApiError && error.code === 'UNAUTHENTICATED' ? words.signIn.ended : error.message;
}

function outcomeOf(errors: readonly CommandRefusal[], fields: readonly string[]): FormOutcome {
  const byField: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of errors) {
    const path = refusedPath(field);
    const shown = fields.find((each) => path === each || path.startsWith(`${each}.`));
    if (shown) byField[shown] = [byField[shown], message].filter(Boolean).join(' ');
    else others.push(message);
  }
  const codes = errors.map(({ code }) => code);
  return { kind: codes.includes('PLAN_CHANGED') ? 'conflict' : 'refused', byField, others, codes };
}

/** Returns the path of an input field as text, such as `timeframe.text`. */
function refusedPath(field: readonly string[] | null | undefined): string {
  const [first = '', ...rest] = field ?? [];
  return [first === 'pointIds' ? 'pointId' : first, ...rest].join('.');
}

/** Returns a random id. `crypto.randomUUID` is missing on pages without TLS. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
