import { type Writing, writingWith } from '../../engine/eventstore/damage.js';
import { type AwayStore, awayStores } from '../context/health.js';
import type { Context } from '../context.js';
import type { Services } from '../services.js';

/**
 * Returns the extensions that warn of an answer, of a query as of a subscription: `stale` and `damage`, without those
 * that do not apply.
 */
export function warningsIn({ health }: Pick<Context, 'health'>): Readonly<Record<string, unknown>> {
  const quarantined = health.staleness.map(({ model, documents, sinceAt }) => ({
    code: 'QUARANTINED',
    readModel: model,
    documents,
    staleSince: sinceAt,
  }));
  return warnings([...quarantined, ...staleBy(health.away)], health.writing);
}

/** Returns the extensions that warn of a cached answer. It is not valid if its rows were quarantined since. */
export function storeWarnings({
  events,
  store,
}: Pick<Services, 'events' | 'store'>): Readonly<Record<string, unknown>> {
  return warnings(staleBy(awayStores({ events, store })), writingWith(events.damage()));
}

/**
 * Returns `extensions.damage` while the event store is damaged: the answer may lack recorded facts. Otherwise
 * undefined.
 */
export function damageIn({ health: { writing } }: Pick<Context, 'health'>) {
  return damageWith(writing);
}

function warnings(stale: readonly unknown[], writing: Writing): Readonly<Record<string, unknown>> {
  const damage = damageWith(writing);
  return { ...(stale.length > 0 && { stale }), ...(damage && { damage }) };
}

/** Other processes may have recorded events, or moved the read models, since then. */
function staleBy(away: readonly AwayStore[]) {
  return away.map(({ code, since }) => ({ code, staleSince: since }));
}

function damageWith(writing: Writing) {
  return writing === 'OPEN' ? undefined : { code: 'CHRONICLE_DAMAGED', writing };
}
