import { connect } from 'node:net';

/** Every successful answer begins like this. Any other answer is an error and ends the measurement. */
const WANTED = '{"data":{"';
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** Returns a request as bytes. It is built once, so that sending costs little compared with answering. */
export function requestOf(query, variables, token) {
  const body = JSON.stringify({ query, variables });
  const head = [
    'POST /graphql HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    'accept: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * Sends requests as fast as the server answers, on several connections, one request at a time on each.
 *
 * @param next returns the bytes of the next request.
 * @returns `rate`, answers per second; `bytes`, the average size of a body; `busy`, the share of one core used by the
 * client.
 */
export async function pressed(address, { connections, milliseconds, next }) {
  const lines = await connected(address, connections);
  const before = process.cpuUsage();
  const start = performance.now();
  const end = start + milliseconds;
  let answers = 0;
  let bytes = 0;
  try {
    await Promise.all(
      lines.map(async (line) => {
        while (performance.now() < end) {
          const size = await line.ask(next());
          bytes += size;
          answers += 1;
        }
      }),
    );
  } finally {
    for (const line of lines) line.close();
  }
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { rate: (answers / wall) * 1_000, answers, bytes: bytes / answers, busy: (user + system) / 1_000 / wall };
}

/**
 * Sends requests at a fixed rate, whether or not earlier ones are answered, as independent clients do.
 *
 * @returns the latency of each answer in milliseconds, from the time when its request was due: waiting for a free
 * connection is included.
 */
export async function paced(address, { connections, milliseconds, rate, next }) {
  const lines = await connected(address, connections);
  const free = [...lines];
  const due = [];
  const taken = [];
  const total = Math.floor((rate * milliseconds) / 1_000);
  try {
    await new Promise((resolve, reject) => {
      const start = performance.now();
      let asked = 0;
      const send = () => {
        while (due.length > 0 && free.length > 0) {
          const since = due.shift();
          const line = free.pop();
          line.ask(next()).then(() => {
            taken.push(performance.now() - since);
            free.push(line);
            if (taken.length === total) resolve();
            else send();
          }, reject);
        }
      };
      // Timers are too coarse: poll the event loop until the last request is sent.
      const turn = () => {
        const now = performance.now();
        for (; asked < total && start + (asked * 1_000) / rate <= now; asked += 1)
          due.push(start + (asked * 1_000) / rate);
        send();
        if (asked < total) setImmediate(turn);
      };
      turn();
    });
  } finally {
    for (const line of lines) line.close();
  }
  return taken;
}

function connected(address, count) {
  const { hostname, port } = new URL(address);
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const socket = connect({ host: hostname, port: Number(port), noDelay: true });
          socket.once('error', reject);
          socket.once('connect', () => resolve(lineOn(socket)));
        }),
    ),
  );
}

/** Returns a client on one persistent connection. It parses only as much of a response as it needs to find its end. */
function lineOn(socket) {
  let waiting;
  /** Bytes left of the body; undefined until the head is complete, NaN for a chunked body. */
  let left;
  let seen = 0;
  let kept = Buffer.alloc(0);
  const fail = (error) => {
    const { reject } = waiting ?? {};
    waiting = undefined;
    socket.destroy();
    reject?.(error);
  };
  const done = () => {
    const { resolve } = waiting;
    const bytes = seen;
    waiting = undefined;
    left = undefined;
    seen = 0;
    kept = Buffer.alloc(0);
    resolve(bytes);
  };
  const body = (data) => {
    if (Number.isNaN(left)) {
      kept = kept.length === 0 ? data : Buffer.concat([kept, data]);
      if (!kept.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) return;
      // The first line is the size of the first chunk.
      const text = kept.subarray(0, 100).toString('latin1');
      if (!text.slice(text.indexOf('\r\n') + 2).startsWith(WANTED)) return fail(new Error(`an answer: ${text}`));
      seen = kept.length;
      done();
      return;
    }
    if (seen === 0 && data.length > 0 && data.latin1Slice(0, WANTED.length) !== WANTED)
      return fail(new Error(`an answer: ${data.subarray(0, 500)}`));
    seen += data.length;
    left -= data.length;
    if (left === 0) done();
  };
  socket.on('data', (data) => {
    if (left !== undefined) return body(data);
    const all = kept.length === 0 ? data : Buffer.concat([kept, data]);
    const end = all.indexOf(END_OF_HEAD);
    if (end === -1) {
      kept = all;
      return;
    }
    const head = all.latin1Slice(0, end);
    if (!head.startsWith('HTTP/1.1 200')) return fail(new Error(`an answer: ${all.subarray(0, 1_000)}`));
    left = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
    kept = Buffer.alloc(0);
    const rest = all.subarray(end + END_OF_HEAD.length);
    if (rest.length > 0) body(rest);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed a connection')));
  return {
    /** Sends a request. Resolves with the bytes of the response body. */
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
