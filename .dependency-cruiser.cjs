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
