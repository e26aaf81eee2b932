import { setImmediate as nextTurn } from 'node:timers/promises';
import { PERIOD_INDICATORS } from '../domain/indicators/codes.js';
import type { PlanFacts } from '../domain/indicators/facts.js';
import type { Figures } from '../domain/indicators/figure.js';
import { Tally, tallied } from '../domain/indicators/figures.js';
import type { FiguresScope } from '../domain/indicators/scope.js';
import { NEVER_DUE } from '../domain/timing.js';
import { bodyOf } from '../engine/projections/readModel.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import type { ReadStore } from '../engine/readstore/port.js';
import { organisations } from '../projections/organisations.js';
import type { DistrictFacts } from './districtFacts.js';

/** Maximum number of organisations in one level of the tree. */
const MAX_ORGANISATIONS = 10_000;
/** Number of plans after which the event loop gets its turn. */
const FIGURES_PER_TURN = 100;

/** Dependencies of the figures of organisations. */
export interface FigureSources {
  readonly store: ReadStore;
  readonly runner: Pick<ProjectionRunner, 'live'>;
  readonly facts: DistrictFacts;
}

/** Returns the names of an organisation and of all organisations below it, by id. */
export async function organisationsUnder(
  { store, runner }: Pick<FigureSources, 'store' | 'runner'>,
  organisationId: string,
): Promise<ReadonlyMap<string, string>> {
  const spec = runner.live(organisations.spec);
  const [own] = await store.get(spec, [organisationId]);
  const found = new Map([[organisationId, own ? bodyOf(organisations, own).name : '']]);
  for (let layer = [organisationId]; layer.length > 0; ) {
    const page = await store.find(spec, {
      filter: [{ field: 'parentId', op: 'in', values: layer }],
      order: [],
      limit: MAX_ORGANISATIONS,
    });
    const next = page.documents
      .map((document) => bodyOf(organisations, document))
      .filter(({ organisationId: id }) => !found.has(id));
    for (const { organisationId: id, name } of next) found.set(id, name);
    layer = next.map(({ organisationId: id }) => id);
  }
  return found;
}

/** Returns true for a plan in force whose period overlaps the scope. */
function isReported({ standing, period }: PlanFacts, { from, to }: FiguresScope): boolean {
  return standing === 'IN_FORCE' && period !== null && period.start <= (to ?? NEVER_DUE) && period.end >= (from ?? '');
}

/** Figures of a period, in total and by organisation. */
export interface OrganisationFigures {
  readonly plans: number;
  readonly figures: Figures;
  readonly organisations: readonly {
    readonly organisationId: string;
    readonly name: string;
    readonly plans: number;
    readonly figures: Figures;
  }[];
}

/** Returns the figures of a period for an organisation and all organisations below it. */
export async function organisationFigures(
  sources: FigureSources,
  organisationId: string,
  scope: FiguresScope,
): Promise<OrganisationFigures> {
  const under = await organisationsUnder(sources, organisationId);
  const all = await sources.facts.all();
  const total = new Tally();
  const groups = new Map<string, { readonly tally: Tally; plans: number }>();
  let plans = 0;
  for (const { facts, organisationId: of } of all.values()) {
    if (of === null || !under.has(of) || !isReported(facts, scope)) continue;
    const group = groups.get(of) ?? { tally: new Tally(), plans: 0 };
    groups.set(of, group);
    group.plans += 1;
    plans += 1;
    const tallies = [total, group.tally];
    tallied(facts, scope, () => tallies);
    if (plans % FIGURES_PER_TURN === 0) await nextTurn();
  }
  return {
    plans,
    figures: total.result(PERIOD_INDICATORS),
    organisations: [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { tally, plans: own }]) => ({
        organisationId: id,
        name: under.get(id) ?? '',
        plans: own,
        figures: tally.result(PERIOD_INDICATORS),
      })),
  };
}
