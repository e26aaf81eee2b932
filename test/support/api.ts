import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { isFieldOf } from './fieldPaths.js';
import { type KeyRole, keyOf } from './keys.js';
import { lastingDifferences, type Post } from './ways.js';

export interface AskOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The role whose key is sent; null sends no key. Default: the administrator. */
  readonly key?: KeyRole | null;
  /** Accept-Language; none by default. */
  readonly language?: 'ru' | 'en';
}

const ERRORS = z.array(
  z.object({
    message: z.string(),
    path: z.array(z.unknown()).optional(),
    extensions: z.looseObject({ code: z.string() }),
  }),
);
const ANSWER = z.object({ data: z.unknown().optional(), errors: ERRORS.default([]) });

/** The response to a query. */
export type Answer = z.infer<typeof ANSWER> & { readonly status: number; readonly text: string };

const ENTRY = z.object({ id: z.string(), eventType: z.string(), position: z.string() });
const PLAN = z.object({ id: z.string(), status: z.string(), edition: z.number(), revision: z.number() });
/** The field of a user error: the API answers a path, the tests compare it as one text. */
export const FIELD_PATH = z
  .array(z.string())
  .nullable()
  .transform((path) => path?.join('.') ?? null);
const USER_ERROR = z.object({ code: z.string(), field: FIELD_PATH, message: z.string() });
const OUTCOME = z.object({
  plan: PLAN.nullable(),
  entries: z.array(ENTRY),
  position: z.string().nullable(),
  userErrors: z.array(USER_ERROR),
});

/** The payload of a command. */
export type Outcome = z.infer<typeof OUTCOME>;
/** The payload of an accepted command. */
export type Done = Outcome & { readonly plan: z.infer<typeof PLAN>; readonly position: string };

const OUTCOME_FIELDS = `plan { id status edition revision } entries { id eventType position } position
  userErrors { code field message }`;

/** The GraphQL API of a server, over HTTP and WebSocket. */
export interface TestApi {
  /** Sends a body unchanged, for requests that no client would send. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a query and returns the response, with or without errors. */
  query(document: string, options?: AskOptions): Promise<Answer>;
  /** Returns the data of a query that must succeed. */
  data(document: string, options?: AskOptions): Promise<unknown>;
  /** Returns the data of a query that must succeed, parsed by a schema. */
  read<T>(shape: z.ZodType<T>, document: string, options?: AskOptions): Promise<T>;
  /** Executes a command by the name of its mutation and returns the payload, accepted or refused. */
  command(name: string, input: Readonly<Record<string, unknown>>, options?: AskOptions): Promise<Outcome>;
  /** Executes a command that must be accepted. */
  done(name: string, input: Readonly<Record<string, unknown>>, options?: AskOptions): Promise<Done>;
  /** Executes a command that must be refused, and returns the first user error. */
  refused(
    name: string,
    input: Readonly<Record<string, unknown>>,
    options?: AskOptions,
  ): Promise<Outcome['userErrors'][number]>;
  /** Subscribes and returns the results as they arrive. */
  subscribe(document: string, options?: AskOptions): Subscribed;
}

export interface Subscribed {
  /** The next result; undefined when the subscription has ended. */
  next(): Promise<unknown>;
  /** Ends the subscription and its connection. */
  close(): Promise<void>;
}

/** With LETOPIS_TEST_WAYS=1 every query of a test is sent in all ways, and the responses are compared. */
const IN_ALL_WAYS = process.env.LETOPIS_TEST_WAYS === '1';

/** Returns a function that posts bodies to an address and returns the responses. */
export function postTo(address: string, headers: Readonly<Record<string, string>>): Post {
  return async (body) => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      // Longer than any deadline of the server: a request without a response fails its test, not the whole run.
      signal: AbortSignal.timeout(60_000),
    });
    return {
      status: response.status,
      text: await response.text(),
      type: response.headers.get('content-type'),
    };
  };
}

/** Sends one query with these headers and nothing else. */
export async function postQuery(
  address: string,
  query: string,
  headers: Readonly<Record<string, string>>,
): Promise<Omit<Answer, 'text'>> {
  const { status, text } = await postTo(address, headers)(JSON.stringify({ query }));
  return { status, ...ANSWER.parse(JSON.parse(text)) };
}

/** The API at an address. */
export function apiAt(address: string): TestApi {
  const api: TestApi = {
    async post(body, headers = {}) {
      const { status, text } = await postTo(address, headers)(body);
      return { ...ANSWER.parse(JSON.parse(text)), status, text };
    },
    async query(document, { variables = {}, key = 'administrator', language } = {}) {
      const headers = {
        ...(key === null ? {} : { authorization: `Bearer ${keyOf(key)}` }),
        ...(language === undefined ? {} : { 'accept-language': language }),
      };
      const answer = await api.post(JSON.stringify({ query: document, variables }), headers);
      // A refusal is recorded each time, and tests count the records.
      const isRefused = answer.errors.some(({ extensions }) => extensions.code === 'FORBIDDEN');
      if (IN_ALL_WAYS && !isRefused && !/^\s*mutation/.test(document)) {
        const found = await lastingDifferences(postTo(address, headers), { query: document, variables });
        if (found.length > 0) throw new Error(`${document} is answered in different ways: ${found.join('\n')}`);
      }
      return answer;
    },
    async data(document, options) {
      const { data, errors } = await api.query(document, options);
      if (errors.length > 0) throw new Error(`the query failed: ${JSON.stringify(errors)}`);
      return data;
    },
    async read(shape, document, options) {
      return shape.parse(await api.data(document, options));
    },
    async command(name, input, options) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const document = `mutation($input: ${type}!) { outcome: ${name}(input: $input) { ${OUTCOME_FIELDS} } }`;
      const { outcome } = await api.read(z.object({ outcome: OUTCOME }), document, {
        ...options,
        variables: { input },
      });
      for (const { field } of outcome.userErrors) {
        if (field !== null && !isFieldOf(name, field)) throw new Error(`the input of ${name} has no field ${field}`);
      }
      return outcome;
    },
    async done(name, input, options) {
      const { plan, position, ...rest } = await api.command(name, input, options);
      if (!plan || position === null) throw new Error(`${name} was refused: ${JSON.stringify(rest.userErrors)}`);
      return { ...rest, plan, position };
    },
    async refused(name, input, options) {
      const { userErrors, entries } = await api.command(name, input, options);
      const [first] = userErrors;
      if (!first || entries.length > 0) throw new Error(`${name} was carried out`);
      return first;
    },
    subscribe: (document, options) => subscribed(address, document, options),
  };
  return api;
}

function subscribed(address: string, query: string, options: AskOptions = {}): Subscribed {
  const { variables = {}, key = 'administrator', language } = options;
  const client = createClient({
    url: `${address.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: {
      ...(key === null ? {} : { authorization: `Bearer ${keyOf(key)}` }),
      ...(language === undefined ? {} : { 'accept-language': language }),
    },
  });
  const results = client.iterate({ query, variables });
  return {
    async next() {
      const { value, done } = await results.next();
      return done ? undefined : value;
    },
    async close() {
      await results.return?.();
      await client.dispose();
    },
  };
}
