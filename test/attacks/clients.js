import { once } from 'node:events';
import { request } from 'node:http';
import { WebSocket } from 'ws';

/** Sends a query over HTTP. Returns the status and the code of the first error. */
export async function post(address, token, query, variables = {}) {
  try {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const code = /"code":"(\w+)"/.exec(text.slice(0, 2_000))?.[1] ?? 'ok';
    return { status: response.status, code, text };
  } catch (error) {
    return { status: 0, code: error.cause?.code ?? 'failed', text: '' };
  }
}

/** Returns the data of a successful query. */
export async function dataOf(address, token, query, variables) {
  const { text } = await post(address, token, query, variables);
  const { data, errors } = JSON.parse(text);
  if (errors) throw new Error(`the query failed: ${JSON.stringify(errors[0])}`);
  return data;
}

/** Sends a query and never reads the response. */
export function unreadPost(address, token, query) {
  const body = JSON.stringify({ query });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const asked = request(`${address}/graphql`, {
    ...{ method: 'POST', agent: false },
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
  });
  asked.on('response', (response) => response.pause());
  asked.on('error', () => undefined);
  asked.end(body);
  return { close: () => asked.destroy() };
}

/** Opens a graphql-ws connection; undefined when it was refused. */
export async function socketTo(address, token) {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  let stream;
  const tally = { messages: 0, bytes: 0, codes: {}, closed: undefined };
  socket.once('upgrade', (response) => {
    stream = response.socket;
  });
  socket.on('error', () => undefined);
  socket.on('close', (code) => {
    tally.closed = code;
  });
  socket.on('message', (data) => {
    tally.messages += 1;
    tally.bytes += data.length;
    const code = /"code":"(\w+)"/.exec(String(data).slice(0, 2_000))?.[1];
    if (code) tally.codes[code] = (tally.codes[code] ?? 0) + 1;
  });
  const opened = await Promise.race([once(socket, 'open').then(() => true), once(socket, 'close').then(() => false)]);
  if (!opened) return undefined;
  socket.send(JSON.stringify({ type: 'connection_init', payload: token ? { authorization: `Bearer ${token}` } : {} }));
  await Promise.race([once(socket, 'message'), once(socket, 'close')]).catch(() => undefined);
  return {
    tally,
    send: (id, query, variables = {}) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } })),
    pause: () => stream?.pause(),
    close: () => socket.terminate(),
  };
}
