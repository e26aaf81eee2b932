import type { Irregularity } from '../../domain/irregularities.js';
import { type NamedPerson, printOf } from '../../domain/personal.js';
import { type ImportedActivity, type ImportedPlan, sectionHeading } from '../../domain/plan/importedPlan.js';
import { notation } from '../../domain/schedule.js';
import { readTimeframe } from '../../domain/wording/read.js';
import { oneLine } from '../reading/wording.js';
import { documentText } from './dates.js';

const PERIOD_KINDS = { SCHOOL_YEAR: 'school-year', CALENDAR_YEAR: 'calendar-year', OTHER: 'custom' } as const;

/** What an import would create, in the form in which the expected structure of a plan document is kept. */
export function previewOf(plan: ImportedPlan<NamedPerson>) {
  return {
    title: plan.title,
    documentKind: plan.documentKind,
    organization: plan.institution,
    unit: plan.ownerUnit,
    period: plan.period && {
      ...plan.period,
      text: plan.periodText,
      kind: plan.periodKind && PERIOD_KINDS[plan.periodKind],
    },
    approvals: plan.stamps.map(({ kind, marker, post, person, date, document }) => ({
      kind,
      marker,
      position: post,
      person: person && printOf(person),
      date,
      document: document && documentText(document),
    })),
    ...(plan.monthHeading ? { monthHeading: plan.monthHeading } : {}),
    columns: plan.columns,
    sections: plan.sections.map((section, index) => ({
      ordinal: index + 1,
      numberText: section.numberText || null,
      title: section.title || null,
      activities: section.activities.map((activity) =>
        activityPreview(activity, sectionHeading(section, activity), plan),
      ),
    })),
    documentIrregularities: plan.irregularities,
  };
}

function activityPreview(activity: ImportedActivity<NamedPerson>, heading: string, plan: ImportedPlan<NamedPerson>) {
  const { schedule, confidence, alternatives, flags, residue } = readTimeframe(
    activity.timeframeText,
    plan.period,
    heading,
  );
  const asked = new Set(activity.irregularities.filter(({ alternatives }) => alternatives.length > 0).map(fieldOf));
  return {
    number: activity.number,
    title: activity.title,
    text: activity.text,
    subItems: activity.subItems,
    timeframeText: oneLine(activity.timeframeText),
    timeframe: {
      ...{ ...notation(schedule), confidence, flags, alternatives: alternatives.map(notation) },
      ...(residue === undefined ? {} : { residue }),
    },
    responsibleText: printOf(activity.responsible.text),
    responsible: activity.responsible.parties.map(({ name }) => printOf(name)),
    uncertain: [...asked],
    ...(Object.keys(activity.extras).length > 0 ? { extras: activity.extras } : {}),
    references: activity.references,
    irregularities: activity.irregularities,
    source: activity.source,
  };
}

function fieldOf({ field }: Irregularity): string {
  return field;
}
