import { hashKey, type QueryKey } from '@tanstack/react-query';
import { createClient } from 'graphql-ws';
import { ChangesDocument, type ChangesSubscription } from './generated/graphql';
import { JOURNAL_KEY, ORGANISATIONS_KEY, OVERVIEW_KEY, planKey, queries, viewerQuery } from './queries';

/** State of the connection for changes. `ended`: the session has ended. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'ended';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** Changes that arrive within this time are read together, in milliseconds. */
const GATHER_MS = 150;
/** Close code of the server for access that has ended. */
const FORBIDDEN = 4403;

/**
 * Follows the changes that the caller may see, after a position, and invalidates the affected queries. After a lost
 * connection it resumes after the last change, so that no change is missed. Returns a function that stops it.
 */
export function followChanges(from: string, tell: (state: LiveState) => void): () => void {
  let position = from;
  let pause = FIRST_PAUSE_MS;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dispose = () => {};
  const gather = gatherer();

  const connect = () => {
    tell('connecting');
    const client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      // Each new connection needs the position of the last change, so this function reconnects itself.
      retryAttempts: 0,
      keepAlive: 20_000,
      on: {
        connected: () => {
          pause = FIRST_PAUSE_MS;
          tell('live');
        },
        closed: (event) => lost(event instanceof CloseEvent && event.code === FORBIDDEN),
      },
    });
    client.subscribe<ChangesSubscription>(
      { query: String(ChangesDocument), variables: { after: position } },
      {
        next: ({ data, errors }) => {
          if (isOfAnotherChronicle(errors)) location.reload();
          if (!data) return;
          position = data.changes.position;
          gather(data.changes.planId ?? undefined);
        },
        error: (error) => {
          if (isOfAnotherChronicle(error)) location.reload();
          void client.dispose();
        },
        complete: () => void client.dispose(),
      },
    );
    dispose = () => void client.dispose();
  };

  const lost = (isEnded: boolean) => {
    if (isStopped) return;
    if (isEnded) {
      isStopped = true;
      tell('ended');
      return;
    }
    tell('lost');
    clearTimeout(timer);
    timer = setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
  const reconnect = () => {
    if (isStopped || timer === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(connect, 0);
  };
  window.addEventListener('online', reconnect);
  connect();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    window.removeEventListener('online', reconnect);
    dispose();
  };
}

/**
 * Returns true if the server does not know the position, because a backup was restored. Then everything is read again.
 */
function isOfAnotherChronicle(errors: unknown): boolean {
  return Array.isArray(errors) && errors.some((each) => each?.extensions?.code === 'BAD_POSITION');
}

/**
 * Returns a function that takes the plan of a change. The queries of the plan are invalidated after a short delay. Each
 * key is read separately, so that a slow response does not delay the others. A running query is not restarted by each
 * of many changes, because it would never finish.
 */
function gatherer(): (planId: string | undefined) => void {
  /** For each key that is being read, by its hash: true if it has changed since the read began. */
  const changed = new Map<string, boolean>();
  const readAgain = async (hash: string, queryKey: QueryKey) => {
    while (changed.get(hash)) {
      await new Promise((done) => setTimeout(done, GATHER_MS));
      changed.set(hash, false);
      await queries.invalidateQueries({ queryKey });
    }
    changed.delete(hash);
  };
  return (planId) => {
    const own = planId === undefined ? ORGANISATIONS_KEY : planKey(planId);
    for (const key of [own, OVERVIEW_KEY, JOURNAL_KEY]) {
      const hash = hashKey(key);
      const isReading = changed.has(hash);
      changed.set(hash, true);
      if (!isReading) void readAgain(hash, key);
    }
  };
}

/** Forgets all answers, for another person at the same browser. */
export function forgetAll(): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== viewerQuery.queryKey[0] });
}
