import type { PrintedText } from '../domain/personal.js';
import { type BodyForm, differences, type RowFrame, textField } from '../engine/projections/bodyForm.js';
import type { AuditBody } from './auditTrail.js';
import type { FieldChange } from './differences.js';

/** Longest text, in characters, that a change repeats instead of storing its number among the texts of the event. */
const SHORT_TEXT = 4;

/** A stored printed text: the index of the same text in {@link orderedTexts} of the event, a text, or several parts. */
type StoredText = number | string | PrintedText | null;

/** A change as it is stored: path without the activity, text before and text after. */
type StoredChange = readonly [path: string, before: StoredText, after: StoredText];

/**
 * The stored form of an entry of the audit trail. Values in the fields of the row are not stored again, and neither are
 * circumstances that most events do not have. A text of a change that the event contains is stored as its number among
 * the texts of the event.
 */
export const AUDIT_FORM: BodyForm<AuditBody> = {
  fields: [
    'at',
    'recordedAt',
    'eventType',
    'actorId',
    'author',
    'subject',
    'planId',
    'organisationId',
    'activityKey',
    'holderId',
  ],
  shrink(row, { recorded, changes, subject: _, ...entry }) {
    const { event, id: __, position: ___, recordedAt: ____, actor: _____, ...circumstances } = recorded;
    const flat = { ...entry, ...circumstances, data: event.data };
    const texts = orderedTexts(event.data);
    const stored = changes.map((change) => storedChange(change, pathPrefix(entry.activityId), texts));
    return { ...differences(flat, derivedProperties(row)), ...(stored.length > 0 ? { changes: stored } : {}) };
  },
  restore(row, { changes, ...stored }) {
    const { planId, organisationId, activityId, accessOf, edition, data, ...circumstances } = {
      ...derivedProperties(row),
      ...stored,
    };
    const { at, recordedAt, eventType, actorId } = row.fields;
    const subject = parsedKey(row, 'subject');
    const recorded = {
      ...circumstances,
      id: row.id,
      position: at,
      recordedAt,
      actor: { id: actorId, ...parsedKey(row, 'author') },
      event: { type: eventType, data },
    };
    const texts = orderedTexts(data);
    const restored = Array.isArray(changes)
      ? changes.map((change: StoredChange) => restoredChange(change, pathPrefix(activityId), texts))
      : [];
    return { planId, organisationId, activityId, subject, accessOf, edition, recorded, changes: restored };
  },
};

/** Returns the fields of an entry that contain its author and its subject as JSON; an empty text means no subject. */
export function textsOfKeys({ id: _, ...author }: AuditBody['recorded']['actor'], subject: AuditBody['subject']) {
  return { author: JSON.stringify(author), subject: subject === null ? '' : JSON.stringify(subject) };
}

function parsedKey(row: RowFrame, field: 'author' | 'subject'): object | null {
  const value: unknown = JSON.parse(textField(row, field) ?? 'null');
  return typeof value === 'object' ? value : null;
}

/** Returns the usual properties of an entry, derived from its row. */
function derivedProperties(row: RowFrame): Readonly<Record<string, unknown>> {
  const planId = textField(row, 'planId');
  const holderId = textField(row, 'holderId');
  const key = textField(row, 'activityKey');
  const author = parsedKey(row, 'author');
  return {
    planId,
    organisationId: textField(row, 'organisationId'),
    activityId: planId === null || key === null ? null : key.slice(planId.length + 1),
    accessOf: null,
    edition: 1,
    stream: planId === null ? `access-${holderId}` : `plan-${planId}`,
    schemaVersion: 1,
    client: author && 'name' in author ? author.name : undefined,
    effectiveOn: null,
    onBehalfOf: null,
    reason: null,
    basis: null,
  };
}

function pathPrefix(activityId: unknown): string {
  return `activities[${String(activityId)}].`;
}

function storedChange({ path, before, after }: FieldChange, prefix: string, texts: readonly string[]): StoredChange {
  const short = path.startsWith(prefix) ? `.${path.slice(prefix.length)}` : path;
  return [short, shrunkText(before, texts), shrunkText(after, texts)];
}

function restoredChange([path, before, after]: StoredChange, prefix: string, texts: readonly string[]): FieldChange {
  return {
    path: path.startsWith('.') ? `${prefix}${path.slice(1)}` : path,
    before: restoredText(before, texts),
    after: restoredText(after, texts),
  };
}

function shrunkText(text: PrintedText | null, texts: readonly string[]): StoredText {
  const [only, ...others] = text ?? [];
  if (typeof only !== 'string' || others.length > 0) return text;
  const number = texts.indexOf(only);
  return number < 0 ? only : number;
}

function restoredText(stored: StoredText, texts: readonly string[]): PrintedText | null {
  if (typeof stored === 'number') return [texts[stored] ?? ''];
  return typeof stored === 'string' ? [stored] : stored;
}

/** Returns the texts in a value, each once, in an order that is independent of the order of properties. */
function orderedTexts(value: unknown): string[] {
  return [...new Set(knownTexts(value))].sort();
}

function knownTexts(value: unknown): string[] {
  if (typeof value === 'string') return value.length > SHORT_TEXT ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(knownTexts) : [];
}
