/** Dependencies point inwards: app → graphql, documents → application, audit → projections → stores → domain. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/(${to})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain imports nothing but itself, a date library and one for places in a list.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^(src/domain/|node_modules/(temporal-polyfill|temporal-spec|rrule-temporal|fractional-indexing)/)' },
    },
    layer('stores-know-no-application', '(eventstore|eventlog|readstore|storage|vault|access)', 'application|audit/(?!log/)|projections|graphql|documents|app'),
    {
      name: 'the-log-is-pure',
      comment: 'What proves the history can be checked by itself: stores and verifiers build on it, it builds on nothing.',
      severity: 'error',
      from: { path: '^src/audit/log/' },
      to: { path: '^(src/(?!audit/log/)|node_modules/)' },
    },
    layer('projections-know-no-application', 'projections', 'application|audit|graphql|documents|app|vault|access'),
    {
      name: 'views-have-no-side-effects',
      comment: 'A read model is a pure function of the plan: it can reach no store, no clock, no file and no network.',
      severity: 'error',
      from: { path: '^src/projections/[^/]+\\.ts$' },
      to: { pathNot: '^src/(domain/|projections/[^/]+\\.ts$|eventstore/envelope\\.ts$|readstore/port\\.ts$)' },
    },
    layer('documents-know-only-the-domain', 'documents', 'application|audit|graphql|projections|eventstore|readstore|vault|access|app'),
    layer('application-knows-no-edge', 'application', 'graphql|app'),
    layer('audit-knows-no-edge', 'audit', 'graphql|app'),
    layer('graphql-knows-no-app', 'graphql', 'app'),
    {
      name: 'services-are-reached-through-scope',
      comment:
        'Services know no scope. Resolvers get data from the request context and the functions of graphql/scope, which restrict what they return to what the caller sees.',
      severity: 'error',
      from: { path: '^src/graphql/', pathNot: '^src/graphql/(scope/|context\\.ts$|mutations/commands\\.ts$)' },
      to: { path: '^src/graphql/scope/unscoped\\.ts$' },
    },
    {
      name: 'commands-are-given-by-mutations',
      comment: 'The handlers of commands check the scope of the principal by themselves; nothing that reads needs them.',
      severity: 'error',
      from: { path: '^src/graphql/(?!mutations/)' },
      to: { path: '^src/graphql/mutations/commands\\.ts$' },
    },
    {
      name: 'resolvers-know-no-services',
      comment: 'Who needs no services cannot pass them on either.',
      severity: 'error',
      from: {
        path: '^src/graphql/((queries|mutations|types|monitoring)/|(subscriptions|asOf|documents|export|auditExport)\\.ts$)',
        pathNot: '^src/graphql/mutations/commands\\.ts$',
      },
      to: { path: '^src/graphql/services\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
};
