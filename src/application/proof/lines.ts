import { fieldLabel } from '../../documents/printing/fieldLabels.js';
import { fieldInWords, isShownField } from '../../documents/printing/fieldValues.js';
import type { LineText, ProofLine } from '../../documents/printing/proofLines.js';
import { isOfPlan } from '../../domain/chronicle.js';
import { isTimeZone } from '../../domain/dates.js';
import { evolve } from '../../domain/evolve.js';
import { type Bilingual, inBothLanguages } from '../../domain/language.js';
import type { PersonalText, PrintedText } from '../../domain/personal.js';
import { NO_PLAN, type Plan } from '../../domain/plan.js';
import { fromStore } from '../../domain/recorded.js';
import { narrowed, UnreadableEvent } from '../../engine/eventstore/envelope.js';
import type { StoredEvent } from '../../engine/eventstore/port.js';
import { valuesInEvent } from '../../engine/log/chain.js';
import { type AuditBody, auditBody } from '../../projections/auditTrail.js';
import type { FieldChange } from '../../projections/differences.js';
import { auditSentence } from '../sentences.js';

/** The history of a plan in words. */
export interface PlanLines {
  /** Title of the plan after the last event. */
  readonly title: string;
  /** Time zone of the plan after the last event; UTC if this program does not know the time zone. */
  readonly timeZone: string;
  /** One line for each event. */
  readonly lines: readonly ProofLine[];
  /** The names that the lines refer to, each once, still encrypted. */
  readonly names: readonly PersonalText[];
}

/**
 * Returns the history of a plan as sentences. They follow from the recorded bytes of its events alone: the same bytes
 * give the same lines in the same version of this program.
 *
 * @param entries the events of the whole stream, as they are stored.
 * @param turn called between the steps of long work.
 * @throws UnreadableEvent, ImpossibleEvent when the bytes are not the history of a plan.
 */
export async function linesOfPlan(
  stream: string,
  entries: readonly string[],
  turn: () => Promise<void>,
): Promise<PlanLines> {
  const planId = stream.slice('plan-'.length);
  const names = new NameList();
  const lines: ProofLine[] = [];
  let plan: Plan = NO_PLAN;
  for (const [revision, entry] of entries.entries()) {
    await turn();
    const recorded = narrowed(fromStore(storedPlanEvent(stream, entry, revision)), isOfPlan);
    // As in the audit trail, the plan is empty again after an abandoned import.
    const before: Plan = recorded.event.type === 'PlanDrafted' ? NO_PLAN : plan;
    const after = evolve(plan, recorded.event);
    lines.push(proofLine(auditBody({ of: 'plan', planId, before, after, recorded, appears: false }), names));
    plan = after;
  }
  const { title, timeZone } = plan.status === 'ABSENT' ? { title: '', timeZone: 'UTC' } : plan.details;
  return { title, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC', lines, names: names.all };
}

/** The names of a history, each with its index. */
class NameList {
  readonly all: PersonalText[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(person: PersonalText): { readonly name: number } {
    const known = this.#indexes.get(person.sealed);
    if (known !== undefined) return { name: known };
    const { subject, sealed } = person;
    this.#indexes.set(sealed, this.all.length);
    return { name: this.all.push({ subject, sealed }) - 1 };
  }
}

function storedPlanEvent(stream: string, body: string, revision: number): StoredEvent {
  const { id, type, schemaVersion } = valuesInEvent(body);
  if (typeof id !== 'string' || typeof type !== 'string' || typeof schemaVersion !== 'number') {
    throw new UnreadableEvent(`event ${stream}@${revision} is no event`);
  }
  return { id, type, schemaVersion, body, stream, revision, position: '' };
}

function proofLine(body: AuditBody, names: NameList): ProofLine {
  const { recordedAt, effectiveOn, actor, onBehalfOf, client, reason, basis } = body.recorded;
  const { role, post, organisation } = actor;
  return {
    recordedAt,
    effectiveOn,
    sentence: inBothLanguages((language) => auditSentence(body, language)),
    actor: { role, post, organisation, name: names.indexOf(actor.name) },
    onBehalfOf,
    client: names.indexOf(client),
    reason,
    basis,
    changes: body.changes.filter(isShownField).map(({ path, before, after }: FieldChange) => ({
      path,
      label: inBothLanguages((language) => fieldLabel(path, language)),
      before: before && lineValue(path, before, names),
      after: after && lineValue(path, after, names),
    })),
  };
}

function lineValue(path: string, value: PrintedText, names: NameList): LineText | Bilingual {
  const [ru = ''] = fieldInWords(path, value, 'ru');
  const [en = ''] = fieldInWords(path, value, 'en');
  return typeof ru === 'string' && typeof en === 'string' && ru !== en
    ? { ru, en }
    : lineText(fieldInWords(path, value, 'ru'), names);
}

function lineText(text: PrintedText, names: NameList): LineText {
  return text.map((part) => (typeof part === 'string' ? part : names.indexOf(part)));
}
