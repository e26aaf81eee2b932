import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { GUARDS } from '../../src/application/policy.js';
import { schema } from '../../src/graphql/schema.js';
import { keyOf } from './keys.js';
import type { Sample } from './server.js';
import { streamOf } from './sse.js';
import { type Ids, type Request, referencesOf, requestFor } from './walk.js';

/** The result of one request of a kind. */
export interface Outcome {
  /** The request and the way it was sent. */
  readonly asked: string;
  /** The HTTP status or the WebSocket close code; 0: the response was cut. */
  readonly status: number;
  readonly retryAfter: string | null;
  /** The whole response. */
  readonly text: string;
  /** The error codes in the response. */
  readonly codes: readonly string[];
}

/** One request to send. */
export interface Question {
  readonly name: string;
  /** True for a subscription, which may stay open without a message, because no event occurs that it would report. */
  readonly stays: boolean;
  /** Sends it. A subscription that is still silent when `enough` aborts is closed: its text is «open». */
  ask(enough: AbortSignal): Promise<Outcome>;
}

const AUTHORIZATION = `Bearer ${keyOf('administrator')}`;

/** Returns a request for every address and every operation of a server, in each way that it can be sent. */
export function everything(address: string, sample: Sample, head: string): Question[] {
  const ids: Ids = {
    planId: sample.planId,
    id: sample.planId,
    activityId: sample.activity(3),
    sectionId: sample.section(1),
  };
  const given = schema();
  const queries = Object.values(given.getQueryType()?.getFields() ?? {});
  const mutations = Object.values(given.getMutationType()?.getFields() ?? {});
  const subscriptions = Object.values(given.getSubscriptionType()?.getFields() ?? {});
  return [
    ...addresses(sample).map((path) => byAddress(address, path)),
    ...queries.map((field) => byPost(address, field.name, documentFor('query', field, ids, { depth: 1 }))),
    ...queries.map((field) => bySocket(address, field.name, documentFor('query', field, ids, { depth: 1 }), false)),
    ...mutations.map((field) => byPost(address, field.name, documentFor('mutation', field, ids))),
    ...subscriptions.flatMap((field) => {
      const document = documentFor('subscription', field, ids, { after: head });
      return [bySocket(address, field.name, document, true), byStream(address, field.name, document)];
    }),
  ];
}

/** Returns every address that the policy names, with valid parameters. */
function addresses({ planId }: Sample): string[] {
  const formats = ['docx', 'xlsx', 'html', 'csv', 'json', 'ics', 'text'];
  const known: Readonly<Record<string, readonly string[]>> = {
    '/plans/{file}': [...formats.map((format) => `/plans/${planId}.${format}`), `/plans/${planId}.html?compare=1..2`],
    '/plans/{plan}/proof.html': [`/plans/${planId}/proof.html`, `/plans/${planId}/proof.html?names=true`],
    '/plans.jsonl': ['/plans.jsonl', `/plans.jsonl?planId=${planId}`],
    '/graphql/stream': [`/graphql/stream?query=${encodeURIComponent('subscription { nothing }')}`],
    '/plan/{address}': [`/plan/${planId}`],
    '/document/{address}': [`/document/${planId}`],
    '/assets/{file}': ['/assets/nothing.js'],
    '/tile/entries/{tile}': ['/tile/entries/000.p/3'],
    '/tile/{tile}': ['/tile/0/000.p/3'],
  };
  return Object.keys(GUARDS).flatMap((name) => {
    const path = /^GET (.+)$/.exec(name)?.[1];
    if (path === undefined) return [];
    const paths = known[path] ?? [path];
    const [unfilled] = paths.filter((each) => each.includes('{'));
    if (unfilled !== undefined) throw new Error(`name an address for ${unfilled}`);
    return paths;
  });
}

/** An id that does not exist, for kinds without an example. */
const NOTHING = 'plan_00000000-0000-4000-8000-000000000000';

/**
 * Returns a document that selects a root field with every reference for which there is an example, and with a position.
 */
function documentFor(
  kind: Parameters<typeof requestFor>[0],
  field: Parameters<typeof requestFor>[1],
  ids: Ids,
  { depth = 0, after }: { readonly depth?: number; readonly after?: string } = {},
): Request {
  const references = referencesOf(field)
    .map(({ at }) => at)
    .filter((at) => ids[at.slice(at.lastIndexOf('.') + 1)] !== undefined);
  const isAfter = after !== undefined && field.args.some(({ name }) => name === 'resumeAfter');
  const option = isAfter ? { option: { at: `${field.name}.resumeAfter`, value: after } } : {};
  return requestFor(kind, field, { references, ...option }, (_, found) => ids[found] ?? NOTHING, depth);
}

function byAddress(address: string, path: string): Question {
  const headers = { authorization: AUTHORIZATION, 'accept-encoding': 'gzip' };
  return { name: path, stays: false, ask: () => answered(path, fetch(`${address}${path}`, { headers })) };
}

function byPost(address: string, name: string, document: Request): Question {
  const asked = `POST ${name}`;
  const headers = { authorization: AUTHORIZATION, 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(document) };
  return { name: asked, stays: false, ask: () => answered(asked, fetch(`${address}/graphql`, request)) };
}

async function answered(asked: string, request: Promise<Response>): Promise<Outcome> {
  const response = await request;
  const text = await response.text().catch(() => undefined);
  const { status, headers } = response;
  return {
    ...{ asked, text: text ?? '', codes: codesIn(text ?? '') },
    status: text === undefined ? 0 : status,
    retryAfter: headers.get('retry-after'),
  };
}

function byStream(address: string, name: string, { query, variables }: Request): Question {
  const asked = `stream ${name}`;
  return {
    name: asked,
    stays: true,
    async ask(enough) {
      const stream = await streamOf(address, query, { variables });
      if (stream.status !== 200) {
        const retryAfter = stream.retryAfter;
        return { asked, status: stream.status, retryAfter, text: stream.body, codes: codesIn(stream.body) };
      }
      const event = await Promise.race([stream.next(), aborted(enough)]);
      await stream.close();
      if (event === OPEN) return open(asked);
      const text = event ? `${event.event}: ${event.data}` : '';
      return { asked, status: event ? 200 : 0, retryAfter: null, text, codes: codesIn(text) };
    },
  };
}

const CloseEvent = z.object({ code: z.number(), reason: z.string() });

function bySocket(address: string, name: string, document: Request, stays: boolean): Question {
  const asked = `socket ${name}`;
  return {
    name: asked,
    stays,
    async ask(enough) {
      const client = createClient({
        url: `${address.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: AUTHORIZATION },
      });
      try {
        const results = client.iterate({ query: document.query, variables: { ...document.variables } });
        const result = await Promise.race([results.next(), aborted(enough)]);
        if (result === OPEN) return open(asked);
        const { value, done } = result;
        const text = done ? 'complete' : JSON.stringify(value);
        return { asked, status: done ? 1000 : 200, retryAfter: null, text, codes: codesIn(text) };
      } catch (error) {
        const closed = CloseEvent.safeParse(error);
        const text = closed.success ? closed.data.reason : JSON.stringify(error);
        return { asked, status: closed.data?.code ?? 200, retryAfter: null, text, codes: codesIn(text) };
      } finally {
        await client.dispose();
      }
    },
  };
}

const OPEN = Symbol('open');

async function aborted(signal: AbortSignal): Promise<typeof OPEN> {
  if (!signal.aborted) await once(signal, 'abort');
  return OPEN;
}

function open(asked: string): Outcome {
  return { asked, status: 200, retryAfter: null, text: 'open', codes: [] };
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code = '']) => code);
}
