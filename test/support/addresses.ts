import type { Ids } from './walk.js';

/**
 * The paths that refer to something, for each address outside GraphQL. An address without references has the reason
 * instead.
 */
export const ADDRESSES: Readonly<Record<string, string | ((ids: Ids) => readonly string[])>> = {
  'GET /plans/{file}': ({ planId }) => [
    ...['html', 'docx', 'xlsx', 'csv', 'json', 'ics', 'text'].map((format) => `/plans/${planId}.${format}`),
    ...['execution', 'month=2020-10', 'report=QUARTER&day=2020-11-30', 'compare=r0..', 'compare=r0..r100000'].map(
      (query) => `/plans/${planId}.html?${query}`,
    ),
    `/plans/${planId}.text?month=2020-10`,
  ],
  'GET /plans/{plan}/proof.html': ({ planId }) => [
    `/plans/${planId}/proof.html`,
    `/plans/${planId}/proof.html?names=true`,
  ],
  'GET /plans.jsonl': ({ planId }) => [`/plans.jsonl?planId=${planId}`],
  'GET /audit.jsonl': (ids) => auditPaths('jsonl', ids),
  'GET /audit.csv': (ids) => auditPaths('csv', ids),
  'GET /graphql/stream': 'the subscription in it refers to something: see the subscriptions',
  'GET /metrics': 'counts over all organisations, for keys that see everything',
  'GET /tile/entries/{tile}': 'a tile is of the whole log, for keys that see everything',
  'GET /tile/{tile}': 'hashes, open to everybody',
  'GET /checkpoint': 'the size and root of the log, open to everybody',
  'GET /health/live': 'says nothing of what is stored',
  'GET /health/ready': 'says nothing of what is stored',
  'GET /health/commands': 'says nothing of what is stored',
  'GET /health/queries': 'says nothing of what is stored',
  'GET /openapi.json': 'says nothing of what is stored',
  'GET /explorer': 'says nothing of what is stored',
  'GET /': 'says nothing of what is stored',
  'GET /sign-in': 'says nothing of what is stored',
  'GET /sign-in/ways': 'says nothing of what is stored',
  'GET /sign-in/return': 'says nothing of what is stored',
  'GET /journal': 'says nothing of what is stored',
  'GET /points': 'says nothing of what is stored',
  'GET /wall': 'says nothing of what is stored',
  'GET /proof': 'says nothing of what is stored',
  'GET /document': 'says nothing of what is stored',
  'GET /document/{address}': 'says nothing of what is stored',
  'GET /plan': 'says nothing of what is stored',
  'GET /plan/{address}': 'says nothing of what is stored',
  'GET /assets/{file}': 'says nothing of what is stored',
};

function auditPaths(format: string, ids: Ids): string[] {
  const names = ['planId', 'sectionId', 'activityId', 'organisationId', 'partyId', 'actorId'];
  return names.map((name) => `/audit.${format}?${name}=${ids[name]}`);
}
