/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Changes($after: Position!, $atLeast: Position) {\n  changes(after: $after, atLeast: $atLeast, first: 200) {\n    position\n    hasMore\n    changes {\n      kind\n      planId\n      gone\n    }\n  }\n}\n\nsubscription Rings {\n  changes {\n    position\n  }\n}": typeof types.ChangesDocument,
};
const documents: Documents = {
    "query Changes($after: Position!, $atLeast: Position) {\n  changes(after: $after, atLeast: $atLeast, first: 200) {\n    position\n    hasMore\n    changes {\n      kind\n      planId\n      gone\n    }\n  }\n}\n\nsubscription Rings {\n  changes {\n    position\n  }\n}": types.ChangesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Changes($after: Position!, $atLeast: Position) {\n  changes(after: $after, atLeast: $atLeast, first: 200) {\n    position\n    hasMore\n    changes {\n      kind\n      planId\n      gone\n    }\n  }\n}\n\nsubscription Rings {\n  changes {\n    position\n  }\n}"): typeof import('./graphql.js').ChangesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
