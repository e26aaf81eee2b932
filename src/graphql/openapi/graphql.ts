import { component, type OperationParts, routeOperation, TEXT_SCHEMA } from './operation.js';

const GROUP = { tag: 'GraphQL', access: 'key' } as const;
const BODY = component('GraphQLRequest');
const JSON_TEXT = { type: 'string', contentMediaType: 'application/json' };
const PARAMETERS: OperationParts['query'] = {
  query: 'The GraphQL document.',
  variables: ['A JSON object.', JSON_TEXT],
  operationName: 'Which operation of the document.',
  extensions: ['A JSON object.', JSON_TEXT],
  documentId: 'Id of a document that the operator has given to the server, in place of `query`.',
};
const ANSWER: OperationParts['responses'] = {
  200: ['The data; `errors` has why a part is null.', { 'application/json': component('GraphQLAnswer') }],
};
const EVENTS: OperationParts['responses'] = {
  200: [
    'Server-sent events: `next` with a result as data and its position as `id`; `complete` at the end; comments in between.',
    { 'text/event-stream': TEXT_SCHEMA },
  ],
};
const RESUMES = { 'Last-Event-ID': 'Continues after this position, whatever `after` the document has.' };

/** Operation of `POST /graphql`. */
export const GRAPHQL = routeOperation({ summary: 'A query or a mutation', ...GROUP, body: BODY, responses: ANSWER });

/** Operation of `GET /graphql`. */
export const GRAPHQL_BY_GET = routeOperation({
  summary: 'A query, with caching by `ETag`',
  ...GROUP,
  query: PARAMETERS,
  responses: { ...ANSWER, 302: ['A browser is sent to the explorer.'] },
  headers: { 'apollo-require-preflight': ['So that no page of another site can send the request.', { const: '1' }] },
});

/** Operation of `POST /graphql/stream`. */
export const STREAM = routeOperation({
  summary: 'A subscription',
  ...GROUP,
  headers: RESUMES,
  body: BODY,
  responses: EVENTS,
});

/** Operation of `GET /graphql/stream`. */
export const STREAM_BY_GET = routeOperation({
  summary: 'A subscription, for EventSource',
  ...GROUP,
  headers: RESUMES,
  query: PARAMETERS,
  responses: EVENTS,
});
