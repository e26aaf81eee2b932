/**
 * Tests that a default run leaves out, with the reason. `npm run test:long` runs them, and so does naming them:
 * `npm test -- test/faults`.
 */
export const LONG = [
  {
    reason: 'start, kill and damage processes',
    tests: [
      'faults/',
      'deploy/',
      'app/(audit|cli|damagedFiles|doctor|folder|forget|logAnchor|operations|plans|requestMemory|rights|verifyOnServers|witness)',
      'clients/copying',
      'docs/(recipes|tour)',
      'engine/log/bundle',
    ],
  },
  {
    reason: 'need MongoDB or KurrentDB, or what stands in for them',
    tests: [
      'conformance/[a-z]+\\.(kurrentdb|mongodb)',
      'engine/eventstore/kurrentdb',
      'engine/eventlog/follower',
      'engine/storage/driverErrors',
      'api/(feed|behind)',
    ],
  },
  {
    reason: 'ask every operation of the API as every kind of caller, or with many values',
    tests: [
      'api/(answers|budget|clientCache|door|feedCopy|foreign|foreignLive|fuzz|hostile|identified|ids|past|policy|previews|repeatedCommands|texts|ways)',
      'api/(auditExport|cuts|importing|reimport)',
      'application/importing',
    ],
  },
  {
    reason: 'try many random histories and documents',
    tests: [
      'documents/(badFiles|formats|fuzz|roundTrip)',
      'domain/(revision|sums|years)',
      'engine/log/damage',
      'projections/(histories|quarantineSize|rebuilding|turns)',
    ],
  },
];

/** Tests that also belong to a default run, which tries fewer values: see `support/runs.ts`. */
const MORE_VALUES = ['app/readableProof', 'domain/documentAmendment', 'engine/readstore/plans'];

const LONG_ONLY = LONG.flatMap(({ tests }) => tests);

/** Matches the paths of the tests that a default run leaves out. */
export const LONG_TESTS = pathsOf(LONG_ONLY);

/** Matches the paths of the tests of the long run. */
export const LONG_RUN = pathsOf([...LONG_ONLY, ...MORE_VALUES]);

function pathsOf(tests) {
  return `/test/(${tests.join('|')})[^/]*\\.test\\.ts$`;
}
