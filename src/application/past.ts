import { isOfPlan } from '../domain/chronicle.js';
import { type Instant, type LocalDate, localDay, noonOf } from '../domain/dates.js';
import { eventsInEffectOn } from '../domain/effective.js';
import { evolve } from '../domain/evolve.js';
import type { PlanEvent } from '../domain/plan/catalogue.js';
import { type ExistingPlan, NO_PLAN, type Plan, visible } from '../domain/plan.js';
import { fromStore, type Recorded } from '../domain/recorded.js';
import { narrowed } from '../engine/eventstore/envelope.js';
import type { EventStore, NativePosition, StoredEvent } from '../engine/eventstore/port.js';

/** Selects a past state of a plan by its events. */
export type AsOf =
  /** The events recorded up to an instant (inclusive). */
  | { readonly kind: 'at'; readonly at: Instant }
  /** Events recorded by the end of a local day in the plan's time zone. */
  | { readonly kind: 'knownOn'; readonly day: LocalDate }
  /** Events up to this revision. */
  | { readonly kind: 'revision'; readonly revision: number }
  /** Events up to this position. */
  | { readonly kind: 'position'; readonly position: NativePosition }
  /** Events that count on a day as known now, whenever they were recorded: see {@link eventsInEffectOn}. */
  | { readonly kind: 'effectiveOn'; readonly day: LocalDate };

/** An event of a past state, with the plan after it. */
export interface PastEvent {
  readonly stored: StoredEvent;
  readonly recorded: Recorded<PlanEvent>;
  readonly plan: ExistingPlan;
}

/** The events of a plan. */
export type History = Pick<EventStore, 'readStream'>;

const PAST_EVENTS_PER_READ = 500;

/** Yields the events of a past state of a plan in order; none if the plan does not exist. */
export async function* eventsAsOf(events: History, planId: string, asOf: AsOf): AsyncGenerator<PastEvent> {
  if (asOf.kind === 'effectiveOn') {
    yield* effectiveOn(events, planId, asOf.day);
    return;
  }
  for await (const past of wholeHistory(events, planId)) {
    if (isAfter(past, asOf)) return;
    yield past;
  }
}

/** Returns the plan as it was then; undefined if there was no visible plan. */
export async function planAsOf(events: History, planId: string, asOf: AsOf): Promise<ExistingPlan | undefined> {
  let plan: Plan = NO_PLAN;
  for await (const past of eventsAsOf(events, planId, asOf)) plan = past.plan;
  return visible(plan);
}

/** Returns the instant whose local day decides what is due and late in a past state. */
export function momentOfPast(asOf: AsOf, { recorded, plan }: Pick<PastEvent, 'recorded' | 'plan'>): Instant {
  switch (asOf.kind) {
    case 'at':
      return asOf.at;
    case 'revision':
    case 'position':
      return recorded.recordedAt;
    case 'knownOn':
    case 'effectiveOn':
      return noonOf(asOf.day, plan.details.timeZone);
  }
}

function isAfter({ recorded, plan }: PastEvent, asOf: Exclude<AsOf, { readonly kind: 'effectiveOn' }>): boolean {
  switch (asOf.kind) {
    case 'at':
      return recorded.recordedAt > asOf.at;
    case 'knownOn':
      return localDay(recorded.recordedAt, plan.details.timeZone) > asOf.day;
    case 'revision':
      return recorded.revision > asOf.revision;
    case 'position':
      return recorded.position > asOf.position;
  }
}

async function* wholeHistory(events: History, planId: string): AsyncGenerator<PastEvent> {
  let plan: Plan = NO_PLAN;
  for (let from = 0; ; from += PAST_EVENTS_PER_READ) {
    const page = await events.readStream(`plan-${planId}`, { from, limit: PAST_EVENTS_PER_READ });
    for (const stored of page) {
      const recorded = narrowed(fromStore(stored), isOfPlan);
      const after = evolve(plan, recorded.event);
      yield { stored, recorded, plan: after };
      plan = after;
    }
    if (page.length < PAST_EVENTS_PER_READ) return;
  }
}

async function* effectiveOn(events: History, planId: string, day: LocalDate): AsyncGenerator<PastEvent> {
  const history: (PastEvent & { readonly event: PlanEvent })[] = [];
  for await (const past of wholeHistory(events, planId)) history.push({ ...past, event: past.recorded.event });
  const timeZone = history.at(-1)?.plan.details.timeZone;
  if (timeZone === undefined) return;
  const dated = history.map((past) => ({
    ...past,
    recordedOn: localDay(past.recorded.recordedAt, timeZone),
    effectiveOn: past.recorded.effectiveOn,
  }));
  let plan: Plan = NO_PLAN;
  for (const { stored, recorded } of eventsInEffectOn(dated, day)) {
    const after = evolve(plan, recorded.event);
    yield { stored, recorded, plan: after };
    plan = after;
  }
}
