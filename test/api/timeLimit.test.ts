import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { Identification } from '../../src/graphql/request/who.js';
import { postQuery } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { rawSocket } from '../support/rawSocket.js';
import { sampleOf, silent } from '../support/server.js';
import { startWatchedServer } from '../support/watched.js';

/** Never answers. */
const silence = () => new Promise<never>(() => undefined);

describe('a query that waits for a store that is away', () => {
  it('ends at its one time limit, whichever way it came, and so does one that waits for its turn', async () => {
    const slow = await startWatchedServer({ limits: { queryMs: 500, maxAtWork: 2 }, eventsOf: silentOnes });
    const socket = await rawSocket(slow.address, keyOf('administrator'));
    try {
      const query = '{ system { readModels } }';
      socket.send('s', query);
      const answers = await Promise.all(
        Array.from({ length: 6 }, () =>
          postQuery(slow.address, query, { authorization: `Bearer ${keyOf('administrator')}` }),
        ),
      );
      expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(Array(6).fill('TIMEOUT'));
      expect((await socket.answer('s')).payload).toMatchObject({ errors: [{ extensions: { code: 'TIMEOUT' } }] });
    } finally {
      await socket.close();
      await slow.close();
    }
  });
});

describe('the time limit of a request', () => {
  it('covers the authentication, which is begun once for each request', async () => {
    const begun: string[] = [];
    const identities = {
      verified(token: string) {
        begun.push(token);
        return silence();
      },
    };
    const server = await startWatchedServer({ limits: { queryMs: 500 }, identities });
    try {
      const headers = { authorization: 'Bearer eyJh.silent.issuer' };
      expect(await postQuery(server.address, '{ system { version } }', headers)).toMatchObject({
        status: 503,
        errors: [{ extensions: { code: 'UNAVAILABLE' } }],
      });
      expect(begun).toHaveLength(1);
      for (const path of ['/plans.jsonl', '/metrics']) {
        expect((await fetch(`${server.address}${path}`, { headers })).status).toBe(503);
      }
      expect(begun).toHaveLength(3);
      const stream = `/graphql/stream?query=${encodeURIComponent('subscription { changes { position } }')}`;
      expect((await fetch(`${server.address}${stream}`, { headers })).status).toBe(503);
      expect(begun).toHaveLength(4);
      const socket = await rawSocket(server.address, 'eyJh.silent.issuer');
      expect(await socket.closed()).toBe(1013);
      expect(begun).toHaveLength(5);
    } finally {
      await server.close();
    }
  });

  it('counts the time of the authentication, and not the time in which the client sends its body', async () => {
    const [SPENT, LIMIT] = [5, 20];
    const authentication = {
      callerByKey: () => undefined,
      async callerByIdentity() {
        for (const begun = performance.now(); performance.now() - begun < SPENT; );
        return undefined;
      },
      callerBySession: silence,
    };
    const door = { authorization: undefined, session: undefined, language: undefined, address: '127.0.0.1' };
    const identification = new Identification(authentication, door, 60_000, silent);
    await identification.who;
    expect(identification.rest().left).toBeLessThanOrEqual(60_000 - SPENT);
    const late = new Identification({ ...authentication, callerByIdentity: silence }, door, LIMIT, silent);
    await expect(late.who).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
    // Timers of Node count whole milliseconds of a different clock.
    expect(late.rest().left).toBeLessThan(LIMIT / 2);
  });

  it('covers the recording of the names that were read, without which they are not sent', async () => {
    const readings = { record: silence, find: silence, count: silence };
    const server = await startWatchedServer({ limits: { queryMs: 1_000 }, readings });
    try {
      const { planId } = await sampleOf(server);
      const query = `{ plan(id: "${planId}") { stamps { person } } }`;
      const { data, errors } = await postQuery(server.address, query, { authorization: `Bearer ${keyOf('director')}` });
      expect({ data: data ?? null, code: errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'TIMEOUT' });
    } finally {
      await server.close();
    }
  });
});

/** Returns the event store, but reads over all streams never end. */
function silentOnes(events: EventStore): EventStore {
  return new Proxy(events, {
    get(target, name) {
      if (name === 'head' || name === 'readAll') return silence;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
