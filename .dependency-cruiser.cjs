/** Dependencies point inwards: app → graphql, documents → application → projections → domain → engine. */
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
      comment: 'The domain imports nothing but itself, declarations of the engine, a date library and one for places in a list.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^(src/domain/|src/engine/(readable|eventstore/(envelope|eventTypes)|signing/acceptance|vault/sealedText)\\.ts$|node_modules/(temporal-polyfill|temporal-spec|rrule-temporal|fractional-indexing)/)' },
    },
    {
      name: 'engine-knows-no-product',
      comment: 'The engine runs any product that is event sourced: it imports itself and libraries.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/(?!engine/)' },
    },
    layer('stores-know-no-handler', 'engine/(eventstore|eventlog|readstore|storage|vault|log)', 'engine/(commands|projections)'),
    layer('access-knows-no-application', 'access', 'application|projections|graphql|documents|app'),
    {
      name: 'the-log-is-pure',
      comment: 'What proves the history can be checked by itself: stores and verifiers build on it, it builds on nothing.',
      severity: 'error',
      from: { path: '^src/engine/log/' },
      to: { path: '^(src/(?!engine/log/)|node_modules/)' },
    },
    layer('projections-know-no-application', 'projections', 'application|graphql|documents|app|engine/vault|access'),
    {
      name: 'views-have-no-side-effects',
      comment: 'A read model is a pure function of the plan: it can reach no store, no clock, no file and no network.',
      severity: 'error',
      from: { path: '^src/projections/', pathNot: '^src/projections/(readModels|past)\\.ts$' },
      to: { pathNot: '^src/(domain/|projections/|engine/(eventstore/(envelope|port)|readstore/port|projections/(bodyForm|readModel))\\.ts$)' },
    },
    layer('documents-know-only-the-domain', 'documents', 'application|graphql|projections|engine/[a-z]+|access|app'),
    layer('application-knows-no-edge', 'application', 'graphql|app'),
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
      comment: 'Modules that need no services cannot pass them on either. The stages of requests have them too.',
      severity: 'error',
      from: {
        path: '^src/graphql/((queries|mutations|types|monitoring)/|(subscriptions|asOf|documents|export|auditExport|log)\\.ts$)',
        pathNot: '^src/graphql/mutations/commands\\.ts$',
      },
      to: { path: '^src/graphql/(services|request)\\.ts$' },
    },
    {
      name: 'the-page-knows-the-api-alone',
      comment: 'The web page uses the public API: it imports nothing of the server, and nothing of the server imports it.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(?!web/)' },
    },
    {
      name: 'the-server-knows-no-page',
      severity: 'error',
      from: { path: '^src/(?!web/)' },
      to: { path: '^src/web/' },
    },
    {
      name: 'threads-have-limits-of-their-own',
      comment: 'The flags with which the process was started would replace the limits of a thread: startThread prevents that.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine/thread|documents/worker|engine/eventstore/sqlite/checkWorker)\\.ts$' },
      to: { path: '^(node:)?worker_threads$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts|^src/web/vite\\.config\\.ts)$' },
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
