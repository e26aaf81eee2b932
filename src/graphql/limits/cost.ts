import {
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { apiError } from '../errors.js';
import type { SelectedField, Selection } from '../executor/selection.js';

/** Items of a page when no size is asked for, and of a list that has no pages. */
const PAGE = 50;
const LIST = 5;
/** A value beside the object that it belongs to: ten of them cost what an object does. */
const LEAF = 0.1;
/** A thing that the schema says of itself takes less than one that is read. */
const INTROSPECTED = 0.1;
/** Fields that are looked at before a document is taken for too expensive, whatever they cost. */
const MAX_FIELDS = 50_000;
const TOO_MANY = 1_000_000_000;

/**
 * What a field costs beside what is below it: one for an object, a tenth for a value, and these for what must be reckoned or
 * folded from the chronicle.
 */
export const WEIGHTS: Readonly<Record<string, number>> = {
  'Query.monitoring': 500,
  'Monitoring.groups': 3_000,
  'Subscription.monitoringChanged': 500,
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
/** Counting a whole list. */
export const COUNT_WEIGHT = 10;

/** How many there are of what a list without pages holds, where that is more than a few. */
const LENGTHS: Readonly<Record<string, number>> = {
  'Monitoring.groups': 100,
  '__Type.fields': 10,
  '__Type.inputFields': 10,
  '__Type.enumValues': 10,
};

/**
 * What an operation costs, by its coerced variables: what is executed for it, object by object and value by value. Whatever stands in a list
 * counts as often as the list may be long, and the same field by another alias counts again.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  selection: Selection,
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
    private readonly selection: Selection,
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
    if (isLeafType(type)) return WEIGHTS[name] ?? LEAF;
    const args = this.#argsOf(field);
    const own = WEIGHTS[name] ?? (isIntrospectionType(type) ? INTROSPECTED : 1);
    const past = args.asOf === undefined || args.asOf === null ? 0 : PAST_WEIGHT;
    return own + past + this.#timesOf(field, args) * this.#below(field, type);
  }

  #below(field: SelectedField, type: ReturnType<typeof getNamedType>): number {
    const types: readonly GraphQLObjectType[] = isAbstractType(type)
      ? this.schema.getPossibleTypes(type)
      : isObjectType(type)
        ? [type]
        : [];
    // What is selected of an interface costs what its dearest type does.
    return Math.max(0, ...types.map((each) => this.all(this.selection.below(field, each))));
  }

  /** The arguments of a field; none where they do not fit, since it is not executed then. */
  #argsOf({ definition, nodes }: SelectedField): Readonly<Record<string, unknown>> {
    try {
      return definition.args.length === 0 ? {} : getArgumentValues(definition, nodes[0], { ...this.variables });
    } catch {
      return {};
    }
  }

  /** How many of what is below a field there may be. What lies in a page is counted where the page is asked for. */
  #timesOf({ definition, parent }: SelectedField, args: Readonly<Record<string, unknown>>): number {
    if (definition.args.some(({ name }: GraphQLArgument) => name === 'first')) {
      return sizeIn(args.first) ?? sizeIn(args.last) ?? PAGE;
    }
    if (Array.isArray(args.ids)) return args.ids.length;
    if (['nodes', 'edges'].includes(definition.name)) return 1;
    const type = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
    if (!isListType(type)) return 1;
    const name = `${parent.name}.${definition.name}`;
    return name === '__Schema.types' ? Object.keys(this.schema.getTypeMap()).length : (LENGTHS[name] ?? LIST);
  }
}

function sizeIn(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** The refusal of an operation that costs more than it may; undefined for others. */
export function checkCost(cost: number, limit: number): GraphQLError | undefined {
  if (cost <= limit) return undefined;
  return apiError(
    'QUERY_TOO_EXPENSIVE',
    `Query cost ${cost} exceeds the limit of ${limit}: ask for smaller pages (first: …), or for fewer lists within lists.`,
    { cost: { requested: cost, limit }, http: { status: 400 } },
  );
}
