import type { PrintedText } from '../personal.js';
import type { Activity, ExistingPlan } from '../plan.js';

/** The fields of an activity that are compared with a row of a document. */
export interface RevisableRow
  extends Pick<Activity, 'id' | 'number' | 'title' | 'text' | 'subItems' | 'sectionId' | 'order' | 'excluded'> {
  readonly timeframe: Pick<Activity['timeframe'], 'text'>;
  readonly responsible: Pick<Activity['responsible'], 'text'>;
}

/** The fields of a plan that are compared with a document. */
export interface RevisablePlan extends Pick<ExistingPlan, 'sections' | 'lastSection' | 'lastActivity' | 'status'> {
  readonly details: Pick<ExistingPlan['details'], 'title' | 'period'>;
  readonly activities: ReadonlyMap<string, RevisableRow>;
}

/** Returns the fields of a plan that are compared with a document. `print` opens the names of persons. */
export function revisablePlan(plan: ExistingPlan, print: (text: PrintedText) => string): RevisablePlan {
  const { title, period } = plan.details;
  const { sections, lastSection, lastActivity, status } = plan;
  const rows = [...plan.activities.values()].map((activity): [string, RevisableRow] => {
    const { id, number, sectionId, order, subItems, text, excluded } = activity;
    const timeframe = { text: activity.timeframe.text };
    const responsible = { text: [print(activity.responsible.text)] };
    const own = { id, number, title: activity.title, text, subItems, sectionId, order, excluded };
    return [id, { ...own, timeframe, responsible }];
  });
  return { details: { title, period }, sections, lastSection, lastActivity, status, activities: new Map(rows) };
}

/** Returns a wording with single spaces between words. Documents with the same words may have different line breaks. */
export function withSingleSpaces(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
