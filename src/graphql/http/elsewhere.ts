import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { apiError } from '../errors.js';

/** @throws GraphQLError BAD_USER_INPUT for a subscription, which one answer over HTTP cannot carry. */
export function checkAnswerable({ operation }: Pick<OperationDefinitionNode, 'operation'>): void {
  if (operation !== OperationTypeNode.SUBSCRIPTION) return;
  const message =
    'Open subscriptions over WebSocket at /graphql (protocol graphql-transport-ws), or as server-sent events at /graphql/stream.';
  throw apiError('BAD_USER_INPUT', message, { http: { status: 400 } });
}
