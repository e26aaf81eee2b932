import { monthWindow } from '../../domain/dates.js';
import { type Countable, FactList } from '../../domain/indicators/factList.js';
import type { FiguresScope } from '../../domain/indicators/scope.js';
import { partyIdOfKey } from '../../projections/model.js';
import type { MonitoringBody } from '../../projections/monitoring.js';
import { organisations } from '../../projections/organisations.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { get } from '../scope/documents.js';
import { factsWhere, type SelectedPlans } from './selection.js';

/** A group of figures: its name, and the facts and the period from which its figures are computed. */
export interface FiguresGroup {
  readonly key: string;
  readonly label: string;
  readonly facts: Countable;
  readonly scope: FiguresScope;
}

/** The dimension of the groups. */
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
    case 'SECTION':
      return byPlace(context, selection, ({ planId, sections }) =>
        Object.entries(sections).map(([id, label]) => ({
          key: globalId('section', planId, id),
          label,
          isIn: ({ sectionId }) => sectionId === id,
        })),
      );
    case 'ACCOUNTABLE':
      return byPlace(context, selection, (body) => {
        const { accountables } = body;
        const keys = new Set(Object.keys(accountables).map((key) => selection.meant(body, key)));
        return [...keys].map((key) => ({
          key: globalId('party', partyIdOfKey(key)),
          // The wording of the party itself if the plan has it; otherwise one that was merged into it.
          label: context.names.print((accountables[key] ?? meaning(body, key, selection))?.name ?? [key]),
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
    .map((month) => {
      const { start: first, end: last } = monthWindow(Number(month.slice(0, 4)), Number(month.slice(5)));
      const own = { from: from !== null && from > first ? from : first, to: to !== null && to < last ? to : last };
      return { key: month, label: month, facts: all, scope: { ...scope, ...own, isPart: true as const } };
    })
    .filter(({ scope: { from: first, to: last } }) => first <= last);
}

async function byOrganisation(context: Context, { scope, sumsByOrganisation }: SelectedPlans): Promise<FiguresGroup[]> {
  const sums = await sumsByOrganisation();
  const found = await get(
    context,
    organisations,
    [...sums.keys()].filter((id) => id !== null),
  );
  const names = new Map(found.flatMap((body) => (body ? [[body.organisationId, body.name]] : [])));
  return [...sums].map(([id, own]) => ({
    key: id === null ? '' : globalId('organisation', id),
    label: names.get(id ?? '') ?? '',
    facts: own,
    scope,
  }));
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
    await context.turn();
    const facts = selection.factsOf(body);
    const parts = partsOf(body);
    for (const { key, label, isIn } of parts) {
      const own = parts.length === 1 ? facts : factsWhere(facts, isIn);
      if (own.activities.length === 0) continue;
      const group = groups.get(key) ?? { key, label, facts: new FactList(), scope: selection.scope };
      group.facts.add(own);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
