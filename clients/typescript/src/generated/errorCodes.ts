/** Codes of errors, with what the caller can do. */
export type ErrorCode =
  /** Select less, or page by page. */
  | 'ANSWER_TOO_LARGE'
  /** Use a cursor of the same list, filter and order. */
  | 'BAD_CURSOR'
  /** Use an id that the API returned, of the kind that the message names. */
  | 'BAD_ID'
  /** This chronicle has no such position (`problem` says why): start over with `/plans.jsonl`. */
  | 'BAD_POSITION'
  /** Correct the request: its body, headers or parameters are malformed. */
  | 'BAD_REQUEST'
  /** Correct the argument that the message names. */
  | 'BAD_USER_INPUT'
  /** The role or the access scope of the key does not allow this. */
  | 'FORBIDDEN'
  /** Correct the syntax of the GraphQL document. */
  | 'GRAPHQL_PARSE_FAILED'
  /** Correct the GraphQL document by the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** An error in the server: its log has the cause. */
  | 'INTERNAL_SERVER_ERROR'
  /** The key or token is unknown, expired or revoked: send another one. */
  | 'INVALID_KEY'
  /** Use a method that the header `allow` lists. */
  | 'METHOD_NOT_ALLOWED'
  /** It does not exist, or this key may not see it. */
  | 'NOT_FOUND'
  /** Name an operation of the GraphQL document. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** Ask for fewer items at once. */
  | 'PAGE_TOO_LARGE'
  /** Send the text of the GraphQL document with its hash once. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** Send the text of the GraphQL document. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** Select less, or page by page. */
  | 'QUERY_TOO_EXPENSIVE'
  /** Send fewer requests: try again after `retry-after`. */
  | 'RATE_LIMITED'
  /** Try again: the read models have not passed the position yet. */
  | 'READ_MODEL_BEHIND'
  /** Select less, or try again later. */
  | 'TIMEOUT'
  /** Send a smaller body. */
  | 'TOO_LARGE'
  /** Send a key: «Authorization: Bearer …». */
  | 'UNAUTHENTICATED'
  /** Try again after `retry-after`. A command with the same `commandId` is never executed twice. */
  | 'UNAVAILABLE';
