import { component, routeOperation, TEXT_SCHEMA } from './operation.js';

const WATCH = { tag: 'Operation', access: 'open' } as const;
const HEALTH_BODY = { 'application/json': component('Health') };

function healthOperation(summary: string) {
  return routeOperation({
    summary,
    ...WATCH,
    responses: { 200: ['It is.', HEALTH_BODY], 503: ['It is not: `status` says why.', HEALTH_BODY] },
  });
}

/** Operations of the addresses below /health. */
export const HEALTH = {
  live: routeOperation({
    summary: 'Whether the process runs',
    ...WATCH,
    responses: { 200: ['It does.', HEALTH_BODY] },
  }),
  ready: healthOperation('Whether the server is ready for requests'),
  commands: healthOperation('Whether the server is ready for commands'),
  queries: healthOperation('Whether the server is ready for queries'),
} as const;

/** Operation of /metrics. */
export const METRICS = routeOperation({
  summary: 'Metrics in the format of Prometheus',
  tag: 'Operation',
  access: 'key',
  responses: { 200: ['The metrics.', { 'text/plain': TEXT_SCHEMA }] },
});

/** Operation of /explorer. */
export const EXPLORER = routeOperation({
  summary: 'GraphiQL',
  tag: 'Web page',
  access: 'open',
  responses: { 200: ['The page.', { 'text/html': TEXT_SCHEMA }] },
});
