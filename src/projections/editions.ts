import type { Basis } from '../domain/actor.js';
import { type EditionItem, editionItems } from '../domain/editions.js';
import type { ExistingPlan } from '../domain/plan.js';
import { differences } from '../engine/projections/bodyForm.js';
import type { Content, Touch } from '../engine/projections/readModel.js';
import { type Change, type PlanState, readModel } from './model.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** An edition of a plan. The approval gives the first edition; each amendment gives the next one. */
export interface EditionBody {
  readonly planId: string;
  readonly edition: number;
  /** Local day of the decision; null for a first edition whose approval has no day. */
  readonly on: string | null;
  readonly reason: string | null;
  readonly basis: Basis | null;
  /** The items of the amendment; empty for the first edition. */
  readonly items: readonly EditionItem[];
}

/** The read model of editions: one row per edition. */
export const editions = readModel<EditionBody>(
  {
    name: 'editions',
    version: 4,
    fields: { ...VISIBILITY, planId: 'text', edition: 'number' },
    keys: ['organisationId', 'planId'],
    indexes: [['planId', 'edition']],
  },
  { ofPlan: editionTouches },
  null,
  {
    fields: [],
    // Most changes change one property of a row.
    shrink: (_, { items, ...rest }) => ({ ...rest, items: items.map(withoutSame) }),
    restore: (_, { items, ...rest }) => ({ ...rest, items: Array.isArray(items) ? items.map(withSame) : [] }),
  },
);

/** Returns an item with only those properties of its row after the change that differ from the row before it. */
function withoutSame(item: EditionItem) {
  return item.before ? { ...item, after: differences(item.after, item.before) } : item;
}

function withSame(item: Pick<EditionItem, 'before' | 'after'>) {
  return item.before ? { ...item, after: { ...item.before, ...item.after } } : item;
}

function editionTouches({ planId, before, after }: Change): Touch<EditionBody, PlanState>[] {
  const known = before.status === 'ABSENT' ? null : before;
  const isFirst = after.edition > 0 && (known?.edition ?? 0) === 0;
  const isAmended = known?.amendments !== after.amendments && after.amendments.length > 0;
  // An edition is visible where its plan is. If that changes, all editions are written again.
  const isShownElsewhere = known !== null && !isSameVisibility(visibilityOf(known), visibilityOf(after));
  const first = isShownElsewhere ? 1 : after.edition;
  if (!isFirst && !isAmended && !isShownElsewhere) return [];
  return Array.from({ length: after.edition - first + 1 }, (_, index) => first + index).map((edition) => ({
    id: `${planId}.${edition}`,
    view: ({ plan }) => editionContent(planId, plan, edition),
  }));
}

function isSameVisibility(a: ReturnType<typeof visibilityOf>, b: ReturnType<typeof visibilityOf>): boolean {
  return a.organisationId === b.organisationId && a.published === b.published;
}

function editionContent(planId: string, plan: ExistingPlan, edition: number): Content<EditionBody> | null {
  const fields = { ...visibilityOf(plan), planId, edition };
  const amendment = plan.amendments.find((each) => each.edition === edition);
  if (amendment) {
    const { amendedOn: on, reason, basis } = amendment;
    return { fields, body: { planId, edition, on, reason, basis, items: editionItems(plan, amendment) } };
  }
  if (edition !== 1 || plan.edition === 0) return null;
  const stamp = plan.stamps.find(({ kind }) => kind === 'approve');
  const basis: Basis | null = stamp?.document ? { kind: 'document', document: stamp.document } : null;
  return { fields, body: { planId, edition, on: stamp?.date ?? null, reason: null, basis, items: [] } };
}
