import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holdPlace } from '../../src/app/listening.js';
import { serve } from '../../src/app/serve.js';
import { freePort, listener } from '../support/ports.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';

/** An address of the loopback interface on which no other test listens. */
const HOST = '127.0.7.1';

let directory: string;
let port: number;
beforeAll(async () => {
  directory = await temporaryDirectory();
  port = await freePort(HOST);
});
afterAll(() => removeDirectory(directory));

describe('a server that starts', () => {
  it('holds its port from the first moment, and says that it starts until it serves', async () => {
    const meanwhile: unknown[] = [];
    const settings = { LETOPIS_HOST: HOST, LETOPIS_PORT: String(port) };
    const served = await serve(testConfig({ directory, settings }), silent, async () => {
      meanwhile.push(await asked('/health/live'), await asked('/health/ready'), await asked('/graphql'));
      await expect(listener(HOST, port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    });
    expect(meanwhile).toEqual([
      { status: 200, retryAfter: null, body: { status: 'live' } },
      { status: 503, retryAfter: '2', body: expect.objectContaining({ status: 503, code: 'UNAVAILABLE' }) },
      { status: 503, retryAfter: '2', body: expect.objectContaining({ status: 503, code: 'UNAVAILABLE' }) },
    ]);
    expect(await asked('/health/ready')).toEqual({ status: 200, retryAfter: null, body: { status: 'ready' } });
    await served.close();
  });

  it('gives its port free when it cannot be made', async () => {
    const settings = { LETOPIS_HOST: HOST, LETOPIS_PORT: String(port) };
    const failing = serve(testConfig({ directory, settings }), silent, () => Promise.reject(new Error('no sample')));
    await expect(failing).rejects.toThrow('no sample');
    (await listener(HOST, port)).close();
  });

  it('does not wait for those who keep a connection open', async () => {
    const held = await holdPlace({ host: HOST, port });
    const idle = await connected();
    await held.release();
    await once(idle, 'close');
    await held.release();
  });
});

async function connected() {
  const socket = connect(port, HOST);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function asked(path: string) {
  const response = await fetch(`http://${HOST}:${port}${path}`);
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
}
