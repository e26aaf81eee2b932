import type { Activity } from '../../plan.js';
import { refuse } from '../../refusal.js';
import type { Check } from '../checks.js';

/** A row as far as numbering is concerned. */
export type NumberedRow = Pick<Activity, 'id' | 'number' | 'sectionId'>;

interface PlanRows {
  readonly activities: ReadonlyMap<string, NumberedRow>;
}

/** Refuses a number that is in use; `self` is the activity that may keep it. */
export function freeNumber(plan: PlanRows, sectionId: string, number: string | null, self: string | null): Check {
  if (number === null) return undefined;
  const taken = numberedWith(plan, sectionId).some((row) => row.number === number && row.id !== self);
  return taken ? refuse('NUMBER_TAKEN', 'number', { number }) : undefined;
}

/** Returns the number after the highest one. */
export function nextNumber(plan: PlanRows, sectionId: string): string {
  const numbers = numberedWith(plan, sectionId).map(({ number }) => Number.parseInt(number ?? '', 10) || 0);
  return String(Math.max(0, ...numbers) + 1);
}

/**
 * Returns the activities that share the numbering of a section. Numbers are unique in the plan. If two activities
 * already share a number, they are unique in each section.
 */
function numberedWith(plan: PlanRows, sectionId: string): NumberedRow[] {
  const rows = [...plan.activities.values()].filter(({ number }) => number !== null);
  const perSection = new Set(rows.map(({ number }) => number)).size < rows.length;
  return perSection ? rows.filter((row) => row.sectionId === sectionId) : rows;
}
