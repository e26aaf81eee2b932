import { remembered } from '../domain/memo.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';
import { type ControlPoint, pointsOf } from '../domain/points.js';
import type { Evidence, TimingKey } from '../domain/timing.js';
import { type AccountableBody, accountableBody } from './activities.js';
import { readModel } from './model.js';

/** Control points that count together: one plan's contribution to every figure. */
export interface MonitoringRow {
  readonly sectionId: string;
  readonly accountableId: string;
  readonly accountableName: PrintedText;
  /** `YYYY-MM` of the due day, empty for an undated point. */
  readonly month: string;
  readonly due: string | null;
  readonly firm: boolean;
  readonly evidence: Evidence;
  readonly timing: TimingKey;
  readonly count: number;
}

export interface MonitoringBody {
  readonly planId: string;
  readonly title: string;
  readonly sections: Readonly<Record<string, string>>;
  readonly rows: readonly MonitoringRow[];
}

/** One document a plan: its points summed by all that a figure may ask for. Timing itself is told by the day asked. */
export const monitoring = readModel<MonitoringBody>(
  { name: 'monitoring', version: 1, fields: { planId: 'text' }, indexes: [['planId']] },
  ({ planId }) => [
    {
      id: planId,
      view: ({ plan }) => ({
        fields: { planId },
        body: {
          planId,
          title: plan.details.title,
          sections: Object.fromEntries([...plan.sections.values()].map(({ id, title }) => [id, title])),
          rows: rowsOf(plan),
        },
      }),
    },
  ],
);

/** The contributions of a plan. */
export function rowsOf(plan: ExistingPlan): MonitoringRow[] {
  const rows = new Map<string, MonitoringRow>();
  for (const activity of plan.activities.values()) {
    const contributions = ofActivity(pointsOf(plan, activity), activity.sectionId, accountableBody(plan, activity));
    for (const { key, row } of contributions) {
      const known = rows.get(key);
      rows.set(key, known ? { ...known, count: known.count + 1 } : row);
    }
  }
  return [...rows.values()];
}

/** One row for each point; those with the same key count together. */
const ofActivity = remembered((points: readonly ControlPoint[], sectionId: string, accountable: AccountableBody) =>
  points.map(({ dueOn, firm, evidence, timing }) => {
    const accountableId = accountable.partyId ?? '';
    const row: MonitoringRow = {
      sectionId,
      accountableId,
      accountableName: accountable.name,
      month: dueOn?.slice(0, 7) ?? '',
      due: dueOn,
      firm,
      evidence,
      timing,
      count: 1,
    };
    return { key: JSON.stringify([sectionId, accountableId, dueOn, firm, evidence, timing]), row };
  }),
);
