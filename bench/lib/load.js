import { connect } from 'node:net';

/** Every answer that is wanted begins like this; one that does not is an error, and no figure is made of it. */
const WANTED = '{"data":{"';
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** A request as bytes: made once, so that asking costs next to nothing beside answering. */
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
 * Asks as quickly as a server answers, on so many connections, each one request after the other.
 *
 * @param next gives the next request, as bytes.
 * @returns `rate`, answers a second; `bytes` of one body on average; `busy`, the share of one core that asking itself took.
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
 * Asks at a fixed rate, whether earlier requests are answered or not, as callers do who know nothing of each other.
 *
 * @returns how long each answer took, in milliseconds, since it was due to be asked for: what waits for a free
 *   connection is counted too.
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
      // Timers are too coarse for this: the loop turns for as long as something is still to be asked.
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

/** One connection that is kept open: of what comes back it reads as much as it takes to know where an answer ends. */
function lineOn(socket) {
  let waiting;
  /** What is left of the body; undefined as long as the head is not whole, NaN where the body comes in chunks. */
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
      // The first line tells the size of the first chunk.
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
    /** Sends a request; the bytes of the answer's body, once it is there. */
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
