import type { Irregularity } from '../../domain/irregularities.js';
import { type Language, type Sentence, translation } from '../../domain/language.js';
import { withOwnParties } from '../../domain/organisation/ownPartyCells.js';
import { type ReadingOrganisation, readInOrganisation } from '../../domain/organisation/ownWordings.js';
import { type NamedPerson, printOf } from '../../domain/personal.js';
import { type ImportedActivity, type ImportedPlan, sectionHeading } from '../../domain/plan/importedPlan.js';
import { notation } from '../../domain/schedule.js';
import { oneLine } from '../reading/wording.js';
import { dayIn, daysFromTo, documentText } from './dates.js';

const PERIOD_KINDS = { SCHOOL_YEAR: 'school-year', CALENDAR_YEAR: 'calendar-year', OTHER: 'custom' } as const;

/**
 * Returns what an import would create, in the form in which the expected structure of a plan document is stored.
 *
 * @param organisation its own wordings and school terms are used; null for none.
 */
export function previewOf(plan: ImportedPlan<NamedPerson>, organisation: ReadingOrganisation | null = null) {
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
        activityPreview(withOwnParties(organisation, activity), sectionHeading(section, activity), plan, organisation),
      ),
    })),
    documentIrregularities: plan.irregularities,
  };
}

/** Returns the lines below the title: the period, and the stamps with their days. */
export function headLines(
  { period, approvals }: Pick<ReturnType<typeof previewOf>, 'period' | 'approvals'>,
  language: Language,
): { readonly period: string; readonly approvals: readonly string[] } {
  const word = (...both: Sentence) => translation(both, language);
  return {
    period: period
      ? `${word('Период', 'Period')}: ${daysFromTo(period, language)} («${period.text ?? ''}»)`
      : word('Период не найден: укажите его в плане', 'No period was found: state it in the plan'),
    approvals: approvals.map(({ marker, position, person, date }) => {
      const day = date === null ? word('не указана', 'not stated') : dayIn(date, language);
      return `${marker.replace(/:$/, '')}: ${position}, ${person ?? '—'}, ${word('дата', 'date')}: ${day}`;
    }),
  };
}

/** Preview of an activity that an import would create. */
export type RowPreview = ReturnType<typeof activityPreview>;

/**
 * Returns true for a row with a question: an unsure or unread wording, or something noticed that has several readings.
 */
export function isAsked({ uncertain, timeframe }: RowPreview): boolean {
  return uncertain.length > 0 || timeframe.confidence === 'unknown' || timeframe.flags.includes('AMBIGUOUS');
}

function activityPreview(
  activity: ImportedActivity<NamedPerson>,
  heading: string,
  plan: ImportedPlan<NamedPerson>,
  organisation: ReadingOrganisation | null,
) {
  const { schedule, confidence, alternatives, flags, residue } = readInOrganisation(
    organisation,
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
      ...notation(schedule),
      confidence,
      flags,
      alternatives: alternatives.map(notation),
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
