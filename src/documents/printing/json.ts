import type { PaperRow, PlanPaper } from '../../domain/paper.js';
import type { PrintedText } from '../../domain/personal.js';

/** Returns the printed form of a plan as JSON text, with the names of persons as `print` returns them. */
export function paperJson(paper: PlanPaper, planId: string, print: (text: PrintedText) => string): string {
  const { stamps, sections, ...head } = paper;
  const row = ({ responsible, parties, activityId, ...rest }: PaperRow) => ({
    activityId: `activity_${planId}.${activityId}`,
    ...rest,
    responsibleText: print(responsible),
    responsible: parties.map(({ name, ...marks }) => ({ name: print(name), ...marks })),
  });
  const body = {
    planId: `plan_${planId}`,
    ...head,
    stamps: stamps.map(({ person, ...stamp }) => ({ ...stamp, person: person && print(person) })),
    sections: sections.map(({ rows, ...section }) => ({ ...section, activities: rows.map(row) })),
  };
  return `${JSON.stringify(body, null, 1)}\n`;
}
