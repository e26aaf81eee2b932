/**
 * A stand-in for a KurrentDB server, for machines on which none can be installed: the gRPC services that the client
 * uses, over the SQLite event store. It behaves as a real server was observed to (a repeated append is recognised by
 * the ids of its events, positions have gaps, $all contains other events), and fails on demand. Started as a process:
 * it prints its port, and takes faults as messages. Arguments: the directory, the port (0: any), and the directory of
 * key.pem and cert.pem (none: without TLS).
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { streamsOf, TOMBSTONE, TOMBSTONE_REVISION } from './streams.mjs';

const require = createRequire(import.meta.url);
const grpc = require('@grpc/grpc-js');
const streams = require('@eventstore/db-client/generated/streams_pb.js');
const shared = require('@eventstore/db-client/generated/shared_pb.js');
const status = require('@eventstore/db-client/generated/status_pb.js');
const features = require('@eventstore/db-client/generated/serverfeatures_pb.js');
const { StreamsService } = require('@eventstore/db-client/generated/streams_grpc_pb.js');
const { ServerFeaturesService } = require('@eventstore/db-client/generated/serverfeatures_grpc_pb.js');
const { Any } = require('google-protobuf/google/protobuf/any_pb.js');

const [directory, port = '0', tls = ''] = process.argv.slice(2);
const dist = new URL('../../../dist/', import.meta.url);
const { openSqlite } = await import(new URL('engine/storage/sqlite.js', dist).href);
const { openSqliteEventStore } = await import(new URL('engine/eventstore/sqlite/store.js', dist).href);
const { WrongExpectedRevision } = await import(new URL('engine/eventstore/port.js', dist).href);

const MAX_APPEND = 1_048_576;
/** After this number of events the server writes an event of its own kind. */
const NOISE = 7;
const SYSTEM_STREAM = '$stats-127.0.0.1:2113';
const PAGE = 500;

const file = join(directory, 'standin.db');
// After a kill the store would check that each event contains its stream. These events have the form of another engine.
const left = await openSqlite(file, 'writer');
left.exec('PRAGMA wal_checkpoint(TRUNCATE)');
left.close();
const store = await openSqliteEventStore(file);
const inStreams = streamsOf(store, keyOf);

/** The present faults: see test/support/kurrentdb/server.ts. */
const faults = {
  notReady: false,
  stall: false,
  silent: false,
  delay: 0,
  cutBefore: 0,
  cutAfter: 0,
  noPositions: false,
  otherPositions: false,
  search: 0,
  denied: '',
};
/** Numbers of calls since they were last read. */
const calls = { append: 0, readStream: 0, readAll: 0, subscribe: 0 };
process.on('message', async ({ scavenge, count, ...message }) => {
  Object.assign(faults, message);
  if (scavenge) await inStreams.scavenge(scavenge);
  process.send?.({ done: true, calls: { ...calls } });
  if (count) Object.assign(calls, { append: 0, readStream: 0, readAll: 0, subscribe: 0 });
});

const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
server.addService(ServerFeaturesService, { getSupportedMethods });
server.addService(StreamsService, {
  batchAppend,
  read,
  append: unimplemented,
  delete: deleteSoftly,
  tombstone,
});
const bound = await new Promise((resolve, reject) => {
  server.bindAsync(`127.0.0.1:${port}`, credentials(), (error, number) => (error ? reject(error) : resolve(number)));
});
process.stdout.write(`${bound}\n`);
process.on('disconnect', () => process.exit());

function credentials() {
  if (tls === '') return grpc.ServerCredentials.createInsecure();
  const pair = { private_key: readFileSync(join(tls, 'key.pem')), cert_chain: readFileSync(join(tls, 'cert.pem')) };
  return grpc.ServerCredentials.createSsl(null, [pair]);
}

function getSupportedMethods(_, callback) {
  if (faults.notReady) return callback(notReady());
  const method = new features.SupportedMethod();
  method.setServiceName('event_store.client.streams.Streams');
  method.setMethodName('batchappend');
  const answer = new features.SupportedMethods();
  answer.setEventStoreServerVersion('stand-in');
  answer.setMethodsList([method]);
  return callback(null, answer);
}

function unimplemented(_, callback) {
  callback({ code: grpc.status.UNIMPLEMENTED, message: 'not in the stand-in' });
}

function notReady() {
  return { code: grpc.status.UNKNOWN, message: 'The operation failed: Server Is Not Ready' };
}

function batchAppend(call) {
  const pending = new Map();
  let turn = Promise.resolve();
  call.on('error', () => undefined);
  call.on('end', () => turn.then(() => call.end()));
  call.on('data', (request) => {
    const id = request.getCorrelationId().getString();
    const known = pending.get(id) ?? { options: request.getOptions(), messages: [] };
    known.messages.push(...request.getProposedMessagesList());
    pending.set(id, known);
    if (!request.getIsFinal()) return;
    pending.delete(id);
    turn = turn.then(() => answered(call, request.getCorrelationId(), known));
  });
}

/** Refuses a call as a server with users does; undefined: the call is allowed. */
function denial(what) {
  const metadata = new grpc.Metadata();
  switch (faults.denied) {
    case 'all':
      if (what !== 'all') return undefined;
      metadata.set('exception', 'access-denied');
      return { code: grpc.status.PERMISSION_DENIED, message: 'Access Denied', details: 'Access Denied', metadata };
    case 'user':
      return { code: grpc.status.UNAUTHENTICATED, message: 'Bad HTTP status code: 401', metadata };
    default:
      return undefined;
  }
}

function deleted(name) {
  const metadata = new grpc.Metadata();
  metadata.set('exception', 'stream-deleted');
  metadata.set('stream-name', name);
  return { code: grpc.status.FAILED_PRECONDITION, message: `Event stream '${name}' is deleted.`, metadata };
}

async function deleteSoftly({ request }, callback) {
  const name = textOf(request.getOptions().getStreamIdentifier().getStreamName_asU8());
  if (await inStreams.isTombstoned(name)) return callback(deleted(name));
  await ownEvent(`$$${name}`, '$metadata', await inStreams.softDeleted(name));
  return callback(null, new streams.DeleteResp());
}

async function tombstone({ request }, callback) {
  const name = textOf(request.getOptions().getStreamIdentifier().getStreamName_asU8());
  if (await inStreams.isTombstoned(name)) return callback(deleted(name));
  await ownEvent(name, TOMBSTONE, '{}');
  return callback(null, new streams.TombstoneResp());
}

/** Appends an event of the server itself. */
async function ownEvent(name, type, data) {
  const last = (await store.readStream(keyOf(name), { direction: 'backwards', limit: 1 }))[0]?.revision;
  const id = `${randomUUID()}@${(last ?? -1) + 1}@${keyOf(name)}`;
  const body = JSON.stringify({
    stream: name,
    data: Buffer.from(data).toString('base64'),
    metadata: '',
    contentType: 'application/json',
    created: String(BigInt(Date.now()) * 10_000n),
  });
  await store.append(keyOf(name), last ?? 'noStream', [{ id, type, schemaVersion: 1, body }]);
  inStreams.written(name);
}

async function answered(call, correlationId, { options, messages }) {
  calls.append += 1;
  if (denial('append')) return fail(call, denial('append'));
  if (faults.notReady) return fail(call, notReady());
  if (faults.stall) return undefined;
  if (faults.cutBefore > 0) {
    faults.cutBefore -= 1;
    return cut(call);
  }
  const name = textOf(options.getStreamIdentifier().getStreamName_asU8());
  const answer = new streams.BatchAppendResp();
  answer.setCorrelationId(correlationId);
  answer.setStreamIdentifier(options.getStreamIdentifier());
  try {
    const { revision, position } = await stored(name, options, messages);
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(revision));
    const place = placeOf(position);
    if (faults.otherPositions) place.prepare -= 1n;
    const at = new shared.AllStreamPosition();
    at.setCommitPosition(String(place.commit));
    at.setPreparePosition(String(place.prepare));
    success.setPosition(at);
    answer.setSuccess(success);
  } catch (error) {
    answer.setError(errorOf(error));
  }
  if (faults.cutAfter > 0) {
    faults.cutAfter -= 1;
    return cut(call);
  }
  await delayed();
  return call.write(answer);
}

function cut(call) {
  // The whole connection is lost, not only the call.
  fail(call, { code: grpc.status.UNAVAILABLE, message: 'Connection dropped' });
}

function fail(call, error) {
  call.emit('error', error);
}

async function stored(name, options, messages) {
  const events = messages.map((message) => {
    const body = JSON.stringify({
      stream: name,
      data: Buffer.from(message.getData_asU8()).toString('base64'),
      metadata: Buffer.from(message.getCustomMetadata_asU8()).toString('base64'),
      contentType: message.getMetadataMap().get('content-type'),
      created: String(BigInt(Date.now()) * 10_000n),
    });
    const id = message.getId().getString();
    return { id, type: message.getMetadataMap().get('type'), schemaVersion: 1, body };
  });
  const size = messages.reduce(
    (sum, message) => sum + message.getData_asU8().length + message.getCustomMetadata_asU8().length,
    0,
  );
  if (size > MAX_APPEND) throw new TooLarge();
  const stream = keyOf(name);
  const state = await inStreams.stateOf(name);
  if (state.kind === 'tombstoned') throw new Tombstoned();
  const last = state.kind === 'absent' ? undefined : state.last;
  const any = options.hasAny();
  // A soft-deleted stream may be begun again. Its revisions continue.
  const begins = options.hasNoStream() ? (state.kind === 'softDeleted' ? last : 'noStream') : undefined;
  const expected = any ? (last ?? 'noStream') : (begins ?? Number(options.getStreamPosition()));
  // A repeat is recognised by the ids alone, whatever the events contain.
  const from = expected === 'noStream' ? 0 : expected + 1;
  // An event with the same id at another place is another event, as on the server.
  for (const [index, event] of events.entries()) event.id = `${event.id}@${from + index}@${stream}`;
  const repeated = async () => {
    const there = await store.readStream(stream, { from, limit: events.length });
    const isRepeat = there.length === events.length && there.every(({ id }, index) => id === events[index].id);
    return isRepeat ? { revision: there.at(-1).revision, position: there.at(-1).position } : undefined;
  };
  const before = await repeated();
  if (before) return before;
  try {
    const appended = await store.append(stream, expected, events);
    inStreams.written(name);
    if (state.kind === 'softDeleted') {
      await ownEvent(`$$${name}`, '$metadata', JSON.stringify({ $tb: appended.firstRevision }));
    }
    return { revision: appended.lastRevision, position: appended.position };
  } catch (error) {
    // A connection that was cut and the one after it may bring the same append at once.
    const now = await repeated();
    if (now) return now;
    // Another append was faster at that moment, and this one may be stored at any revision.
    if (any && error instanceof WrongExpectedRevision) return stored(name, options, messages);
    throw error;
  }
}

class TooLarge extends Error {}
class Tombstoned extends Error {}

function errorOf(error) {
  const answer = new status.Status();
  const details = new Any();
  if (error instanceof TooLarge) {
    const inner = new shared.MaximumAppendSizeExceeded();
    inner.setMaxappendsize(MAX_APPEND);
    details.pack(inner.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
  } else if (error instanceof Tombstoned) {
    details.pack(new shared.StreamDeleted().serializeBinary(), 'event_store.client.StreamDeleted');
  } else if (error instanceof WrongExpectedRevision) {
    const inner = new shared.WrongExpectedVersion();
    if (error.actual === 'noStream') inner.setCurrentNoStream(new shared.Empty());
    else inner.setCurrentStreamRevision(String(error.actual));
    if (error.expected === 'noStream') inner.setExpectedNoStream(new shared.Empty());
    else inner.setExpectedStreamPosition(String(error.expected));
    details.pack(inner.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  } else {
    details.pack(new shared.Unknown().serializeBinary(), 'event_store.client.Unknown');
    answer.setMessage(String(error.message));
  }
  answer.setDetails(details);
  return answer;
}

function read(call) {
  const options = call.request.getOptions();
  const ended = { done: false };
  call.on('cancelled', () => {
    ended.done = true;
  });
  call.on('error', () => {
    ended.done = true;
  });
  const work = options.hasStream()
    ? readStream(call, options, ended)
    : options.hasSubscription()
      ? subscribe(call, options, ended)
      : readAll(call, options, ended);
  work.then(
    () => (ended.done ? undefined : call.end()),
    (error) => (ended.done ? undefined : fail(call, { code: grpc.status.UNKNOWN, message: String(error.message) })),
  );
}

async function readStream(call, options, ended) {
  calls.readStream += 1;
  if (faults.notReady) return fail(call, notReady());
  if (denial('stream')) return fail(call, denial('stream'));
  await answering(ended);
  const request = options.getStream();
  const name = textOf(request.getStreamIdentifier().getStreamName_asU8());
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const asked = request.hasRevision() ? Number(request.getRevision()) : undefined;
  const most = Number(options.getCount());
  const state = await inStreams.stateOf(name);
  if (state.kind === 'tombstoned') return fail(call, deleted(name));
  const from = backwards ? asked : Math.max(asked ?? 0, state.first ?? 0);
  if (state.kind !== 'open') {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(request.getStreamIdentifier());
    const answer = new streams.ReadResp();
    answer.setStreamNotFound(missing);
    call.write(answer);
    return undefined;
  }
  let count = 0;
  for (let next = from; count < most; ) {
    const limit = Math.min(PAGE, most - count);
    const page = await store.readStream(keyOf(name), {
      direction: backwards ? 'backwards' : 'forwards',
      limit,
      ...(next === undefined ? {} : { from: next }),
    });
    for (const event of page) {
      if (event.revision >= state.first) await send(call, eventOf(event, faults.noPositions), ended);
    }
    count += page.length;
    const last = page.at(-1);
    if (page.length < limit || !last || (backwards && last.revision === 0)) return undefined;
    next = last.revision + (backwards ? -1 : 1);
  }
  return undefined;
}

async function readAll(call, options, ended) {
  calls.readAll += 1;
  if (faults.notReady) return fail(call, notReady());
  if (denial('all')) return fail(call, denial('all'));
  await answering(ended);
  const all = options.getAll();
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const most = Number(options.getCount());
  let count = 0;
  if (!backwards) {
    const from = all.hasPosition() ? positionOf(all) : { commit: 0n, prepare: 0n };
    for await (const entry of forwards(from, true)) {
      await send(call, entry, ended);
      count += 1;
      if (count >= most || ended.done) return undefined;
    }
    return undefined;
  }
  const head = numberOf(await store.head());
  const from = all.hasPosition() ? positionOf(all) : { commit: 1n << 62n, prepare: 0n };
  for (let number = Math.min(head, Number(from.commit / 64n)); number >= 1 && !ended.done; number -= 1) {
    const event = await store.eventAt(nativeOf(number));
    for (const entry of event ? entriesOf(event).reverse() : []) {
      if (!isBefore(from, placeOfEntry(entry))) {
        await send(call, entry, ended);
        count += 1;
        if (count >= most) return undefined;
      }
    }
  }
  return undefined;
}

async function subscribe(call, options, ended) {
  calls.subscribe += 1;
  if (faults.notReady) return fail(call, notReady());
  if (denial('all')) return fail(call, denial('all'));
  await answering(ended);
  const all = options.getAll();
  const filter = filterOf(options);
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId('stand-in');
  const answer = new streams.ReadResp();
  answer.setConfirmation(confirmation);
  let after = all.hasEnd() ? await store.head() : '';
  const from = all.hasPosition() ? positionOf(all) : undefined;
  if (from) after = nativeOf(Math.max(0, Number(from.commit / 64n) - 1));
  call.write(answer);
  const stop = new AbortController();
  call.on('cancelled', () => stop.abort());
  call.on('error', () => stop.abort());
  let isLive = false;
  for await (const batch of store.subscribeToAll({ after, signal: stop.signal })) {
    for (const event of batch.events) {
      // Decoding every event for every subscription would make the stand-in slow.
      if (faults.search === 0 && !filter.mayTake(event.type)) continue;
      for (const entry of entriesOf(event)) {
        if (from && !isBefore(from, placeOfEntry(entry))) continue;
        if (!filter.takes(entry)) {
          await passedOver(call, entry, ended);
          continue;
        }
        // A stalled subscription is silent, and does not report that either.
        while ((faults.stall || (faults.silent && isLive)) && !ended.done) await pause(10);
        await send(call, entry, ended);
      }
    }
    if (ended.done) return undefined;
    if (batch.caughtUp && !isLive) {
      isLive = true;
      const caughtUp = new streams.ReadResp();
      caughtUp.setCaughtUp(new streams.ReadResp.CaughtUp());
      call.write(caughtUp);
    }
  }
  return undefined;
}

function filterOf(options) {
  if (!options.hasFilter()) return { takes: () => true, mayTake: () => true };
  const filter = options.getFilter();
  const byStream = filter.hasStreamIdentifier();
  const expression = byStream ? filter.getStreamIdentifier() : filter.getEventType();
  const prefixes = expression.getPrefixList();
  const regex = expression.getRegex();
  const fits = (text) =>
    prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : new RegExp(regex).test(text);
  return { takes: ({ stream, type }) => fits(byStream ? stream : type), mayTake: (type) => byStream || fits(type) };
}

async function* forwards(from) {
  let after = nativeOf(Math.max(0, Number(from.commit / 64n) - 1));
  for (;;) {
    const batch = await store.readAll({ after, limit: PAGE });
    for (const event of batch.events) {
      for (const entry of entriesOf(event)) if (!isBefore(placeOfEntry(entry), from)) yield entry;
    }
    if (batch.caughtUp) return;
    after = batch.position;
  }
}

/** Returns the entries of $all at an event: the event, preceded in some places by an event of the server. */
function entriesOf(event) {
  const number = numberOf(event.position);
  const own = inStreams.isRemoved(event.position) ? [] : [eventOf(event, false)];
  if (number % NOISE !== 0) return own;
  const place = BigInt(number) * 64n;
  return [
    {
      id: '00000000-0000-4000-8000-000000000000',
      stream: SYSTEM_STREAM,
      revision: number,
      type: '$statsCollected',
      data: Buffer.from('{}'),
      metadata: Buffer.alloc(0),
      contentType: 'application/json',
      created: '0',
      commit: place,
      prepare: place,
    },
    ...own,
  ];
}

function eventOf(event, withoutPosition) {
  const { stream, data, metadata, contentType, created } = JSON.parse(event.body);
  const { commit, prepare } = withoutPosition
    ? { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n }
    : placeOf(event.position);
  return {
    id: event.id.slice(0, 36),
    stream,
    revision: event.type === TOMBSTONE ? TOMBSTONE_REVISION : event.revision,
    type: event.type,
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
    contentType,
    created,
    commit,
    prepare,
  };
}

async function send(call, entry, ended) {
  if (ended.done) return;
  await delayed();
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(entry.id);
  recorded.setId(id);
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(entry.stream).toString('base64'));
  recorded.setStreamIdentifier(name);
  recorded.setStreamRevision(String(entry.revision));
  recorded.setCommitPosition(String(entry.commit));
  recorded.setPreparePosition(String(entry.prepare));
  recorded.getMetadataMap().set('type', entry.type);
  recorded.getMetadataMap().set('created', entry.created);
  recorded.getMetadataMap().set('content-type', entry.contentType);
  recorded.setData(entry.data.toString('base64'));
  recorded.setCustomMetadata(entry.metadata.toString('base64'));
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(entry.commit));
  const answer = new streams.ReadResp();
  answer.setEvent(event);
  if (call.write(answer) === false && !ended.done) {
    await new Promise((resolve) => {
      const names = ['drain', 'cancelled', 'close'];
      const on = () => {
        for (const name of names) call.removeListener(name, on);
        resolve();
      };
      for (const name of names) call.on(name, on);
    });
  }
}

/** Sends a checkpoint for an event that a search skips, as a real server does. Only while `faults.search` is set. */
async function passedOver(call, entry, ended) {
  if (faults.search === 0 || ended.done) return;
  await pause(faults.search);
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(entry.commit));
  checkpoint.setPreparePosition(String(entry.prepare));
  const answer = new streams.ReadResp();
  answer.setCheckpoint(checkpoint);
  call.write(answer);
}

async function answering(ended) {
  while (faults.stall && !ended.done) await pause(10);
  await delayed();
}

async function delayed() {
  if (faults.delay > 0) await pause(faults.delay);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function textOf(bytes) {
  return Buffer.from(bytes).toString('utf8');
}

/** The stream in the store: names of the server may be longer. */
function keyOf(name) {
  return name.length <= 150 ? name : `${name.slice(0, 100)}${createHash('sha256').update(name).digest('hex')}`;
}

function numberOf(native) {
  return native === '' ? 0 : Number(native);
}

function nativeOf(number) {
  return number <= 0 ? '' : String(number).padStart(16, '0');
}

/** Commit and prepare positions differ, like those of a transaction with several events. */
function placeOf(native) {
  const commit = BigInt(numberOf(native)) * 64n + 40n;
  return { commit, prepare: commit - 8n };
}

function placeOfEntry({ commit, prepare }) {
  return { commit, prepare };
}

function positionOf(all) {
  const position = all.getPosition();
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
}

function isBefore(a, b) {
  return a.commit < b.commit || (a.commit === b.commit && a.prepare < b.prepare);
}
