import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { schema } from '../../src/graphql/schema.js';

/** Ids of existing things. The beginning of an id names its kind. */
export type Pool = readonly string[];

const STRINGS: readonly string[] = [
  ...[
    '',
    ' ',
    'П',
    'план',
    '2020-10',
    '1..2',
    '\u0000',
    '\u202E\uFEFF',
    '"); DROP TABLE',
    '../../etc/passwd',
    '🙂'.repeat(50),
  ],
  ...[
    'Asia/Yekaterinburg',
    'каждый 3-тий понедельник месяца',
    'до 31 февраля',
    'x'.repeat(5_000),
    'eyJ',
    'W10',
    'null',
  ],
];
const INTS: readonly number[] = [0, 1, 2, 5, 50, 200, 201, -1, 2_147_483_647, -2_147_483_648];
const DATES: readonly string[] = ['2020-10-01', '1900-01-01', '2199-12-31', '2020-02-30', '0000-00-00', 'вчера'];
const MOMENTS: readonly string[] = ['2020-10-01T09:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'now'];

/** Random operations over the whole schema, such as a client with an error or an attacker might send. */
export class RandomQueries {
  constructor(
    private readonly random: () => number,
    private readonly ids: Pool,
  ) {}

  /** Returns a query or mutation with one to three root fields. */
  next(): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> } {
    const isMutation = this.random() < 0.25;
    const root = isMutation ? schema().getMutationType() : schema().getQueryType();
    const fields = Object.values(root?.getFields() ?? {});
    const variables: Record<string, unknown> = {};
    const declared: string[] = [];
    const count = isMutation ? 1 : 1 + Math.floor(this.random() * 3);
    const asked = Array.from({ length: count }, (_, place) => {
      const field = this.#one(fields);
      const args = this.#argumentsOf(field, (type, value) => {
        const name = `v${declared.length}`;
        declared.push(`$${name}: ${type}`);
        variables[name] = value;
        return `$${name}`;
      });
      return `f${place}: ${field.name}${args} ${this.#selection(field.type, 3)}`;
    });
    const head = declared.length > 0 ? `(${declared.join(', ')})` : '';
    return { query: `${isMutation ? 'mutation' : 'query'}${head} { ${asked.join(' ')} }`, variables };
  }

  #argumentsOf(field: GraphQLField<unknown, unknown>, variable: (type: string, value: unknown) => string): string {
    const args = field.args.filter((arg) => isNonNullType(arg.type) || this.random() < 0.4);
    if (args.length === 0) return '';
    return `(${args.map((arg) => `${arg.name}: ${variable(String(arg.type), this.#value(arg))}`).join(', ')})`;
  }

  #value({ name, type }: Pick<GraphQLArgument, 'name' | 'type'>, depth = 0): unknown {
    if (/ids?$/i.test(name) && this.random() < 0.8) {
      const id = this.#one(this.ids);
      return isListType(isNonNullType(type) ? type.ofType : type) ? [id] : id;
    }
    return this.#of(type, depth);
  }

  #of(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#of(type.ofType, depth) ?? this.#of(type.ofType, depth);
    if (this.random() < 0.1) return null;
    if (isListType(type))
      return Array.from({ length: Math.floor(this.random() * 3) }, () => this.#of(type.ofType, depth));
    if (isEnumType(type)) return this.#one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || this.random() < 0.4 - depth * 0.1,
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.#value(field, depth + 1)]));
    }
    switch (type.name) {
      case 'Int':
      case 'Float':
        return this.#one(INTS);
      case 'Boolean':
        return this.random() < 0.5;
      case 'Date':
        return this.#one(DATES);
      case 'DateTime':
        return this.#one(MOMENTS);
      case 'ID':
        return this.random() < 0.8 ? this.#one(this.ids) : this.#one(STRINGS);
      default:
        return this.#one(STRINGS);
    }
  }

  #selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (isInterfaceType(named)) return '{ __typename id }';
    if (!isObjectType(named)) return '{ __typename }';
    const fields = Object.values(named.getFields()).filter(({ args }) => !args.some((arg) => isNonNullType(arg.type)));
    const chosen = fields.filter((field) =>
      isLeafType(getNamedType(field.type)) ? this.random() < 0.5 : depth > 0 && this.random() < 0.3,
    );
    return `{ __typename ${chosen.map((field) => `${field.name} ${this.#selection(field.type, depth - 1)}`).join(' ')} }`;
  }

  #one<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.random() * list.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }
}
