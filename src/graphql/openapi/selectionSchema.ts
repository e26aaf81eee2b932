import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { JsonSchema } from './operation.js';

/** JSON Schemas of objects by the names of their fields. */
export type Properties = Readonly<Record<string, JsonSchema>>;

/** JSON Schemas of scalars by name. Any other scalar is a text. */
const SCALARS: Properties = {
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  Date: { type: 'string', format: 'date' },
  DateTime: { type: 'string', format: 'date-time' },
};

/** Returns the JSON Schemas of the selected fields of a type, with their descriptions. */
export function selectedProperties(type: GraphQLObjectType, selection: SelectionSetNode | undefined): Properties {
  const fields = type.getFields();
  return Object.fromEntries(
    (selection?.selections ?? []).map((node) => {
      const field = node.kind === 'Field' ? fields[node.name.value] : undefined;
      if (node.kind !== 'Field' || !field) throw new Error(`${type.name} has no such field`);
      const { description } = field;
      return [field.name, { ...schemaOf(field.type, node.selectionSet), ...(description && { description }) }];
    }),
  );
}

/** Returns the JSON Schema of an object that has exactly these fields. */
export function objectSchema(properties: Properties): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function schemaOf(type: GraphQLOutputType, selection: SelectionSetNode | undefined): JsonSchema {
  if (isNonNullType(type)) return valueSchema(type.ofType, selection);
  return { anyOf: [valueSchema(type, selection), { type: 'null' }] };
}

function valueSchema(type: GraphQLOutputType, selection: SelectionSetNode | undefined): JsonSchema {
  if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType, selection) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (isObjectType(type)) return objectSchema(selectedProperties(type, selection));
  return ('name' in type && SCALARS[type.name]) || { type: 'string' };
}
