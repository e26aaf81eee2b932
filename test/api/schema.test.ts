import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import {
  type GraphQLEnumType,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  Kind,
  type ValueNode,
} from 'graphql';
import { refusalSentence } from '../../src/application/refusalSentences.js';
import { ERROR_KINDS } from '../../src/graphql/errors.js';
import { schema, schemaText } from '../../src/graphql/schema.js';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

const types = Object.values(schema().getTypeMap()).filter(({ name }) => !name.startsWith('__'));

/** Returns the names of parts without a description. */
function undescribed(parts: readonly Described[]): string[] {
  return parts.filter(({ description }) => !description?.trim()).map(({ name }) => name);
}

function fieldsOf(type: GraphQLNamedType): Described[] {
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map(({ name, description }) => ({
    name: `${type.name}.${name}`,
    description,
  }));
}

function argumentsOf(type: GraphQLNamedType): Described[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.map(({ name, description }) => ({ name: `${type.name}.${field.name}(${name})`, description })),
  );
}

/** Returns the message of the error that a function throws; undefined if it throws none. */
function messageOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function enumNamed(name: string): GraphQLEnumType {
  const found = schema().getType(name);
  if (!isEnumType(found)) throw new Error(`There is no enum ${name}.`);
  return found;
}

describe('the schema', () => {
  it('is the one that is committed; after a change of it run `npm run schema`', async () => {
    const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
    // Compared first, so that a difference shows the line and not two long texts.
    const lines = schemaText().split('\n');
    const firstOther = committed.split('\n').findIndex((line, index) => line !== lines[index]);
    expect({ line: firstOther + 1, text: lines[firstOther] }).toEqual({ line: 0, text: undefined });
    expect(committed === schemaText()).toBe(true);
  });

  it('describes every type', () => {
    const builtIn = ['Boolean', 'Float', 'ID', 'Int', 'String'];
    const roots = ['Query', 'Mutation', 'Subscription'];
    expect(undescribed(types.filter(({ name }) => ![...builtIn, ...roots].includes(name)))).toEqual([]);
  });

  it('describes every field', () => {
    expect(undescribed(types.flatMap(fieldsOf))).toEqual([]);
  });

  it('describes every argument', () => {
    expect(undescribed(types.flatMap(argumentsOf))).toEqual([]);
  });

  it('says of every text how long it may be', () => {
    const texts = types
      .filter(isInputObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({ ...field, name: `${type.name}.${field.name}` })),
      )
      .filter(({ name, type }) => getNamedType(type).name === 'String' && !name.endsWith('.content'));
    expect(texts.length).toBeGreaterThan(100);
    const other = texts.filter(
      ({ description }) => !/(One line of at|At) most \d+ characters\.$/.test(description ?? ''),
    );
    expect(other.map(({ name, description }) => ({ name, description }))).toEqual([]);
  });

  it('describes every value of an enum in words', () => {
    const values = types
      .filter(isEnumType)
      .flatMap((type) =>
        type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description })),
      );
    expect(values.length).toBeGreaterThan(400);
    expect(undescribed(values)).toEqual([]);
    // A description is a sentence such as «By the due day.», and not the name of the value again.
    expect(values.filter(({ description }) => !/ |[а-я]/.test(description ?? '')).map(({ name }) => name)).toEqual([]);
  });

  it('describes each code of a refusal by the message that a caller reads', () => {
    const { description } = enumNamed('UserErrorCode').getValue('PLAN_NOT_FOUND') ?? {};
    expect(description).toBe(refusalSentence({ code: 'PLAN_NOT_FOUND', field: null, params: {} }, 'en'));
    expect(enumNamed('RefusedCode').getValue('PLAN_NOT_FOUND')?.description).toBe(description);
    expect(enumNamed('RefusedCode').getValue('BAD_ID')?.description).toBe(ERROR_KINDS.BAD_ID.advice);
  });

  it('has an enum for whatever is one of a list', () => {
    const ofType = (type: GraphQLNamedType): readonly { readonly name: string; readonly type: GraphQLType }[] =>
      isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).map(({ name, type: own }) => ({ name: `${type.name}.${name}`, type: own }))
        : [];
    const isList = ({ name }: { readonly name: string }) =>
      /\.(\w*[cC]ode|\w*[sS]tatus|\w*[sS]tate|\w*[rR]ole|\w*[kK]ind|eventTypes?|way|problem)$/.test(name);
    const listed = types.flatMap(ofType).filter(isList);
    expect(listed.length).toBeGreaterThan(30);
    const plain = listed.filter(({ type }) => getNamedType(type).name === 'String').map(({ name }) => name);
    // The kind of a document may be any text that is printed above the plan.
    expect(plain.filter((name) => !name.endsWith('.documentKind'))).toEqual([]);
  });

  // A client that normalises stores an object by its id: nothing else may have the id of a node.
  it('gives an id to nodes alone', () => {
    const identified = types.filter((type) => isObjectType(type) && type.getFields().id !== undefined);
    expect(identified.length).toBeGreaterThan(10);
    const isNode = (type: GraphQLNamedType) =>
      isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
    expect(identified.filter((type) => !isNode(type)).map(({ name }) => name)).toEqual([]);
  });

  it('names scalars in messages as the schema does', () => {
    const scalars = types.filter(isScalarType);
    expect(scalars.map(({ name }) => name)).toEqual(expect.arrayContaining(['Date', 'DateTime', 'Position', 'Int']));
    const values: unknown[] = ['nonsense', '2020-13-45', '9999-12-31', 1.5, true, {}, []];
    const literals: ValueNode[] = [
      { kind: Kind.STRING, value: 'nonsense' },
      { kind: Kind.FLOAT, value: '1.5' },
      { kind: Kind.OBJECT, fields: [] },
    ];
    for (const scalar of scalars) {
      const messages = [
        ...values.map((value) => messageOf(() => scalar.parseValue(value))),
        ...literals.map((literal) => messageOf(() => scalar.parseLiteral(literal))),
      ].filter((message) => message !== undefined);
      // Any value is JSON.
      expect([scalar.name, messages.length > 0]).toEqual([scalar.name, scalar.name !== 'JSON']);
      expect(messages.filter((message) => !new RegExp(`\\b${scalar.name}\\b`).test(message))).toEqual([]);
    }
  });

  it('lets every query wait for a position', () => {
    const queries = Object.values(schema().getQueryType()?.getFields() ?? {});
    expect(queries.length).toBeGreaterThan(10);
    const without = queries.filter(({ args }) => !args.some(({ name }) => name === 'atLeast'));
    // These are read from the event store itself, or from stores beside it, which are never behind; labels never change.
    expect(without.map(({ name }) => name).toSorted()).toEqual([
      'compare',
      'consistency',
      'history',
      'labels',
      'nameReadings',
      'proof',
      'refusals',
      'sessionEvents',
      'viewer',
      'webhookDeliveries',
    ]);
  });

  it('writes all values of enums alike, but types of events as they stand in the chronicle', () => {
    const enums = types.filter(isEnumType).filter(({ name }) => name !== 'EventType');
    const values = enums.flatMap((type) => type.getValues().map(({ name }) => name));
    expect(values.filter((name) => !/^[A-Z]+(_[A-Z0-9]+)*$/.test(name))).toEqual([]);
  });
});
