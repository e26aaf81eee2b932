import type { ComparedCause, Comparison } from '../documents/printing/comparison.js';
import { isShownField } from '../documents/printing/fieldValues.js';
import { rowDifferences } from '../domain/comparison.js';
import { asInstant, dayText, type Instant, isLocalDate, localDay, localTime } from '../domain/dates.js';
import { planInEdition } from '../domain/editions.js';
import type { ExistingPlan } from '../domain/plan.js';
import { cutText } from '../engine/readable.js';
import { planChanges } from '../projections/differences.js';
import type { Change } from '../projections/model.js';
import { type ComparedState, causesOf, eventsOfSide } from './causes.js';
import { ExportRefused } from './exportRefused.js';
import { type AsOf, type History, planAsOf } from './past.js';

/** Two sides of a comparison, usually the earlier one first. */
export interface Sides {
  readonly from: ComparedState;
  readonly to: ComparedState;
}

/** The present plan, with the history from which past states are folded. */
export interface ComparedSource {
  readonly planId: string;
  readonly plan: ExistingPlan;
  readonly events: History;
  readonly now: Instant;
}

/**
 * Parses the two sides of a comparison: `1..2` are editions, `2020-10-01..2020-12-01` the ends of local days,
 * `r12..r40` revisions, `2020-10-01T09:00:00Z..` a moment and the present.
 *
 * @throws ExportRefused
 */
export function sidesFrom(text: string): Sides {
  const [from = '', to = '', ...rest] = text.split('..');
  const [earlier, later] = [sideFrom(from), to === '' ? ({ kind: 'present' } as const) : sideFrom(to)];
  if (text.includes('..') && rest.length === 0 && earlier && later) return { from: earlier, to: later };
  throw new ExportRefused({
    ru: `«${cutText(text, 40)}» не называет двух сторон: напишите редакции как 1..2, дни как 2020-10-01..2020-12-01, ревизии как r12..r40; чтобы сравнить с настоящим, закончите точками`,
    en: `«${cutText(text, 40)}» does not name two sides: write editions as 1..2, days as 2020-10-01..2020-12-01, revisions as r12..r40; to compare with the present, end with the dots`,
  });
}

/** Returns true if one of the sides is a past state from the history. */
export function looksBack({ from, to }: Sides): boolean {
  return from.kind === 'past' || to.kind === 'past';
}

/** The differences between two sides of a plan, with the events that made them. */
export interface ExplainedComparison {
  readonly comparison: Comparison;
  /** The events that changed the fields of the plan itself, oldest first. */
  readonly ofFields: readonly Change[];
  /** The events that changed each row, by activity id, oldest first. */
  readonly ofRows: ReadonlyMap<string, readonly Change[]>;
}

/**
 * Returns the differences between two sides of a plan («было / стало»).
 *
 * @throws ExportRefused for a side that does not exist.
 */
export async function comparisonOf(present: ComparedSource, { from, to }: Sides): Promise<ExplainedComparison> {
  const source = { ...present, events: historyUntil(present) };
  const { title, timeZone } = source.plan.details;
  const ofPaper = from.kind === 'edition' || to.kind === 'edition';
  const [before, after] = [await planOn(source, from), await planOn(source, to)];
  const [earlier, later] = [await eventsOfSide(source, from), await eventsOfSide(source, to)];
  const isBackwards = later.ids.size < earlier.ids.size;
  const { ofFields, ofRows, between } = isBackwards
    ? await causesOf(source, from, later, !ofPaper)
    : await causesOf(source, to, earlier, !ofPaper);
  const printed = (changes: readonly Change[] = []) => changes.map((change) => printedCause(change, timeZone));
  // An edition contains only the rows on paper: a comparison with an edition omits the work and the data above the
  // table.
  const fields = ofPaper ? [] : planChanges(before, after).filter(isShownField);
  const rows = rowDifferences(before, after, !ofPaper);
  const ofPlan = new Set(fields.flatMap(({ path }) => ofFields.get(path) ?? []));
  const shown = new Set([...ofPlan, ...rows.flatMap(({ activityId }) => ofRows.get(activityId) ?? [])]);
  const comparison = {
    title,
    from: sideName(from, before, earlier.lastAt),
    to: sideName(to, after, later.lastAt),
    fields: fields.map((field) => ({ ...field, causes: printed(ofFields.get(field.path)) })),
    differences: rows.map((difference) => ({
      ...difference,
      causes: printed(ofRows.get(difference.activityId)),
    })),
    ofPaper,
    notCompared: between.size - shown.size,
  };
  return { comparison, ofFields: [...ofPlan].toSorted(byRevision), ofRows };
}

/**
 * Returns the events up to those of the present plan. Events that are recorded during the comparison are on neither
 * side.
 */
function historyUntil({ plan, events }: ComparedSource): History {
  return {
    readStream: async (stream, options) => {
      const page = await events.readStream(stream, options);
      return page.filter(({ revision }) => revision < plan.eventCount);
    },
  };
}

function byRevision(one: Change, other: Change): number {
  return one.recorded.revision - other.recorded.revision;
}

function printedCause({ recorded }: Change, timeZone: string): ComparedCause {
  const { recordedAt, actor, reason, basis } = recorded;
  const day = localDay(recordedAt, timeZone);
  return {
    day,
    name: [actor.name],
    post: actor.post,
    role: actor.role,
    reason,
    document: basis?.kind === 'document' ? basis.document : null,
  };
}

async function planOn({ planId, plan, events, now }: ComparedSource, side: ComparedState): Promise<ExistingPlan> {
  switch (side.kind) {
    case 'present':
      return plan;
    case 'edition':
      if (side.edition >= 1 && side.edition <= plan.edition) return planInEdition(plan, side.edition);
      throw new ExportRefused(
        plan.edition === 0
          ? { ru: 'у проекта плана ещё нет редакций', en: 'a draft has no editions yet' }
          : { ru: `у плана редакции с 1 по ${plan.edition}`, en: `the plan has editions 1 to ${plan.edition}` },
      );
    case 'past': {
      const { timeZone } = plan.details;
      if (isToCome(side.asOf, now, timeZone)) {
        throw new ExportRefused({
          ru: 'будущее время сравнить нельзя: чтобы сравнить с настоящим, не указывайте вторую сторону',
          en: 'a future time cannot be compared: omit the second side for the present',
        });
      }
      if (side.asOf.kind === 'revision' && side.asOf.revision >= plan.eventCount) {
        throw new ExportRefused({
          ru: `у плана ревизии с 0 по ${plan.eventCount - 1}`,
          en: `the plan has revisions 0 to ${plan.eventCount - 1}`,
        });
      }
      const past = await planAsOf(events, planId, side.asOf);
      if (past) return past;
      throw new ExportRefused({
        ru: 'тогда такого плана не было: сравните с более поздним временем',
        en: 'there was no such plan then: compare with a later time',
      });
    }
  }
}

function isToCome(asOf: AsOf, now: Instant, timeZone: string): boolean {
  switch (asOf.kind) {
    case 'at':
      return asOf.at > now;
    case 'knownOn':
      return asOf.day > localDay(now, timeZone);
    case 'revision':
    case 'position':
    case 'effectiveOn':
      return false;
  }
}

function sideFrom(text: string): ComparedState | undefined {
  if (/^\d{1,4}$/.test(text)) return { kind: 'edition', edition: Number(text) };
  if (/^r\d{1,6}$/.test(text)) return { kind: 'past', asOf: { kind: 'revision', revision: Number(text.slice(1)) } };
  if (isLocalDate(text)) return { kind: 'past', asOf: { kind: 'knownOn', day: text } };
  const at = asInstant(text);
  return at === undefined ? undefined : { kind: 'past', asOf: { kind: 'at', at } };
}

function sideName(side: ComparedState, plan: ExistingPlan, lastAt: Instant | undefined): string {
  switch (side.kind) {
    case 'edition':
      return `редакция ${side.edition}`;
    case 'present':
      return 'сейчас';
    case 'past':
      return pastName(side.asOf, plan, lastAt);
  }
}

function pastName(asOf: AsOf, { edition, details }: ExistingPlan, lastAt: Instant | undefined): string {
  const momentName = (at: Instant) => {
    const { day, time } = localTime(at, details.timeZone);
    return `на ${dayText(day)} ${time}`;
  };
  switch (asOf.kind) {
    case 'at':
      return momentName(asOf.at);
    case 'knownOn':
      return `на ${dayText(asOf.day)}`;
    case 'effectiveOn':
      return `действует на ${dayText(asOf.day)}`;
    case 'revision':
    case 'position': {
      const name = edition === 0 ? 'проект' : `редакция ${edition}`;
      return lastAt === undefined ? name : `${name} ${momentName(lastAt)}`;
    }
  }
}
