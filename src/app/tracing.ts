import { type Context, context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { CommandHandlers } from '../application/handler.js';
import type { EventStore } from '../eventstore/port.js';
import { withAppend } from './metrics.js';
import { version } from './version.js';

/** Command handlers of which each command is a span. */
export interface TracedCommands {
  readonly plans: Pick<CommandHandlers['plans'], 'handle'>;
  readonly organisations: Pick<CommandHandlers['organisations'], 'handle'>;
  readonly access: Pick<CommandHandlers['access'], 'handle'>;
  readonly persons: Pick<CommandHandlers['persons'], 'handle'>;
}

/** How long what is left is waited for when the server stops, in milliseconds. */
const FLUSH_MS = 5_000;

/** Spans of requests, commands and appends; without the switch they cost a call and go nowhere. */
export interface Tracing {
  traced(events: EventStore): EventStore;
  tracedCommands(handlers: CommandHandlers): TracedCommands;
  /** Each request is a span, within the trace that its caller names by `traceparent`. */
  traceRequests(app: FastifyInstance): void;
  close(): Promise<void>;
}

/**
 * Starts tracing to an OTLP endpoint over HTTP, such as `http://127.0.0.1:4318/v1/traces`; its packages are loaded then
 * and not before. Undefined: no tracing.
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
    // What cannot be delivered any more must not hold up the end of the server.
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
