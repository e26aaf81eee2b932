import { type DocumentNode, type GraphQLSchema, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * What may be kept of answers, in one place: these fields read by the context's own reads alone, which note what an answer depends on.
 * An answer with any other field that has a resolver is made anew each time, so that a new field is at worst slow.
 */
const FIELDS: readonly string[] = [
  ...['plan', 'plans', 'activity', 'activities', 'calendar', 'node', 'nodes', 'organisation', 'organisations'].map(
    (field) => `Query.${field}`,
  ),
  ...['Query.parties', 'Query.auditTrail'],
  ...['Organisation.parent', 'Organisation.plans', 'Organisation.history', 'Organisation.reports'],
];

/** Types of which that holds for every field. */
const TYPES: readonly string[] = [
  ...['Plan', 'Section', 'Stamp', 'Activity', 'ControlPoint', 'Party', 'ResponsibleParty', 'Accountable'],
  ...['Plan', 'Activity', 'ControlPoint', 'Organisation', 'Party', 'AuditEntry', 'Edition', 'OrganisationReport'].map(
    (type) => `${type}Connection`,
  ),
];

/** Whether the changes of everything that a field reads are followed. */
export function isCacheableField(type: string, field: string): boolean {
  return TYPES.includes(type) || FIELDS.includes(`${type}.${field}`);
}

/** Whether answers to a document may be kept, as far as that depends on the fields that it selects. */
export function isCacheableDocument(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isCacheable = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        // What is selected on an interface is looked at where the interface is implemented.
        if (!parent || !field || !isObjectType(parent) || field.resolve === undefined) return;
        if (!name.value.startsWith('__') && !isCacheableField(parent.name, field.name)) isCacheable = false;
      },
    }),
  );
  return isCacheable;
}
