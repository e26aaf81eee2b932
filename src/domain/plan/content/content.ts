import { type PartyCellOrganisation, partiesInOrganisation } from '../../organisation/ownPartyCells.js';
import { type ReadingOrganisation, readAgain } from '../../organisation/ownWordings.js';
import type { Responsible } from '../../parties.js';
import type { ExistingPlan } from '../../plan.js';
import { citedDocuments } from '../../references.js';
import { refuse } from '../../refusal.js';
import type { Timeframe } from '../../schedule.js';
import { MAX_LONG } from '../../texts.js';
import { type Check, fewEnough, firstOf, optionalText, requiredText, validSchedule } from '../checks.js';
import type { TimeframeEntry } from '../entries.js';

/**
 * Returns a timeframe that was entered by hand. Its schedule is read by the rules, or is certain if it was entered too.
 *
 * @param row the row of the timeframe. If it has a timeframe already, the heading in it is used for the reading.
 */
export function enteredTimeframe(
  plan: ExistingPlan,
  { sectionId, timeframe }: { readonly sectionId: string; readonly timeframe?: Timeframe },
  entry: TimeframeEntry,
  { organisation }: { readonly organisation: ReadingOrganisation | null },
): Timeframe {
  const text = entry.text.trim();
  const wording = { text, heading: timeframe?.heading };
  return entry.schedule === null
    ? readAgain(organisation, wording, plan.details.period, plan.sections.get(sectionId)?.title)
    : { text, schedule: entry.schedule, confidence: 'certain', alternatives: [], flags: [], rules: 'stated' };
}

/** Refuses a timeframe that cannot be entered by hand. */
export function validTimeframe(entry: TimeframeEntry): Check {
  return firstOf(requiredText('timeframe.text', entry.text), validSchedule('timeframe.schedule', entry.schedule));
}

/** Refuses to bring a wording into force that the rules do not understand. */
export function understoodInForce(plan: ExistingPlan, timeframe: Timeframe): Check {
  return plan.status === 'APPROVED' && timeframe.confidence === 'unknown'
    ? refuse('UNREAD_WORDING', 'timeframe.text', { text: timeframe.text })
    : undefined;
}

/** Refuses a title or sub-items that cannot be entered by hand. */
export function validWording(title: string, subItems: readonly string[]): Check {
  return firstOf(
    requiredText('title', title, MAX_LONG),
    fewEnough('subItems', subItems),
    ...subItems.map((item, index) => requiredText(`subItems.${index}`, item, MAX_LONG)),
  );
}

/** Returns the printed cell of a title and its sub-items. */
export function wordingOf(title: string, subItems: readonly string[]) {
  const head = title.trim();
  const items = subItems.map((item) => item.trim());
  const text = items.length === 0 ? head : `${head}: ${items.map((item) => `- ${item}`).join('; ')}`;
  return { title: head, text, subItems: items, references: citedDocuments(text) };
}

/**
 * Returns responsible parties that were entered by hand: as their author states them, else as the organisation has
 * confirmed them for the cell, else as the rules have read them.
 */
export function enteredResponsible(responsible: Responsible, organisation: PartyCellOrganisation | null): Responsible {
  return responsible.statedBy === 'author' ? responsible : partiesInOrganisation(organisation, responsible);
}

/** Refuses responsible parties that cannot be entered by hand. */
export function validResponsible(responsible: Responsible): Check {
  return firstOf(
    responsible.parties.length === 0 ? refuse('REQUIRED', 'responsible') : undefined,
    fewEnough('responsible', responsible.parties),
    // A sealed name has at least one character.
    ...responsible.parties.map(({ name }) => (name.length === 0 ? refuse('REQUIRED', 'parties') : undefined)),
    optionalText('responsible', responsible.text.filter((part) => typeof part === 'string').join(''), MAX_LONG),
  );
}
