import { type DocumentNode, type GraphQLSchema, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * Root and organisation fields whose answers may be cached. They read only through the context, which records the
 * dependencies of the answer. An answer with any other resolved field is never cached, so a new field may be slow, but
 * is never stale.
 */
const CACHEABLE_FIELDS: readonly string[] = [
  ...['plan', 'plans', 'activity', 'activities', 'calendar', 'node', 'nodes', 'organisation', 'organisations'].map(
    (field) => `Query.${field}`,
  ),
  ...['Query.parties', 'Query.auditTrail', 'Figures.indicators', 'Indicator.title'],
  ...['Organisation.parent', 'Organisation.plans', 'Organisation.history', 'Organisation.reports'],
];

/** Types whose fields may all be cached. */
const CACHEABLE_TYPES: readonly string[] = [
  ...['Plan', 'Section', 'Stamp', 'Activity', 'ControlPoint', 'Party', 'ResponsibleParty', 'Accountable', 'Timeframe'],
  ...['Plan', 'Activity', 'ControlPoint', 'Organisation', 'Party', 'AuditEntry', 'Edition', 'OrganisationReport'].map(
    (type) => `${type}Connection`,
  ),
];

/** Extension of a field that is read from a getter, which may compute its value from anything. */
export const IS_GETTER = 'isGetter';

/** Returns true if a field reads only data whose changes invalidate the cache. */
function isCacheableField(type: string, field: string): boolean {
  return CACHEABLE_TYPES.includes(type) || CACHEABLE_FIELDS.includes(`${type}.${field}`);
}

/** Returns true when answers to a GraphQL document may be cached, judged by the fields that it selects. */
export function isCacheableDocument(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isCacheable = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        // Fields selected on an interface are checked at the types that implement it.
        if (!parent || !field || !isObjectType(parent)) return;
        if (field.resolve === undefined && field.extensions[IS_GETTER] !== true) return;
        if (!name.value.startsWith('__') && !isCacheableField(parent.name, field.name)) isCacheable = false;
      },
    }),
  );
  return isCacheable;
}
