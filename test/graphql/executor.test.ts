import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
} from 'graphql';
import { Deadline } from '../../src/graphql/executor/deadline.js';
import { executed } from '../../src/graphql/executor/executor.js';
import { Meter, type MeterParts } from '../../src/graphql/executor/meter.js';
import { OperationSelection } from '../../src/graphql/executor/selection.js';
import { EventLoopTurns } from '../../src/graphql/executor/turns.js';

const SCHEMA = buildSchema(`
  interface Named { name: String }
  type Dog implements Named { name: String barks: Boolean! friends: [Named] strict: [Dog!]! }
  type Cat implements Named { name: String lives: Int! weight: Float }
  union Pet = Dog | Cat
  enum Colour { RED GREEN }
  type Query {
    text: String, number: Int, float: Float, flag: Boolean, id: ID, colour: Colour
    nothing: String, required: String!, list: [Int], matrix: [[Int!]!], holes: [Int], strictHoles: [Int!]
    dog: Dog, later: Dog, pet: Pet, pets: [Pet!]!, named(kind: String = "dog"): Named
    echo(text: String!, times: Int = 2): String, fails: String, failsLater: String, failsHard: Dog!, wrong: Int, notList: [Int]
    many(count: Int!): [Dog]
  }
  type Mutation { first: Int second: Int }
`);
const dog = (depth = 2): object => ({
  ...{ __typename: 'Dog', name: 'Шарик «№ 1»\n', barks: true },
  friends: () => (depth > 0 ? [dog(depth - 1), null, { __typename: 'Cat', name: 'Мурка', lives: 9, weight: 4.5 }] : []),
  strict: async () =>
    depth > 0 ? [dog(depth - 1), { __typename: 'Dog', name: 'немой', barks: false, strict: [] }] : [],
});
const fails = (what: string) => () => {
  throw new GraphQLError(what, { extensions: { code: 'BAD_ID' } });
};
const ROOT = {
  ...{ text: 'да', number: 3, float: 0.5, flag: false, id: 12, colour: 'RED', nothing: null },
  ...{ list: [1, 2, 3], matrix: [[1], [2, 3]], holes: [1, null, 3], strictHoles: [1, null], wrong: 'x', notList: 5 },
  ...{
    dog: () => dog(),
    later: async () => dog(),
    pet: () => dog(),
    pets: async () => [dog(), { __typename: 'Cat', lives: 1 }],
  },
  named: ({ kind }: { kind: string }) => (kind === 'dog' ? dog() : { __typename: 'Fish' }),
  echo: ({ text, times }: { text: string; times: number }) => text.repeat(times),
  ...{ fails: fails('нет'), failsHard: fails('совсем нет') },
  failsLater: async () => fails('потом нет')(),
  many: ({ count }: { count: number }) => Array.from({ length: count }, () => dog(0)),
  ...{ first: async () => 1, second: fails('второе не вышло') },
};

function meterOn(turns: MeterParts['turns'], parts: Omit<MeterParts, 'turns' | 'task'>): Meter {
  return new Meter({ ...parts, turns, task: new EventLoopTurns().newTask('a') });
}

const meter = (maxAnswer = 1_000_000, deadline?: Deadline) => meterOn(new EventLoopTurns(), { deadline, maxAnswer });

function operationOf(schema: GraphQLSchema, document: DocumentNode, sent: Readonly<Record<string, unknown>> = {}) {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('one operation is expected');
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...sent });
  const variables = coerced ?? {};
  return { schema, document, operation, selection: new OperationSelection(schema, document, variables), variables };
}

/** Executes the same document with the executor and with graphql-js. Errors are sorted by their paths. */
async function both(text: string, sent: Readonly<Record<string, unknown>> = {}) {
  const document = parse(text);
  const { data, errors } = await executed(operationOf(SCHEMA, document, sent), {
    root: ROOT,
    context: {},
    meter: meter(),
  });
  const reference = await execute({
    schema: SCHEMA,
    document,
    rootValue: ROOT,
    contextValue: {},
    variableValues: sent,
  });
  const sorted = (all: readonly GraphQLError[] = []) =>
    all.map((error) => JSON.stringify(error)).toSorted((a, b) => (a < b ? -1 : 1));
  return [
    { data, errors: sorted(errors) },
    { data: JSON.stringify(reference.data ?? null), errors: sorted(reference.errors) },
  ];
}

describe('the executor gives what graphql-js gives, in the same bytes', () => {
  it.each([
    '{ text number float flag id colour nothing }',
    '{ __typename dog { __typename name barks } a: dog { name } }',
    '{ list matrix holes strictHoles }',
    '{ required }',
    '{ dog { friends { name ... on Cat { lives weight } } strict { name barks } } }',
    '{ later { friends { __typename name } strict { barks } } }',
    '{ pet { ... on Dog { name } } pets { __typename ... on Cat { lives } ... on Dog { barks } } }',
    '{ named { name } other: named(kind: "fish") { name } }',
    '{ echo(text: "ой") three: echo(text: "ой", times: 3) }',
    'query($text: String!, $with: Boolean!) { echo(text: $text) dog @include(if: $with) { name } text @skip(if: $with) }',
    '{ fails failsLater text }',
    '{ text failsHard { name } }',
    '{ wrong notList text }',
    '{ ...A ...B } fragment A on Query { dog { name } } fragment B on Query { dog { barks friends { ...C } } } fragment C on Named { name }',
    'mutation { first second again: first }',
    '{ __schema { queryType { name fields { name args { name defaultValue type { name kind ofType { name } } } } } } __type(name: "Dog") { fields { name } } }',
  ])('%s', async (text) => {
    const [ours, reference] = await both(text, { text: 'эй', with: true });
    expect(ours).toEqual(reference);
  });

  it('for selections by chance', async () => {
    const leaf = fc.constantFrom('name', '__typename', 'n: name');
    const ofDog = fc.letrec((tie) => ({
      fields: fc.array(fc.oneof({ maxDepth: 3 }, fc.oneof(leaf, fc.constant('barks')), tie('friends'), tie('strict')), {
        minLength: 1,
        maxLength: 3,
      }),
      friends: tie('fields').map((fields) => `friends { ... on Dog { ${String(fields).replaceAll(',', ' ')} } name }`),
      strict: tie('fields').map((fields) => `strict { ${String(fields).replaceAll(',', ' ')} }`),
    })).fields;
    await fc.assert(
      fc.asyncProperty(ofDog, fc.constantFrom('dog', 'later', 'failsHard'), async (fields, root) => {
        const [ours, reference] = await both(`{ text ${root} { ${String(fields).replaceAll(',', ' ')} } }`);
        expect(ours).toEqual(reference);
      }),
      { numRuns: 200 },
    );
  });
});

describe('an operation', () => {
  it('is executed once, whether it fails or not', async () => {
    let calls = 0;
    const root = {
      text: () => {
        calls += 1;
        throw new Error('a fault in the code');
      },
    };
    const { data, errors } = await executed(operationOf(SCHEMA, parse('{ text }')), {
      root,
      context: {},
      meter: meter(),
    });
    expect({ calls, data, message: errors[0]?.message }).toEqual({
      calls: 1,
      data: '{"text":null}',
      message: 'a fault in the code',
    });
  });

  it('is ended where its answer is too long, before the rest is built', async () => {
    let built = 0;
    const root = {
      many: function* () {
        for (let count = 0; count < 1_000_000; count += 1) {
          built += 1;
          yield { name: 'x'.repeat(100) };
        }
      },
    };
    const turns = { isOver: () => false, next: () => Promise.resolve() };
    const limited = meterOn(turns, { deadline: undefined, maxAnswer: 10_000 });
    const operation = operationOf(SCHEMA, parse('{ many(count: 1) { name } text }'));
    const { data, errors } = await executed(operation, {
      root: { ...root, many: () => lazily(root.many()) },
      context: {},
      meter: limited,
    });
    expect({ data, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
      data: 'null',
      codes: ['ANSWER_TOO_LARGE'],
    });
    expect(built).toBeLessThan(200);
  });

  it('lets others have their turn while it writes a long list', async () => {
    const turns = new EventLoopTurns();
    let others = 0;
    const ticking = setInterval(() => (others += 1), 1);
    try {
      const operation = operationOf(SCHEMA, parse('{ many(count: 20000) { name barks __typename } }'));
      const { errors } = await executed(operation, {
        ...{ root: ROOT, context: {} },
        meter: meterOn(turns, { deadline: undefined, maxAnswer: 100_000_000 }),
      });
      expect(errors).toEqual([]);
      expect(others).toBeGreaterThan(1);
    } finally {
      clearInterval(ticking);
    }
  });

  it('writes nothing more of lists that resolve together once the time slice is over', async () => {
    let read = 0;
    const named = {
      __typename: 'Dog',
      name() {
        read += 1;
        return 'Шарик';
      },
    };
    const dogs = Array.from({ length: 100 }, () => ({ strict: async () => Array.from({ length: 300 }, () => named) }));
    let isFirstSlice = true;
    const waiting: (() => void)[] = [];
    const turns = {
      isOver: () => isFirstSlice && read > 0,
      next: () => (isFirstSlice ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve()),
    };
    const answer = executed(operationOf(SCHEMA, parse('{ many(count: 100) { strict { name } } }')), {
      ...{ root: { many: () => dogs }, context: {} },
      meter: meterOn(turns, { deadline: undefined, maxAnswer: 100_000_000 }),
    });
    await nextTurn();
    const readInFirstSlice = read;
    isFirstSlice = false;
    for (const resolve of waiting) resolve();
    expect((await answer).errors).toEqual([]);
    expect(read).toBe(30_000);
    expect(readInFirstSlice).toBeLessThan(6_000);
  });

  it('leaves no rejection that nobody handles when items fail while it waits for its turn', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const failing = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        index % 1_000 === 0 ? Promise.reject(new Error(`item ${index}`)) : { name: 'x' },
      );
    const operation = operationOf(SCHEMA, parse('{ many(count: 1) { name } }'));
    for (const deadline of [undefined, new Deadline(1)]) {
      const { errors } = await executed(operation, {
        ...{ root: { many: () => failing(10_000) }, context: {} },
        meter: meterOn(new EventLoopTurns(), { deadline, maxAnswer: 100_000_000, room: () => nextTurn() }),
      });
      expect(errors.length).toBeGreaterThan(0);
      // An unhandled rejection would be reported by then.
      await nextTurn();
    }
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('ends when its time is over, in the middle of a list', async () => {
    const operation = operationOf(SCHEMA, parse('{ many(count: 20000) { name barks __typename } }'));
    const { data, errors } = await executed(operation, {
      root: ROOT,
      context: {},
      meter: meter(100_000_000, new Deadline(1)),
    });
    expect({ data, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
      data: 'null',
      codes: ['TIMEOUT'],
    });
  });
});

/** An array that makes its items only when they are read. */
function lazily<T>(items: Iterator<T>): readonly T[] {
  const length = 1_000_000;
  return new Proxy<T[]>([], {
    get: (target, key, receiver) => {
      if (key === 'length') return length;
      if (typeof key === 'string' && /^\d+$/.test(key)) return items.next().value;
      return Reflect.get(target, key, receiver);
    },
  });
}
