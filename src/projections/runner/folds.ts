import { LRUCache } from 'lru-cache';
import { evolve } from '../../domain/evolve.js';
import { type ExistingPlan, NO_PLAN, type Plan } from '../../domain/plan.js';
import { fromStore, type Recorded } from '../../eventstore/envelope.js';
import type { EventStore, StoredEvent } from '../../eventstore/port.js';
import type { Change, PlanState } from '../model.js';

/** A change with what the runner must know of it beside what views may see. */
export interface FoldedChange {
  readonly change: Change;
  readonly state: PlanState;
  /** An event of an import before its mark: told of by the audit trail alone, once the import is whole. */
  readonly ofImport: boolean;
}

/** A plan up to a revision. */
interface Fold {
  readonly plan: Plan;
  readonly revision: number;
  /** When the plan's first event was recorded; empty before it. */
  readonly begunAt: string;
  /** The events of an import under way: nobody is told of them before its mark. */
  readonly waiting: readonly Recorded[];
}

const NOTHING: Fold = { plan: NO_PLAN, revision: -1, begunAt: '', waiting: [] };

const PAGE = 1_000;

/** Activities and sections in all folds that are kept together: a bound of memory. */
const MAX_KEPT = 30_000;

/** Folds streams event by event as they come, from the chronicle and never from a read model. */
export class Folds {
  readonly #folds = new LRUCache<string, Fold>({ maxSize: MAX_KEPT, sizeCalculation: ({ plan }) => sizeOf(plan) });

  constructor(private readonly events: EventStore) {}

  /**
   * What an event changes: nothing while an import is under way, all that it brought with its mark.
   *
   * @throws UnreadableEvent, ImpossibleEvent
   */
  async changes(stored: StoredEvent): Promise<Iterable<FoldedChange>> {
    const { stream, revision } = stored;
    const known = this.#folds.get(stream);
    const fold = known?.revision === revision - 1 ? known : await this.#replayed(stream, revision);
    const recorded = fromStore(stored);
    const after = next(fold, recorded);
    this.#folds.set(stream, after);
    return told(fold, after, recorded);
  }

  /** Forgets everything, as after a fault. */
  clear(): void {
    this.#folds.clear();
  }

  async #replayed(stream: string, upTo: number): Promise<Fold> {
    let fold = NOTHING;
    for await (const page of pagesOf(this.events, stream)) {
      for (const stored of page) {
        if (stored.revision >= upTo) return fold;
        fold = next(fold, fromStore(stored));
      }
    }
    return fold;
  }
}

/** Folds one stream from its first event on, and keeps nothing of any other. */
export function foldAlone(): (stored: StoredEvent) => Iterable<FoldedChange> {
  let fold = NOTHING;
  return (stored) => {
    const before = fold;
    const recorded = fromStore(stored);
    fold = next(before, recorded);
    return told(before, fold, recorded);
  };
}

/** A stream from its first event on, page by page. */
export async function* pagesOf(
  events: EventStore,
  stream: string,
  size: number = PAGE,
): AsyncGenerator<readonly StoredEvent[]> {
  const limit = Math.min(size, PAGE);
  for (let from = 0; ; from += limit) {
    const page = await events.readStream(stream, { from, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
  }
}

function sizeOf(plan: Plan): number {
  return plan.status === 'ABSENT' ? 1 : 1 + plan.activities.size + plan.sections.size;
}

function next(fold: Fold, recorded: Recorded): Fold {
  const { event, revision } = recorded;
  const plan = evolve(fold.plan, event);
  const begins = event.type === 'PlanDrafted';
  const begunAt = begins ? recorded.recordedAt : fold.begunAt;
  if (plan.presence !== 'IMPORTING') return { plan, revision, begunAt, waiting: [] };
  return { plan, revision, begunAt, waiting: begins ? [recorded] : [...fold.waiting, recorded] };
}

function* told(fold: Fold, { plan: after, begunAt }: Fold, recorded: Recorded): Generator<FoldedChange> {
  if (after.status === 'ABSENT' || after.presence !== 'WHOLE') return;
  const wasImporting = fold.plan.status !== 'ABSENT' && fold.plan.presence === 'IMPORTING';
  if (wasImporting) yield* ofImport(fold, begunAt);
  const appears = fold.plan.status === 'ABSENT' || wasImporting;
  yield folded(fold.plan, after, recorded, { appears, begunAt, ofImport: false });
}

function* ofImport({ waiting }: Fold, begunAt: string): Generator<FoldedChange> {
  // One that was given up before it is nothing.
  let before: Plan = NO_PLAN;
  for (const recorded of waiting) {
    const after = evolve(before, recorded.event);
    yield folded(before, after, recorded, { appears: false, begunAt, ofImport: true });
    before = after;
  }
}

function folded(
  before: Plan,
  after: ExistingPlan,
  recorded: Recorded,
  { appears, begunAt, ofImport }: { readonly appears: boolean; readonly begunAt: string; readonly ofImport: boolean },
): FoldedChange {
  const planId = recorded.stream.slice('plan-'.length);
  return {
    change: { planId, before, after, recorded, appears },
    state: { planId, plan: after, begunAt, last: recorded },
    ofImport,
  };
}
