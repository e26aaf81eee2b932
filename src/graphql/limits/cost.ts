import {
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { INDICATORS } from '../../domain/indicators/codes.js';
import { apiError } from '../errors.js';
import { argumentsOf } from '../executor/arguments.js';
import type { OperationSelection, SelectedField } from '../executor/selection.js';
import { DEFAULT_PAGE_SIZE } from './pageSize.js';

/** Assumed items of a list without pages. */
const LIST = 5;
/** Cost of a scalar or enum field. An object costs 1. */
const LEAF_COST = 0.1;
/** Cost of an introspection object. It is cheaper than an object that is read from a store. */
const INTROSPECTED = 0.1;
/** A document with more fields than this is too expensive, whatever its exact cost. */
const MAX_FIELDS = 50_000;
const TOO_MANY = 1_000_000_000;

/**
 * Costs of fields that compute or fold events, without their selections. Other fields cost 1 for an object and 0.1 for
 * a value.
 */
export const WEIGHTS: Readonly<Record<string, number>> = {
  'Query.monitoring': 500,
  'Monitoring.groups': 3_000,
  'Monitoring.series': 500,
  'MonitoringGroup.months': 50,
  'Subscription.monitoringChanged': 500,
  'Query.indicatorItems': 100,
  'Query.compare': 500,
  'Query.history': 500,
  'Query.importPreview': 2_000,
  'Query.timeframeReading': 20,
  'Query.person': 1_000,
  'Query.extract': 100,
  'Organisation.parties': 200,
  'OrganisationReport.differences': 100,
  'PeriodReport.differences': 20,
  'PeriodReport.figuresNow': 20,
};
/** Cost of reading the past, which folds a plan from its first event. */
const PAST_WEIGHT = 500;
/** Cost of counting a whole list. */
const COUNT_WEIGHT = 10;

/** Assumed lengths of unpaged lists, for lists longer than {@link LIST}. */
const LENGTHS: Readonly<Record<string, number>> = {
  'Monitoring.groups': 100,
  'MonitoringGroup.months': 24,
  'MonitoringGroup.indicators': INDICATORS.length,
  'FiguresOnDay.indicators': INDICATORS.length,
  '__Type.fields': 10,
  '__Type.inputFields': 10,
  '__Type.enumValues': 10,
};

/**
 * Returns the cost of an operation with coerced variables: the sum over all objects and values that it may execute. A
 * selection inside a list counts once for each item that the list may have. Aliases of one field each count.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  selection: OperationSelection,
  variables: Readonly<Record<string, unknown>>,
): number {
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const cost = new Reckoning(schema, selection, variables).all(selection.roots(root, operation.selectionSet));
  return Math.floor(cost);
}

class Reckoning {
  #fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly selection: OperationSelection,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  all(fields: readonly SelectedField[]): number {
    let sum = 0;
    for (const field of fields) sum += this.#one(field);
    return sum;
  }

  #one(field: SelectedField): number {
    this.#fields += 1;
    if (this.#fields > MAX_FIELDS) return TOO_MANY;
    const { definition, parent } = field;
    if (definition.name === 'totalCount') return COUNT_WEIGHT;
    const type = getNamedType(definition.type);
    const name = `${parent.name}.${definition.name}`;
    if (isLeafType(type)) return WEIGHTS[name] ?? LEAF_COST;
    const args = this.#argsOf(field);
    const own = WEIGHTS[name] ?? (isIntrospectionType(type) ? INTROSPECTED : 1);
    return own + PAST_WEIGHT * pastsIn(args) + this.#timesOf(field, args) * this.#below(field, type);
  }

  #below(field: SelectedField, type: ReturnType<typeof getNamedType>): number {
    const types: readonly GraphQLObjectType[] = isAbstractType(type)
      ? this.schema.getPossibleTypes(type)
      : isObjectType(type)
        ? [type]
        : [];
    // A selection on an interface costs as much as on its most expensive type.
    return Math.max(0, ...types.map((each) => this.all(this.selection.below(field, each))));
  }

  /** Returns the arguments of a field; an empty object if they are invalid, because the field is then not executed. */
  #argsOf(field: SelectedField): Readonly<Record<string, unknown>> {
    try {
      return field.definition.args.length === 0 ? {} : argumentsOf(field, this.variables);
    } catch {
      return {};
    }
  }

  /**
   * Returns how many items the selection of a field may have. The size of a page counts at the field with the page
   * arguments, not at `nodes` or `edges`.
   */
  #timesOf({ definition, parent }: SelectedField, args: Readonly<Record<string, unknown>>): number {
    if (definition.args.some(({ name }: GraphQLArgument) => name === 'first')) {
      return positiveNumber(args.first) ?? positiveNumber(args.last) ?? DEFAULT_PAGE_SIZE;
    }
    const named = args.ids ?? args.days ?? args.codes;
    if (Array.isArray(named)) return named.length;
    if (['nodes', 'edges'].includes(definition.name)) return 1;
    const type = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
    if (!isListType(type)) return 1;
    const name = `${parent.name}.${definition.name}`;
    return name === '__Schema.types' ? Object.keys(this.schema.getTypeMap()).length : (LENGTHS[name] ?? LIST);
  }
}

/** Returns how many past states the arguments name, by `asOf` or by ids. */
function pastsIn({ asOf, id, ids }: Readonly<Record<string, unknown>>): number {
  const named = [id, ids].flat().filter((each) => typeof each === 'string' && each.includes('@'));
  return named.length + (asOf === undefined || asOf === null ? 0 : 1);
}

function positiveNumber(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** Returns an error if an operation exceeds the limit; otherwise undefined. */
export function checkCost(cost: number, limit: number): GraphQLError | undefined {
  if (cost <= limit) return undefined;
  return apiError(
    'QUERY_TOO_EXPENSIVE',
    `Query cost ${cost} exceeds the limit of ${limit}: ask for smaller pages (first: …), or for fewer lists within lists.`,
    { cost: { requested: cost, limit }, http: { status: 400 } },
  );
}
