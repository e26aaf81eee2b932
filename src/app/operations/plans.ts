import { z } from 'zod';
import type { Bilingual } from '../../domain/language.js';
import { PLAN_STATUSES } from '../../domain/plan.js';
import { bodyOf } from '../../engine/projections/readModel.js';
import { documentPages } from '../../engine/readstore/pages.js';
import { globalId } from '../../graphql/ids.js';
import type { Services } from '../../graphql/services.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { searchWords } from '../../projections/model.js';
import { type PlanBody, plans } from '../../projections/plans.js';
import { freshReadModels } from './fresh.js';
import { OperationRefused, operation } from './operation.js';

const NumberedPlan = z.object({
  /** Place of the plan in the order of creation, from 1. */
  number: z.number(),
  id: z.string(),
  title: z.string(),
  status: z.enum(PLAN_STATUSES),
  period: z.object({ start: z.string(), end: z.string() }).nullable(),
  organisationId: z.string().nullable(),
  updatedAt: z.string(),
});
/** A plan as `letopis plans` lists it. */
export type NumberedPlan = z.infer<typeof NumberedPlan>;

/**
 * Lists plans in the order of their creation: all plans, or those whose title, unit and institution contain a word that
 * begins with each word of a text.
 */
export const listPlans = operation({
  name: 'list plans',
  input: z.object({ text: z.string().nullable() }),
  progress: z.never(),
  result: z.array(NumberedPlan),
  open: {},
  async *run({ services }, { text }) {
    const all = await numberedPlans(services);
    return (text === null ? all : all.filter(({ words }) => hasWords(words, text))).map(({ listed }) => listed);
  },
});

/** Finds the plan that a user gives by its number in `letopis plans`, by its title or by words of the title. */
export const findPlan = operation({
  name: 'find plan',
  input: z.object({ named: z.string() }),
  progress: z.never(),
  result: z.object({ id: z.string() }),
  open: {},
  async *run({ services }, { named }) {
    const all = await numberedPlans(services);
    const found = all.filter((plan) => isPlanNamed(plan, named));
    const exact = found.filter(({ title }) => title.join(' ') === searchWords(named).join(' '));
    const [only, ...others] = exact.length > 0 ? exact : found;
    if (only === undefined) throw new OperationRefused(noSuchPlan(named));
    if (others.length > 0) throw new OperationRefused(severalPlans(named, [only, ...others]));
    return { id: only.listed.id };
  },
});

/** A plan with the words that it is found by. */
interface FoundPlan {
  readonly listed: NumberedPlan;
  readonly title: readonly string[];
  readonly words: readonly string[];
}

/** Longest number of a plan in figures; longer numbers are words of a title. */
const PLAN_NUMBER = /^\d{1,6}$/;
const ROWS_PER_PAGE = 200;
/** Maximum number of plans that a refusal lists. */
const MOST_CANDIDATES = 10;

async function numberedPlans(services: Services): Promise<FoundPlan[]> {
  const { store, runner } = services;
  await freshReadModels(services);
  const found = new Map<string, Omit<FoundPlan, 'listed'> & { readonly listed: Unnumbered }>();
  const all = { filter: [], order: [], limit: ROWS_PER_PAGE } as const;
  for await (const { documents } of documentPages(store, runner.live(plans.spec), all)) {
    for (const document of documents) {
      const body = bodyOf(plans, document);
      const { planId, title, ownerUnit, institution } = body;
      const words = searchWords(title, ownerUnit, institution ?? '');
      found.set(planId, { listed: unnumbered(body), title: searchWords(title), words });
    }
  }
  const begun = new Set<string>();
  for await (const planId of begunPlans(services)) if (found.has(planId)) begun.add(planId);
  // `begun` has all plans, unless an entry of the audit trail is quarantined. Such plans are added at the end.
  return [...new Set([...begun, ...found.keys()])].flatMap((planId, index) => {
    const plan = found.get(planId);
    return plan ? [{ ...plan, listed: { number: index + 1, ...plan.listed } }] : [];
  });
}

/** Yields the ids of plans in the order in which they were begun. */
async function* begunPlans({ store, runner }: Services): AsyncGenerator<string> {
  const begun = {
    filter: [{ field: 'eventType', op: 'eq', value: 'PlanDrafted' }],
    order: [{ field: 'at', direction: 'asc' }],
    limit: ROWS_PER_PAGE,
  } as const;
  for await (const { documents } of documentPages(store, runner.live(auditTrail.spec), begun)) {
    for (const { fields } of documents) yield String(fields.planId);
  }
}

type Unnumbered = Omit<NumberedPlan, 'number'>;

function unnumbered({ planId, title, status, period, organisationId, updatedAt }: PlanBody): Unnumbered {
  return {
    id: globalId('plan', planId),
    title,
    status,
    updatedAt,
    period: period && { start: period.start, end: period.end },
    organisationId: organisationId && globalId('organisation', organisationId),
  };
}

function isPlanNamed({ listed: { number }, words }: FoundPlan, named: string): boolean {
  return PLAN_NUMBER.test(named) ? number === Number(named) : hasWords(words, named);
}

/** Returns true when every word of a text is the beginning of one of the words, as in searches of the API. */
function hasWords(words: readonly string[], text: string): boolean {
  const sought = searchWords(text);
  return sought.length > 0 && sought.every((part) => words.some((word) => word.startsWith(part)));
}

function noSuchPlan(named: string): Bilingual {
  return {
    ru: `плана «${named}» нет: номера, названия и id печатает npx letopis plans`,
    en: `there is no plan «${named}»: \`npx letopis plans\` prints numbers, titles and ids`,
  };
}

function severalPlans(named: string, found: readonly FoundPlan[]): Bilingual {
  const shown = found
    .slice(0, MOST_CANDIDATES)
    .map(({ listed: { number, id, title } }) => `\n  ${number}. ${title} (${id})`);
  const rest = found.length > shown.length ? '\n  …' : '';
  const list = `${shown.join('')}${rest}`;
  return {
    ru: `«${named}» подходит к нескольким планам (${found.length}), назовите один номером или id:${list}`,
    en: `«${named}» fits several plans (${found.length}); name one by its number or id:${list}`,
  };
}
