import type { FastifyContextConfig } from 'fastify';

/** A JSON Schema (2020-12), as OpenAPI 3.1 uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: true;
  readonly description: string;
  readonly schema: JsonSchema;
}

type MediaTypes = Readonly<Record<string, { readonly schema: JsonSchema }>>;

interface AnyResponse {
  readonly description: string;
  readonly content?: MediaTypes;
}

/** An operation of OpenAPI 3.1, as far as the addresses of Letopis need it. */
export interface RouteOperation {
  readonly summary: string;
  readonly tags: readonly [string];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: MediaTypes };
  readonly responses: Readonly<Record<string, AnyResponse | { readonly $ref: string }>>;
}

/** A text, or the schema of a value, with its description. */
type Described = string | readonly [description: string, schema: JsonSchema];

/** The description of a route. Everything else of its {@link RouteOperation} is derived from it. */
export interface OperationParts {
  readonly summary: string;
  /** The group in which API tools list the route. */
  readonly tag: 'GraphQL' | 'Files' | 'Transparency log' | 'Operation' | 'Web page';
  /** `key`: holders of a key may call the route. `open`: everybody may. */
  readonly access: 'key' | 'open';
  readonly path?: Readonly<Record<string, Described>>;
  readonly query?: Readonly<Record<string, Described>>;
  readonly headers?: Readonly<Record<string, Described>>;
  readonly body?: JsonSchema;
  /** Responses by status, each with its media types. */
  readonly responses: Readonly<
    Record<number, readonly [description: string, content?: Readonly<Record<string, JsonSchema>>]>
  >;
}

/** Returns the schema of a component. */
export function component(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A text without further rules. */
export const TEXT_SCHEMA: JsonSchema = { type: 'string' };

/** Returns the operation of a route. */
export function routeOperation(parts: OperationParts): RouteOperation {
  const { summary, tag, access, path = {}, query = {}, headers = {}, body, responses } = parts;
  const parameters = [
    ...parametersIn('path', path),
    ...parametersIn('query', query),
    ...parametersIn('header', headers),
  ];
  const error = tag === 'GraphQL' ? 'GraphQLErrors' : 'Problem';
  return {
    summary,
    tags: [tag],
    security: access === 'key' ? [{ key: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: mediaTypes({ 'application/json': body }) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, [description, content]]) => [
          status,
          { description, ...(content && { content: mediaTypes(content) }) },
        ]),
      ),
      default: { $ref: `#/components/responses/${error}` },
    },
  };
}

function parametersIn(place: Parameter['in'], described: Readonly<Record<string, Described>>): Parameter[] {
  return Object.entries(described).map(([name, value]) => {
    const [description, schema] = typeof value === 'string' ? [value, TEXT_SCHEMA] : value;
    return { name, in: place, ...(place === 'path' && { required: true }), description, schema };
  });
}

function mediaTypes(schemas: Readonly<Record<string, JsonSchema>>): MediaTypes {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
}

/** Returns the names of the query parameters of an operation. */
export function queryNames({ parameters = [] }: RouteOperation): readonly string[] {
  return parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
}

/** The operations of a route, by method. */
export type Operations = Readonly<Partial<Record<'get' | 'post' | 'delete', RouteOperation>>>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The OpenAPI operations of the route. A route without them is refused at the start of the server. */
    readonly operations?: Operations;
  }
}

/** Returns the options of a route with its description. */
export function describedBy(operations: Operations): { readonly config: FastifyContextConfig } {
  return { config: { operations } };
}
