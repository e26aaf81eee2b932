import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { type Completer, completerOf } from './completion.js';

/** A selected field, resolved against the schema. */
export interface SelectedField {
  /** The response key of the field: its alias or its name. */
  readonly key: string;
  /** The text before the value in the JSON of its object: a brace or comma, the response key, and a colon. */
  readonly label: string;
  /** Every node of the GraphQL document that selects it. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parent: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Converts its values to JSON text. */
  readonly completer: Completer;
}

type CoercedVariables = Readonly<Record<string, unknown>>;

/** The selections of an operation, by type. Memoized for each place of the document. */
export class OperationSelection {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #below = new Map<SelectedField, Map<GraphQLObjectType, readonly SelectedField[]>>();
  readonly #roots = new Map<SelectionSetNode, readonly SelectedField[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: CoercedVariables,
  ) {
    const fragments = document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [each] : []));
    this.#fragments = new Map(fragments.map((each) => [each.name.value, each]));
  }

  /** Returns the fields that an operation selects on its root type. */
  roots(type: GraphQLObjectType, selectionSet: SelectionSetNode): readonly SelectedField[] {
    const known = this.#roots.get(selectionSet);
    if (known) return known;
    const fields = this.#fieldsOf(type, [selectionSet]);
    this.#roots.set(selectionSet, fields);
    return fields;
  }

  /** Returns the fields that a field selects on an object type. */
  below(field: SelectedField, type: GraphQLObjectType): readonly SelectedField[] {
    const byType = this.#below.get(field) ?? new Map<GraphQLObjectType, readonly SelectedField[]>();
    this.#below.set(field, byType);
    const known = byType.get(type);
    if (known) return known;
    const fields = this.#fieldsOf(
      type,
      field.nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
    byType.set(type, fields);
    return fields;
  }

  #fieldsOf(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): readonly SelectedField[] {
    const found = new Map<string, [FieldNode, ...FieldNode[]]>();
    const visited = new Set<string>();
    for (const selectionSet of selectionSets) this.#collect(type, selectionSet, found, visited);
    const fields: SelectedField[] = [];
    for (const [key, nodes] of found) {
      const definition = this.#definitionOf(type, nodes[0].name.value);
      const label = `${fields.length === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      if (!definition) continue;
      fields.push({ key, label, nodes, parent: type, definition, completer: completerOf(definition.type) });
    }
    return fields;
  }

  #collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    found: Map<string, [FieldNode, ...FieldNode[]]>,
    visited: Set<string>,
  ): void {
    for (const node of selections) {
      if (getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.if === false) continue;
      switch (node.kind) {
        case Kind.FIELD: {
          const key = (node.alias ?? node.name).value;
          const known = found.get(key);
          if (known) known.push(node);
          else found.set(key, [node]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (this.#fits(node.typeCondition?.name.value, type)) this.#collect(type, node.selectionSet, found, visited);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = node.name.value;
          const fragment = visited.has(name) ? undefined : this.#fragments.get(name);
          visited.add(name);
          if (fragment && this.#fits(fragment.typeCondition.name.value, type)) {
            this.#collect(type, fragment.selectionSet, found, visited);
          }
          break;
        }
      }
    }
  }

  #fits(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = this.schema.getType(condition);
    return isAbstractType(conditionType) && this.schema.isSubType(conditionType, type);
  }

  #definitionOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }
}

/** Returns true when the selection may depend on variables: the document has @skip, @include or another directive. */
export function selectsByVariables(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}
