import { addMonths, earlier, later, monthWindow, type Window, yearMonthOf } from '../../domain/dates.js';
import { type Countable, FactList } from '../../domain/indicators/factList.js';
import type { FiguresScope } from '../../domain/indicators/scope.js';
import { FigureSums } from '../../domain/indicators/sums.js';
import { ownValue } from '../../domain/objects.js';
import { bodyOf } from '../../engine/projections/readModel.js';
import { documentPages } from '../../engine/readstore/pages.js';
import { partyIdOfKey } from '../../projections/model.js';
import type { MonitoringBody } from '../../projections/monitoring.js';
import { organisations } from '../../projections/organisations.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId } from '../ids.js';
import { MAX_PAGE } from '../limits/pageSize.js';
import { find, get } from '../scope/documents.js';
import { factsWhere, type SelectedPlans } from './selection.js';

/** A group of figures: its name, and the facts and the period from which its figures are computed. */
export interface FiguresGroup {
  readonly key: string;
  readonly label: string;
  readonly facts: Countable;
  readonly scope: FiguresScope;
}

/** The dimension by which {@link figuresGroups} divides the figures of a selection. */
export type GroupBy = 'PLAN' | 'SECTION' | 'ACCOUNTABLE' | 'MONTH' | 'ORGANISATION';

/** Returns the groups of a selection. */
export async function figuresGroups(
  context: Context,
  selection: SelectedPlans,
  groupBy: GroupBy,
): Promise<FiguresGroup[]> {
  switch (groupBy) {
    case 'MONTH':
      return groupsByMonth(selection);
    case 'ORGANISATION':
      return byOrganisation(context, selection);
    case 'PLAN':
      return byPlace(context, selection, (body) => [
        { key: globalId('plan', body.planId), label: body.title, isIn: () => true },
      ]);
    case 'SECTION': {
      const planLabel = await planLabels(context, selection);
      return byPlace(context, selection, (body) =>
        Object.entries(body.sections).map(([id, title]) => ({
          key: globalId('section', body.planId, id),
          label: [title, planLabel(body)].filter((text) => text !== '').join(' — '),
          isIn: ({ sectionId }) => sectionId === id,
        })),
      );
    }
    case 'ACCOUNTABLE':
      return byPlace(context, selection, (body) => {
        const { accountables } = body;
        const keys = new Set(Object.keys(accountables).map((key) => selection.meant(body, key)));
        return [...keys].map((key) => ({
          key: globalId('party', partyIdOfKey(key)),
          // The wording of the party itself if the plan has it; otherwise one that was merged into it.
          label: context.names.print((ownValue(accountables, key) ?? meaning(body, key, selection))?.name ?? [key]),
          isIn: ({ accountable }) => selection.meant(body, accountable) === key,
        }));
      });
  }
}

function meaning(body: MonitoringBody, key: string, { meant }: SelectedPlans) {
  return Object.entries(body.accountables).find(([printed]) => meant(body, printed) === key)?.[1];
}

/** Groups by month: control points by their due day, reports by the day of their submission. */
async function groupsByMonth({ sums, scope }: SelectedPlans): Promise<FiguresGroup[]> {
  const all = await sums();
  const { from, to } = scope;
  return all
    .months()
    .filter((month) => month !== '')
    .map((month) => monthWindow(Number(month.slice(0, 4)), Number(month.slice(5))))
    .filter(({ start, end }) => (to === null || start <= to) && (from === null || end >= from))
    .map((month) => monthGroup({ facts: all, scope }, month));
}

/** Maximum number of months of a group. */
export const MAX_MONTHS_OF_GROUP = 24;

/** Maximum number of months of all groups of an answer together. */
export const MAX_MONTHS_OF_ALL = 12_000;

/**
 * Returns a group by month: each month of a span, also those without points.
 *
 * @param siblings the number of groups in the same answer, this one included.
 * @throws GraphQLError BAD_USER_INPUT for a span that runs backwards or is too long.
 */
export function groupsOfMonths(group: FiguresGroup, span: Window, siblings: number): FiguresGroup[] {
  if (span.start > span.end) {
    throw apiError('BAD_USER_INPUT', `from ${span.start} is after to ${span.end}: exchange them.`);
  }
  const months: FiguresGroup[] = [];
  for (let day = span.start; day <= span.end; ) {
    const { year, month } = yearMonthOf(day);
    const window = monthWindow(year, month);
    if (months.length === MAX_MONTHS_OF_GROUP) {
      throw apiError(
        'BAD_USER_INPUT',
        `\`months\` of a group are at most ${MAX_MONTHS_OF_GROUP}: name a shorter span.`,
      );
    }
    months.push(monthGroup(group, { start: later(window.start, span.start), end: earlier(window.end, span.end) }));
    day = addMonths(window.start, 1);
  }
  if (months.length * siblings > MAX_MONTHS_OF_ALL) {
    throw apiError(
      'BAD_USER_INPUT',
      `${siblings} groups: their \`months\` are at most ${MAX_MONTHS_OF_ALL} together. Name an organisation, or a shorter span.`,
    );
  }
  return months;
}

function monthGroup({ facts, scope }: Pick<FiguresGroup, 'facts' | 'scope'>, { start, end }: Window): FiguresGroup {
  const { from, to } = scope;
  const own = { from: from === null ? start : later(from, start), to: to === null ? end : earlier(to, end) };
  const key = start.slice(0, 7);
  return { key, label: key, facts, scope: { ...scope, ...own, isPart: true } };
}

/** Groups by organisation, by name. Organisations without plans have a group too, unless the filter chooses plans. */
async function byOrganisation(context: Context, selection: SelectedPlans): Promise<FiguresGroup[]> {
  const { scope, sumsByOrganisation } = selection;
  const sums = await sumsByOrganisation();
  const names = selection.isOfOrganisations
    ? await allOrganisationNames(context, selection)
    : await organisationNames(
        context,
        [...sums.keys()].filter((id) => id !== null),
      );
  return [...new Set([...names.keys(), ...sums.keys()])].map((id) => ({
    key: id === null ? '' : globalId('organisation', id),
    label: (id === null ? undefined : names.get(id)) ?? '',
    facts: sums.get(id) ?? new FigureSums(),
    scope,
  }));
}

/**
 * Returns labels that distinguish equal sections of several plans: the organisation of the plan, and the title of the
 * plan if the organisation has several plans or the caller sees no organisation. Empty for a single plan.
 */
async function planLabels(context: Context, { bodies }: SelectedPlans): Promise<(body: MonitoringBody) => string> {
  if (bodies.length < 2) return () => '';
  const plans = new Map<string | null, number>();
  for (const { organisationId } of bodies) plans.set(organisationId, (plans.get(organisationId) ?? 0) + 1);
  const names = await organisationNames(
    context,
    [...plans.keys()].filter((id) => id !== null),
  );
  return ({ organisationId, title }) => {
    const name = organisationId === null ? undefined : names.get(organisationId);
    if (name === undefined) return title;
    return plans.get(organisationId) === 1 ? name : `${name}, ${title}`;
  };
}

async function organisationNames(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await get(context, organisations, ids);
  return new Map(found.flatMap((body) => (body ? [[body.organisationId, body.name]] : [])));
}

/** Returns the names of all organisations of a selection that the caller sees, by name. */
async function allOrganisationNames(context: Context, { circle }: SelectedPlans): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const pages = documentPages({ find: (_, request) => find(context, organisations, request) }, organisations.spec, {
    filter: circle === null ? [] : [{ field: 'organisationId', op: 'in', values: [...circle] }],
    order: [{ field: 'name', direction: 'asc' }],
    limit: MAX_PAGE,
  });
  for await (const { documents } of pages) {
    for (const document of documents) {
      const { organisationId, name } = bodyOf(organisations, document);
      names.set(organisationId, name);
    }
  }
  return names;
}

interface GroupPart {
  readonly key: string;
  readonly label: string;
  readonly isIn: (place: { readonly sectionId: string; readonly accountable: string }) => boolean;
}

/** Groups by parts of plans. Parts of several plans may have the same key. */
async function byPlace(
  context: Context,
  selection: SelectedPlans,
  partsOf: (body: MonitoringBody) => readonly GroupPart[],
): Promise<FiguresGroup[]> {
  const groups = new Map<string, FiguresGroup & { readonly facts: FactList }>();
  for (const body of selection.bodies) {
    const before = groups.size;
    const facts = selection.factsOf(body);
    const parts = partsOf(body);
    for (const { key, label, isIn } of parts) {
      const own = parts.length === 1 ? facts : factsWhere(facts, isIn);
      if (own.activities.length === 0) continue;
      const group = groups.get(key) ?? { key, label, facts: new FactList(), scope: selection.scope };
      group.facts.add(own);
      groups.set(key, group);
    }
    await context.hold(groups.size - before);
  }
  return [...groups.values()];
}
