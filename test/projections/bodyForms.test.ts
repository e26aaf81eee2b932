import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BodyForm, derivedForm } from '../../src/engine/projections/bodyForm.js';
import { bodyOf, type Content, storedBody } from '../../src/engine/projections/readModel.js';
import { activities } from '../../src/projections/activities.js';
import { auditTrail } from '../../src/projections/auditTrail.js';
import { changes } from '../../src/projections/changes.js';
import { controlPointModel } from '../../src/projections/controlPoints.js';
import { editions } from '../../src/projections/editions.js';
import { FOLDING } from '../../src/projections/folding.js';
import type { ReadModel } from '../../src/projections/model.js';
import { monitoring } from '../../src/projections/monitoring.js';
import { parties } from '../../src/projections/parties.js';
import { liveThrough } from '../support/chronicle.js';
import { openWorkshop, type Workshop } from '../support/readModels.js';

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
  for (const copy of [1, 2]) await liveThrough(workshop.chronicle, await workshop.chronicle.plan(copy));
});
afterAll(() => workshop.close());

/**
 * Returns every content that the view of a model gives for the events of the chronicle, in every intermediate state.
 */
async function contentsOf<Body>(model: ReadModel<Body>): Promise<{ id: string; content: Content<Body> }[]> {
  const { events } = await workshop.chronicle.events.readAll({ after: '', limit: 10_000 });
  const folds = new Map<string, typeof FOLDING.nothing>();
  const contents: { id: string; content: Content<Body> }[] = [];
  for (const stored of events) {
    const { after, told } = FOLDING.step(folds.get(stored.stream) ?? FOLDING.nothing, stored);
    folds.set(stored.stream, after);
    for (const { change, state } of told) {
      for (const { id, view } of model.touches(change)) {
        const content = view(state);
        if (content) contents.push({ id, content });
      }
    }
  }
  return contents;
}

/** Returns a value as a store returns it: JSON, with the properties of objects in another order. */
function throughStore(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(throughStore);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .reverse()
      .map(([name, each]) => [name, throughStore(each)]),
  );
}

/**
 * Checks that every body is restored unchanged from the fields that its form names. Returns the share of the bytes that
 * is stored.
 */
async function storedShare<Body>(model: ReadModel<Body>): Promise<number> {
  let [whole, stored] = [0, 0];
  for (const { id, content } of await contentsOf(model)) {
    const shrunk = storedBody(model, id, content);
    const fields = Object.fromEntries(model.form?.fields.map((name) => [name, content.fields[name] ?? '']) ?? []);
    const restored = bodyOf(model, { id, fields, body: throughStore(shrunk) });
    if (!isDeepStrictEqual(throughStore(restored), throughStore(content.body)))
      expect(throughStore(restored)).toEqual(throughStore(content.body));
    whole += JSON.stringify(content.body).length;
    stored += JSON.stringify(shrunk).length;
  }
  expect(whole).toBeGreaterThan(1_000);
  return stored / whole;
}

describe('bodies are restored unchanged, and stored without what the rest of the row tells', () => {
  it('of the audit trail', async () => expect(await storedShare(auditTrail)).toBeLessThan(0.7));
  it('of changes', async () => expect(await storedShare(changes)).toBeLessThan(0.6));
  it('of control points', async () => expect(await storedShare(controlPointModel)).toBeLessThan(0.6));
  it('of activities', async () => expect(await storedShare(activities)).toBeLessThan(0.7));
  it('of editions', async () => expect(await storedShare(editions)).toBeLessThan(0.95));
  it('of parties', async () => expect(await storedShare(parties)).toBeLessThan(0.6));
  it('of monitoring', async () => expect(await storedShare(monitoring)).toBeLessThan(0.8));
});

describe('a derived form', () => {
  interface Note {
    readonly author: string | null;
    readonly text: string;
    readonly tags: readonly string[];
  }
  const form: BodyForm<Note> = derivedForm(['author'], ({ fields }) => ({ author: fields.author, tags: [] }));

  it.each<readonly [string, Note, object]>([
    ['what is derived', { author: 'a', text: 'x', tags: [] }, { text: 'x' }],
    ['what differs', { author: null, text: 'x', tags: ['t'] }, { author: null, text: 'x', tags: ['t'] }],
  ])('stores %s only where it differs', (_, body, expected) => {
    const row = { id: 'n', fields: { author: 'a' } };
    expect(form.shrink(row, body)).toEqual(expected);
    expect(form.restore(row, { ...expected })).toEqual(body);
  });

  it('derives nothing from a field that it does not name', () => {
    const careless: BodyForm<Note> = derivedForm([], ({ fields }) => ({ author: fields.author }));
    const body = { author: 'a', text: 'x', tags: [] };
    const stored = careless.shrink({ id: 'n', fields: { author: 'a' } }, body);
    expect(careless.restore({ id: 'n', fields: {} }, { ...Object(stored) })).toEqual(body);
  });
});
