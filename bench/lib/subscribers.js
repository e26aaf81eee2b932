import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Sockets are opened so many at a time, as a server's queue of connections is short. */
const AT_ONCE = 50;

/**
 * Clients of one subscription, by the protocol of graphql-ws and no library for it. All are told the same bytes, so what
 * each is told is compared with what the quickest was told, and only that is read: a client costs next to nothing, and
 * none can miss a message, be told twice or in another order without notice.
 *
 * @param tokens each client comes by one of these, in turns.
 */
export async function subscribers(address, { count, tokens, query }) {
  /** What was told since the last {@link forget}, as the first client had it that came so far. */
  let told = [];
  let missing = 0;
  let waiting;
  const problems = [];
  const clients = Array.from({ length: count }, (_, index) => ({ token: tokens[index % tokens.length], count: 0 }));

  const take = (client, data) => {
    if (client.count === told.length) told.push(data);
    else if (!told[client.count].equals(data)) problems.push(`${data} in place of ${told[client.count]}`);
    client.count += 1;
    missing -= 1;
    if (missing === 0) waiting?.();
  };
  const open = async (client) => {
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    client.socket = socket;
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }));
    const [ack] = await once(socket, 'message');
    if (!`${ack}`.includes('connection_ack')) throw new Error(`a subscriber was told ${ack}`);
    socket.on('message', (data) => take(client, data));
    socket.on('close', (code, reason) => problems.push(`a connection was closed: ${code} ${reason}`));
    socket.send(JSON.stringify({ id: 'changes', type: 'subscribe', payload: { query } }));
  };
  for (let start = 0; start < count; start += AT_ONCE) {
    await Promise.all(clients.slice(start, start + AT_ONCE).map(open));
  }

  let expected;
  /** @throws Error when a client was told something beside what was expected, or after it. */
  const check = () => {
    const others = clients.filter((client) => expected !== undefined && client.count !== expected).length;
    if (others > 0) problems.push(`${others} clients were told more or less than ${expected} messages`);
    if (problems.length > 0) throw new Error(problems[0]);
  };
  const forget = () => {
    expected = undefined;
    told = [];
    for (const client of clients) client.count = 0;
  };
  return {
    forget,
    check,
    /** How many clients were told something. */
    reached: () => clients.filter((client) => client.count > 0).length,
    /**
     * Does what makes messages and waits until every client has so many of them.
     *
     * @returns them, once for all.
     * @throws Error when a client has others, or not all of them in time.
     */
    async told(messages, work, timeoutMs = 120_000) {
      check();
      forget();
      expected = messages;
      missing = messages * count;
      const all = new Promise((resolve) => {
        waiting = resolve;
      });
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${missing} messages did not come: ${problems[0]}`)), timeoutMs);
      });
      const [result] = await Promise.all([work(), Promise.race([all, late])]);
      clearTimeout(timer);
      check();
      return {
        result,
        messages: told.map((data) => JSON.parse(`${data}`).payload.data.changes),
        bytes: told[0].length,
      };
    },
    close() {
      for (const { socket } of clients) {
        socket.removeAllListeners('close');
        socket.terminate();
      }
    },
  };
}
