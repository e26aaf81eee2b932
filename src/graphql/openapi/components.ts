import { isObjectType, parse } from 'graphql';
import { EXPORTED_ACTIVITY, EXPORTED_PLAN } from '../export.js';
import { schema } from '../schema.js';
import { component, type JsonSchema } from './operation.js';
import { objectSchema, type Properties, selectedProperties } from './selectionSchema.js';

/** The fields of an entry in /audit.jsonl. */
const AUDIT_ENTRY = `{ id position eventType sentence actor { role post organisation name holder { id } } onBehalfOf client
  accessOf { role post organisation name holder { id } } recordedAt effectiveOn reason basis { document { type issuer date number } withoutDocument } edition revision
  planId organisationId activityId changes { path label before after } }`;

/**
 * Returns the schemas to which the operations of routes refer. Those of plans and entries are derived from the GraphQL
 * schema.
 */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const plan = typeSchema('Plan', EXPORTED_PLAN);
  return {
    ExportLine: {
      oneOf: [exportLine('POSITION', { position: POSITION_TOKEN }), component('ExportedPlan'), EXPORT_END],
    },
    ExportedPlan: exportLine('PLAN', {
      ...plan,
      activities: { type: 'array', items: component('ExportedActivity') },
    }),
    ExportedActivity: objectSchema(typeSchema('Activity', EXPORTED_ACTIVITY)),
    AuditLine: objectSchema(typeSchema('AuditEntry', AUDIT_ENTRY)),
    GraphQLRequest: {
      type: 'object',
      properties: {
        query: { type: 'string', description: 'The GraphQL document.' },
        variables: { type: ['object', 'null'] },
        operationName: { type: ['string', 'null'] },
        extensions: { type: ['object', 'null'] },
        documentId: { type: 'string', description: 'In place of `query`.' },
      },
    },
    GraphQLAnswer: {
      type: 'object',
      properties: {
        data: { type: ['object', 'null'] },
        errors: { type: 'array', items: component('GraphQLError') },
        extensions: { type: 'object' },
      },
    },
    Health: {
      type: 'object',
      properties: {
        status: { type: 'string' },
        damage: { type: 'object', description: 'Which commands a damaged chronicle refuses.' },
        commands: awaySchema(['EVENT_STORE_AWAY', 'READ_STORE_AWAY'], 'commands'),
        queries: awaySchema(['READ_STORE_AWAY'], 'queries'),
      },
      required: ['status'],
    },
  };
}

/** Returns the schema of a kind of requests that fails because a store does not answer. */
function awaySchema(codes: readonly string[], requests: string): JsonSchema {
  const since = { type: 'string', format: 'date-time' };
  const description = `Present while ${requests} fail because a store does not answer.`;
  return { ...objectSchema({ code: { enum: codes }, since }), description };
}

const POSITION_TOKEN: JsonSchema = { type: 'string', description: 'A position, from which `changes` continues.' };
const EXPORT_END = exportLine('END', {
  plans: { type: 'integer', description: 'Number of plans.' },
  position: POSITION_TOKEN,
});

/** Returns the schemas of the selected fields of a type. */
function typeSchema(name: string, selection: string): Properties {
  const type = schema().getType(name);
  const [definition] = parse(selection).definitions;
  if (!isObjectType(type) || definition?.kind !== 'OperationDefinition') throw new Error(`${name} is no object type`);
  return selectedProperties(type, definition.selectionSet);
}

function exportLine(kind: string, properties: Properties): JsonSchema {
  return objectSchema({ kind: { const: kind }, ...properties });
}
