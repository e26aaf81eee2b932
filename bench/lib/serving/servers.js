import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pino } from 'pino';
import { built } from '../dist.js';
import { openReadings, resolversOf, TYPE_DEFINITIONS } from './readings.js';

const HOST = '127.0.0.1';

/**
 * The servers by name. Each answers at `/graphql` and is set up as in its documentation. A started server has an
 * `address` and `close`. Letopis gets a data directory; the others get the file with its read models.
 */
export const SERVERS = {
  letopis,
  apollo,
  mercurius,
  yoga,
  'graphql-js': plain,
  'raw http': raw,
  'graphql-ws': fanningOut,
  'graphql-ws over the same schema': fanningOutOurs,
  'raw sockets': fanningOutStored,
};

async function letopis({ path, clock, key, settings }) {
  const { readConfig } = await built('app/config.js');
  const { serve } = await built('app/serve.js');
  const config = readConfig({
    LETOPIS_DATA: path,
    LETOPIS_PORT: '0',
    LETOPIS_SAMPLE: 'off',
    LETOPIS_RATE: '10000000',
    LETOPIS_CLOCK: clock,
    LETOPIS_BOOTSTRAP_KEY: key,
    ...settings,
  });
  const server = await serve(config, pino({ level: 'silent' }));
  return { address: server.address, close: () => server.close() };
}

async function apollo({ readModels }) {
  const { ApolloServer } = await import('@apollo/server');
  const { startStandaloneServer } = await import('@apollo/server/standalone');
  const readings = await openReadings(readModels);
  const server = new ApolloServer({ typeDefs: TYPE_DEFINITIONS, resolvers: resolversOf(readings) });
  const { url } = await startStandaloneServer(server, { listen: { host: HOST, port: 0 } });
  return { address: new URL(url).origin, close: () => server.stop() };
}

async function mercurius({ readModels }) {
  const { default: plugin } = await import('mercurius');
  const { default: fastify } = await import('fastify');
  const readings = await openReadings(readModels);
  const app = fastify();
  await app.register(plugin, { schema: TYPE_DEFINITIONS, resolvers: resolversOf(readings), jit: 1 });
  const address = await app.listen({ host: HOST, port: 0 });
  return { address, close: () => app.close() };
}

async function yoga({ readModels }) {
  const { createSchema, createYoga } = await import('graphql-yoga');
  const readings = await openReadings(readModels);
  const schema = createSchema({ typeDefs: TYPE_DEFINITIONS, resolvers: resolversOf(readings) });
  return listening(createServer(createYoga({ schema })));
}

/** graphql-js with only a cache of parsed and validated GraphQL documents. */
async function plain({ readModels }) {
  const { buildSchema, execute, parse, validate } = await import('graphql');
  const readings = await openReadings(readModels);
  const schema = buildSchema(TYPE_DEFINITIONS);
  const resolvers = resolversOf(readings);
  for (const [type, fields] of Object.entries(resolvers)) {
    for (const [field, resolve] of Object.entries(fields)) schema.getType(type).getFields()[field].resolve = resolve;
  }
  const documents = new Map();
  const documentOf = (query) => {
    if (!documents.has(query)) {
      const document = parse(query);
      documents.set(query, { document, errors: validate(schema, document) });
    }
    return documents.get(query);
  };
  return answeringBodies(async (body) => {
    const { query, variables } = JSON.parse(body);
    const { document, errors } = documentOf(query);
    const answer = errors.length > 0 ? { errors } : await execute({ schema, document, variableValues: variables });
    return JSON.stringify(answer);
  });
}

/** The upper limit: sends stored bytes for every request. */
async function raw() {
  let bytes = Buffer.alloc(0);
  const server = await answeringBodies(() => bytes);
  return {
    ...server,
    store(text) {
      bytes = Buffer.from(text);
    },
  };
}

const CHANGES = `
  type ActivityStatus { timing: String! evidence: String! }
  type StatusChange { activityId: ID! after: ActivityStatus }
  type Change { position: String! eventType: String! planId: ID statusChanges: [StatusChange!]! }
  type Query { hello: String }
  type Subscription { changes: Change! }
`;

/** graphql-ws with a separate minimal schema, whose fields need no resolvers. */
async function fanningOut() {
  const graphql = await import('graphql');
  return subscribable(graphql, graphql.buildSchema(CHANGES), undefined, (change) => ({ changes: change }));
}

/** graphql-ws with the schema and resolvers of Letopis, on the same source objects. */
async function fanningOutOurs() {
  const { schema: ours } = await built('graphql/schema.js');
  const schema = ours();
  const named = (type, name) => schema.getType(type).getValue(name).value;
  const positions = { token: (position) => position, tokenAt: (position) => position };
  const context = { positions };
  // The copy of graphql-js that the schema was built with, not the one of the benchmarks.
  const graphql = createRequire(new URL('../../../package.json', import.meta.url))('graphql');
  return subscribable(graphql, schema, context, ({ position, eventType, planId, statusChanges }) => ({
    position,
    resumeAt: position,
    eventType,
    planId: planId.slice('plan_'.length),
    kind: 'activity',
    entryId: '',
    organisationId: null,
    activityId: null,
    activityIds: [],
    changed: [],
    isGone: false,
    recordedAt: '',
    statusChanges: statusChanges.map(({ activityId, after }) => ({
      activityId: activityId.split('.')[1],
      before: null,
      after: after && { timing: named('Timing', after.timing), evidence: named('Evidence', after.evidence) },
    })),
  }));
}

/**
 * Returns a subscription server with graphql-ws, set up as in its documentation: each subscription is executed
 * separately.
 */
async function subscribable({ execute, subscribe, validate }, schema, context, payloadOf) {
  const { useServer } = await import('graphql-ws/use/ws');
  const { createPubSub } = await import('@graphql-yoga/subscription');
  const { WebSocketServer } = await import('ws');
  const eventTarget = new EventTarget();
  setMaxListeners(0, eventTarget);
  const told = createPubSub({ eventTarget });
  schema.getSubscriptionType().getFields().changes.subscribe = () => told.subscribe('changes');
  const server = createServer();
  // graphql-ws may resolve another copy of graphql-js than that of the schema, so pass the functions explicitly.
  useServer({ schema, context, execute, subscribe, validate }, new WebSocketServer({ server, path: '/graphql' }));
  return {
    ...(await listening(server)),
    publish(changes) {
      for (const change of changes) told.publish('changes', payloadOf(change));
    },
  };
}

/** The upper limit: builds the bytes of a frame once and writes them to every socket. */
async function fanningOutStored() {
  const { Sender, WebSocketServer } = await import('ws');
  const subscribed = new Set();
  const server = createServer();
  new WebSocketServer({ server, path: '/graphql' }).on('connection', (socket, { socket: stream }) => {
    socket.on('message', (data) => {
      const { type } = JSON.parse(data);
      if (type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
      else subscribed.add(stream);
    });
  });
  return {
    ...(await listening(server)),
    publish(changes) {
      const frames = changes.flatMap((change) => {
        const text = JSON.stringify({ id: 'changes', type: 'next', payload: { data: { changes: change } } });
        return Sender.frame(Buffer.from(text), { fin: true, opcode: 1, mask: false, readOnly: false, rsv1: false });
      });
      const bytes = Buffer.concat(frames);
      for (const stream of subscribed) stream.write(bytes);
    },
  };
}

function answeringBodies(answerTo) {
  return listening(
    createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', async () => {
        const answer = await answerTo(body);
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(answer),
        });
        response.end(answer);
      });
    }),
  );
}

async function listening(server) {
  await new Promise((resolve) => server.listen(0, HOST, resolve));
  return { address: `http://${HOST}:${server.address().port}`, close: () => server.close() };
}
