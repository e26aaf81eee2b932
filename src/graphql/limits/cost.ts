import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { apiError } from '../errors.js';

/** Items of a page when no size is asked for, and of a list that has no pages. */
const PAGE = 50;
const LIST = 5;

/**
 * What a field costs beside what is below it: one for an object, nothing for a leaf, and these for what must be reckoned or
 * folded from the chronicle.
 */
export const WEIGHTS: Readonly<Record<string, number>> = {
  'Query.monitoring': 100,
  'Query.indicatorItems': 100,
  'Query.compare': 500,
  'Query.history': 500,
  'Query.importPreview': 2_000,
  'Query.person': 1_000,
  'Query.extract': 100,
  'Organisation.parties': 200,
  'OrganisationReport.differences': 100,
  'PeriodReport.differences': 20,
  'PeriodReport.figuresNow': 20,
};
/** A field that is asked for a past folds a plan from its beginning. */
export const PAST_WEIGHT = 500;
/** Most fields that an operation selects, each fragment counted wherever it is spread. */
const MAX_NODES = 10_000;
/** Counting a whole list. */
export const COUNT_WEIGHT = 10;

const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const own = WEIGHTS[`${type.name}.${field.name}`] ?? (isLeafType(getNamedType(field.type)) ? 0 : 1);
  const past = args.asOf === undefined || args.asOf === null ? 0 : PAST_WEIGHT;
  if (field.name === 'totalCount') return COUNT_WEIGHT;
  return own + past + timesOf(field, args) * childComplexity;
};

/** How many of what is below a field there may be. What lies in a page is counted where the page is asked for. */
function timesOf(field: Parameters<ComplexityEstimator>[0]['field'], args: Readonly<Record<string, unknown>>): number {
  const names = field.args.map(({ name }) => name);
  if (names.includes('first')) return sizeIn(args.first) ?? sizeIn(args.last) ?? PAGE;
  if (Array.isArray(args.ids)) return args.ids.length;
  if (['nodes', 'edges'].includes(field.name)) return 1;
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isListType(type) ? LIST : 1;
}

function sizeIn(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** What an operation costs; nothing where its variables do not fit, since it will not be carried out. */
export function costOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
  operationName: string | undefined,
): number {
  const operation = getOperationAST(query, operationName);
  const values = getVariableValues(schema, operation?.variableDefinitions ?? [], variables ?? {});
  if (!operation || values.errors) return 0;
  try {
    return getComplexity({
      schema,
      query,
      estimators: [estimate],
      maxQueryNodes: MAX_NODES,
      ...(variables ? { variables: { ...variables } } : {}),
      ...(operationName === undefined ? {} : { operationName }),
    });
  } catch (error) {
    // Thrown without a code for too many nodes, and for nothing else in a document that is valid.
    if (!(error instanceof GraphQLError)) throw error;
    const message = `This selects more than ${MAX_NODES} fields, counting each fragment wherever it is spread: ask in several requests.`;
    throw apiError('QUERY_TOO_EXPENSIVE', message, { http: { status: 400 } });
  }
}

/** @throws GraphQLError QUERY_TOO_EXPENSIVE when an operation costs more than it may. */
export function checkCost(cost: number, limit: number): void {
  if (cost <= limit) return;
  throw apiError(
    'QUERY_TOO_EXPENSIVE',
    `This costs ${cost} and may cost ${limit}: ask for smaller pages (first: …), or for fewer lists within lists.`,
    { cost: { requested: cost, limit }, http: { status: 400 } },
  );
}
