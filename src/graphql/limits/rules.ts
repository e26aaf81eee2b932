import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/** Maximum number of tokens of a document. */
export const MAX_TOKENS = 4_000;
/** Deepest nesting of fields, without introspection fields. */
const MAX_QUERY_DEPTH = 12;
/** Maximum number of aliases in a document. */
const MAX_ALIASES = 30;
/** Maximum number of directives in a document. */
const MAX_DIRECTIVES = 50;

/** Reports a violation as a validation error instead of throwing it. */
const reportedErrors = (what: string) => ({
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null) =>
      context?.reportError(new GraphQLError(`A document has at most ${what}: split it into several.`)),
  ],
});

/** Validation rules that do not depend on variables. They run once for each GraphQL document. */
export const DOCUMENT_RULES: readonly ValidationRule[] = [
  maxDepthRule({
    n: MAX_QUERY_DEPTH,
    ignoreIntrospection: true,
    flattenFragments: true,
    ...reportedErrors(`${MAX_QUERY_DEPTH} fields within one another`),
  }),
  maxAliasesRule({ n: MAX_ALIASES, allowList: [], ...reportedErrors(`${MAX_ALIASES} aliases`) }),
  maxDirectivesRule({ n: MAX_DIRECTIVES, ...reportedErrors(`${MAX_DIRECTIVES} directives`) }),
];
