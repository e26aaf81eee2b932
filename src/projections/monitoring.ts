import { indicatorFacts, type PlanFacts, type PointFact } from '../domain/indicators/facts.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';
import { settledKey } from '../domain/timing.js';
import { type BodyForm, differences } from '../engine/projections/bodyForm.js';
import { accountableBody } from './activities.js';
import { readModel } from './model.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** An accountable party, listed by the key that the facts refer to. */
export interface AccountableEntry {
  readonly partyId: string;
  readonly name: PrintedText;
}

/** The facts of one plan that indicators are computed from. */
export interface MonitoringBody {
  readonly planId: string;
  readonly organisationId: string | null;
  readonly title: string;
  /** Titles by section id. */
  readonly sections: Readonly<Record<string, string>>;
  /** Accountable parties by key. */
  readonly accountables: Readonly<Record<string, AccountableEntry>>;
  readonly facts: PlanFacts;
}

/** The stored form of the facts of a plan. Values that most points and activities share are not stored. */
const MONITORING_FORM: BodyForm<MonitoringBody> = {
  fields: [],
  shrink: (_, { facts, ...rest }) => ({
    ...rest,
    facts: {
      ...facts,
      points: facts.points.map((point) => differences(point, usualPoint(point))),
      activities: facts.activities.map((activity) => differences(activity, USUAL_ACTIVITY)),
    },
  }),
  restore: (_, { facts, ...rest }) => ({ ...rest, facts: isFacts(facts) ? restoredFacts(facts) : facts }),
};

const USUAL_ACTIVITY = { excluded: false, amendedOn: [], unread: false };

/** Returns the usual values of the properties of a point, derived from its other properties. */
function usualPoint({ pointId, due }: Partial<PointFact>): Partial<PointFact> {
  return {
    firm: true,
    weight: 1,
    expected: [],
    movedOn: [],
    reportDue: null,
    reportedOn: null,
    actualOn: null,
    evidence: 'NONE',
    timing: settledKey('DONE_ON_TIME'),
    ...(pointId === undefined ? {} : { activityId: pointId.replace(/\.[^.]*$/, '') }),
    ...(due === undefined ? {} : { firstDue: due }),
  };
}

function restoredFacts({ points, activities, ...facts }: StoredFacts) {
  return {
    ...facts,
    // Not spread, for the same reason as in `derivedForm`: a district has a hundred thousand points.
    points: points.map((point) => Object.assign(usualPoint(point), point)),
    activities: activities.map((activity) => Object.assign({}, USUAL_ACTIVITY, activity)),
  };
}

interface StoredFacts {
  readonly points: readonly Partial<PointFact>[];
  readonly activities: readonly object[];
}

function isFacts(value: unknown): value is StoredFacts {
  return typeof value === 'object' && value !== null && 'points' in value;
}

/** The read model of indicators: one row of facts per plan. Values that depend on the day are computed by the query. */
export const monitoring = readModel<MonitoringBody>(
  {
    name: 'monitoring',
    version: 7,
    fields: { ...VISIBILITY, planId: 'text', at: 'position' },
    keys: ['organisationId', 'planId'],
    unique: 'at',
    indexes: [['planId'], ['at']],
  },
  {
    ofPlan: ({ planId }) => [
      {
        id: planId,
        view: ({ plan, last }) => ({
          fields: { ...visibilityOf(plan), planId, at: last.position },
          body: monitoringBody(planId, plan),
        }),
      },
    ],
  },
  null,
  MONITORING_FORM,
);

/** Returns the facts of a plan in one state. */
export function monitoringBody(planId: string, plan: ExistingPlan): MonitoringBody {
  const { title, organisationId } = plan.details;
  const accountables = [...plan.activities.values()].map((activity): [string, AccountableEntry] => {
    const { key, partyId, name } = accountableBody(plan, activity);
    return [key, { partyId: partyId ?? '', name }];
  });
  return {
    planId,
    organisationId,
    title,
    sections: Object.fromEntries([...plan.sections.values()].map(({ id, title: of }) => [id, of])),
    accountables: Object.fromEntries(accountables),
    facts: indicatorFacts(plan),
  };
}
