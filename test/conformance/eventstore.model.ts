import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  START,
  type StoredEvent,
} from '../../src/engine/eventstore/port.js';
import { type Abilities, freshStore, type Open } from './eventstore.fixture.js';

interface Step {
  readonly stream: number;
  /** Difference between the expected and the actual revision. Before its first event a stream expects 'noStream'. */
  readonly distance: number;
  /** There are few different ids, so that repeats, overlaps and duplicates are frequent. */
  readonly ids: readonly number[];
  readonly variant: number;
}

type Outcome = Omit<Appended, 'position'> | string;

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.nat({ max: 2 }),
  distance: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -6, max: 1 }) },
  ),
  ids: fc.oneof(
    { weight: 3, arbitrary: fc.nat({ max: 11 }).chain((from) => run(from)) },
    { weight: 1, arbitrary: fc.array(fc.nat({ max: 11 }), { maxLength: 4 }) },
  ),
  variant: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
});

function run(from: number): fc.Arbitrary<number[]> {
  return fc.integer({ min: 1, max: 4 }).map((length) => Array.from({ length }, (_, index) => from + index));
}

/** A model of the port in memory: slow and obvious. */
class Model {
  readonly all: Omit<StoredEvent, 'position'>[] = [];

  constructor(private readonly abilities: Abilities) {}

  of(stream: string) {
    return this.all.filter((event) => event.stream === stream);
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Outcome {
    if (events.length === 0 || new Set(events.map(({ id }) => id)).size < events.length) return 'InvalidAppend';
    const own = this.of(stream);
    const first = expected === 'noStream' ? 0 : expected + 1;
    const result = { firstRevision: first, lastRevision: first + events.length - 1 };
    if (first === own.length) {
      const isElsewhere = events.some(({ id }) => this.all.some((event) => event.id === id));
      if (isElsewhere && this.abilities.knowsIdsElsewhere) return 'InvalidAppend';
      this.all.push(...events.map((event, index) => ({ ...event, stream, revision: first + index })));
      return result;
    }
    const there = own.slice(first, first + events.length);
    if (there.length < events.length || events.some(({ id }, index) => there[index]?.id !== id)) {
      return 'WrongExpectedRevision';
    }
    return events.some(({ body }, index) => there[index]?.body !== body) ? 'InvalidAppend' : result;
  }
}

/** Compares random appends with the model. */
export function modelCases(open: Open, abilities: Abilities, atOnce: boolean = false): void {
  describe(`random appends ${atOnce ? 'in one turn' : 'one by one'}`, () => {
    const fixture = freshStore(open);

    it('come out as in a model in memory', async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
          runs += 1;
          await compare(fixture.store, new Model(abilities), `run${runs}/`, steps, atOnce);
        }),
        { numRuns: 80 },
      );
    });
  });
}

async function compare(
  store: EventStore,
  model: Model,
  prefix: string,
  steps: readonly Step[],
  atOnce: boolean,
): Promise<void> {
  const before = await store.head();
  const expected: Outcome[] = [];
  const appends: Promise<Outcome>[] = [];
  for (const { stream: number, distance, ids, variant } of steps) {
    const stream = `${prefix}${number}`;
    const revision = model.of(stream).length - 1 + distance;
    const at = revision < 0 ? 'noStream' : revision;
    const events = ids.map((id) => ({
      id: `${prefix}${id}`,
      type: 'Noted',
      schemaVersion: 1,
      body: `{"v":${variant}}`,
    }));
    expected.push(model.append(stream, at, events));
    const append = outcomeOf(store, stream, at, events);
    appends.push(append);
    if (!atOnce) await append;
  }
  expect(await Promise.all(appends)).toEqual(expected);
  const { events } = await store.readAll({ after: before, filter: { streamPrefixes: [prefix] } });
  expect(events.map(({ position: _, ...event }) => event)).toEqual(model.all);
  expect(await store.head()).toBe(events.at(-1)?.position ?? before);
  expect(before === START || events.every(({ position }) => position > before)).toBe(true);
}

async function outcomeOf(
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<Outcome> {
  try {
    const { firstRevision, lastRevision, position } = await store.append(stream, expected, events);
    const [last] = await store.readStream(stream, { from: lastRevision, limit: 1 });
    expect(position).toBe(last?.position);
    return { firstRevision, lastRevision };
  } catch (error) {
    const refusals = ['InvalidAppend', 'WrongExpectedRevision'];
    if (error instanceof Error && refusals.includes(error.name)) return error.name;
    throw error;
  }
}
