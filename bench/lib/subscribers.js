import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Number of sockets opened at a time: the connection queue of a server is short. */
const AT_ONCE = 50;

/**
 * Opens clients of one subscription, with the graphql-ws protocol but without a library. All clients must receive the
 * same bytes: each message is compared with that of the fastest client, and only the latter is parsed. So a client
 * costs almost nothing, and a missing, repeated or reordered message is detected.
 *
 * @param tokens access tokens, assigned to the clients in rotation.
 */
export async function subscribers(address, { count, tokens, query }) {
  /** Messages since the last `forget`, from the first client that received each. */
  let told = [];
  let missing = 0;
  let waiting;
  const problems = [];
  const clients = Array.from({ length: count }, (_, index) => ({ token: tokens[index % tokens.length], count: 0 }));

  const take = (client, data) => {
    if (client.count === told.length) told.push(data);
    else if (!told[client.count].equals(data)) problems.push(`${data} instead of ${told[client.count]}`);
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
    if (!`${ack}`.includes('connection_ack'))
      throw new Error(`a subscriber received ${ack} instead of an acknowledgement`);
    socket.on('message', (data) => take(client, data));
    socket.on('close', (code, reason) => problems.push(`a connection was closed: ${code} ${reason}`));
    socket.send(JSON.stringify({ id: 'changes', type: 'subscribe', payload: { query } }));
  };
  for (let start = 0; start < count; start += AT_ONCE) {
    await Promise.all(clients.slice(start, start + AT_ONCE).map(open));
  }

  let expected;
  /**
   * Checks the received messages.
   *
   * @throws Error if a client received other messages than expected, or more.
   */
  const check = () => {
    const others = clients.filter((client) => expected !== undefined && client.count !== expected).length;
    if (others > 0) problems.push(`${others} clients received more or fewer than ${expected} messages`);
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
    /** Returns the number of clients that received something. */
    reached: () => clients.filter((client) => client.count > 0).length,
    /**
     * Runs work that causes messages, and waits until every client has this many.
     *
     * @returns the result of the work and the messages, which are the same for all clients.
     * @throws Error if a client receives other messages, or not all of them in time.
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
        timer = setTimeout(() => reject(new Error(`${missing} messages did not arrive: ${problems[0]}`)), timeoutMs);
      });
      const [result] = await Promise.all([work(), Promise.race([all, late])]);
      clearTimeout(timer);
      check();
      return {
        result,
        messages: told.map(changesIn),
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

/** Returns the change in a message. */
function changesIn(message) {
  const { data, errors } = JSON.parse(`${message}`).payload;
  if (!data) throw new Error(`a subscription failed: ${JSON.stringify(errors)}`);
  return data.changes;
}
