import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { schema } from '../../src/graphql/schema.js';
import { filled, type World } from '../support/foreign.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';
import { requestFor, variantsOf } from '../support/walk.js';

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2020-10-01T09:00:00Z' });
  world = await filled(server, await registered(server, { name: 'Школа' }), 'наш');
  const { activityId, planId } = world.approved;
  // The present state differs from each past state that is requested.
  const amended = { reason: 'Приказ', basis: { withoutDocument: true } };
  await server.done('rewordActivity', { activityId, title: 'Иное', ...amended });
  await server.done('amendPlan', { planId, changes: [{ exclude: activityId }], ...amended });
}, 120_000);
afterAll(() => server?.close());

/** Collects the fields of objects with an id from all answers, with the request in which the field had its value. */
class NormalisedStore {
  readonly conflicts: unknown[] = [];
  readonly #fields = new Map<string, { readonly value: string; readonly from: string }>();

  get size(): number {
    return this.#fields.size;
  }

  add(data: unknown, from: string): void {
    if (typeof data !== 'object' || data === null) return;
    for (const [name, value] of Object.entries(data)) {
      if ('id' in data && (typeof value !== 'object' || value === null)) {
        this.#put(`${data.id}.${name}`, JSON.stringify(value), from);
      }
      this.add(value, from);
    }
  }

  #put(field: string, value: string, from: string): void {
    const known = this.#fields.get(field);
    if (known && known.value !== value) this.conflicts.push([field, known, { value, from }]);
    else this.#fields.set(field, { value, from });
  }
}

it('a thing with an id has one value of each field, whatever a query asks for', async () => {
  const query = schema().getQueryType();
  if (!isObjectType(query)) throw new Error('there are no queries');
  const store = new NormalisedStore();
  for (const field of Object.values(query.getFields())) {
    for (const variant of variantsOf(field)) {
      const { query: document, variables } = requestFor('query', field, variant, (_, kind) => world.approved[kind], 3);
      const { data } = await server.query(document, { variables });
      store.add(data, JSON.stringify([field.name, variables]));
    }
  }
  expect(store.size).toBeGreaterThan(1_000);
  expect(store.conflicts).toEqual([]);
}, 300_000);
