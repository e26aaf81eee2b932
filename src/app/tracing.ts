import { type Context, context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { CommandHandlers } from '../application/commands.js';
import type { EventStore } from '../engine/eventstore/port.js';
import { withAppend } from './metrics.js';
import { version } from './version.js';

/** Command handlers that record a span for each command. */
export interface TracedCommands {
  readonly plans: Pick<CommandHandlers['plans'], 'handle'>;
  readonly organisations: Pick<CommandHandlers['organisations'], 'handle'>;
  readonly access: Pick<CommandHandlers['access'], 'handle'>;
  readonly persons: Pick<CommandHandlers['persons'], 'handle'>;
}

/** Timeout of an export of spans, also of the last one when the server stops, in milliseconds. */
const FLUSH_MS = 5_000;

/** Records spans of requests, commands and appends. */
export interface Tracing {
  /** Returns the same event store with a span for each append. */
  traced(events: EventStore): EventStore;
  /** Returns the same handlers with a span for each command. */
  tracedCommands(handlers: CommandHandlers): TracedCommands;
  /** Records a span for each request, within the trace of its `traceparent` header. */
  traceRequests(app: FastifyInstance): void;
  close(): Promise<void>;
}

/**
 * Starts tracing to an OTLP endpoint over HTTP, such as `http://127.0.0.1:4318/v1/traces`. Loads the packages for it
 * only then. Returns undefined when no endpoint is configured.
 */
export async function startTracing(endpoint: string | undefined): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'letopis', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: endpoint, timeoutMillis: FLUSH_MS }))],
  });
  provider.register();
  return {
    ...spans(),
    // Spans that cannot be exported must not make the shutdown fail.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function spans(): Omit<Tracing, 'close'> {
  const tracer = trace.getTracer('letopis', version);
  const inSpan = <T>(name: string, attributes: Record<string, string | number>, work: () => Promise<T>): Promise<T> =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        return await work();
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  return {
    traced: (events) =>
      withAppend(events, (stream, expected, list) =>
        inSpan('append', { 'letopis.events': list.length }, () => events.append(stream, expected, list)),
      ),
    tracedCommands: ({ plans, organisations, access, persons }) => ({
      plans: {
        handle: (request) => inSpan('command', { 'letopis.plan': request.id }, () => plans.handle(request)),
      },
      organisations: {
        handle: (request) =>
          inSpan('command', { 'letopis.organisation': request.id }, () => organisations.handle(request)),
      },
      access: {
        handle: (request) => inSpan('command', { 'letopis.access': request.id }, () => access.handle(request)),
      },
      persons: {
        handle: (request) => inSpan('command', { 'letopis.subject': request.id }, () => persons.handle(request)),
      },
    }),
    traceRequests(app) {
      const running = new WeakMap<object, Context>();
      app.addHook('onRequest', (request, _reply, done) => {
        const caller = propagation.extract(context.active(), request.headers);
        const attributes = { 'http.request.method': request.method, 'url.path': request.url.split('?')[0] ?? '' };
        const within = trace.setSpan(caller, tracer.startSpan(`HTTP ${request.method}`, { attributes }, caller));
        running.set(request, within);
        context.with(within, done);
      });
      app.addHook('onResponse', (request, reply, done) => {
        const within = running.get(request);
        const span = within && trace.getSpan(within);
        span?.setAttribute('http.response.status_code', reply.statusCode);
        span?.end();
        done();
      });
    },
  };
}
