/**
 * Runs one of the measured servers in a separate process. Between two rounds the parent reads its processor time and
 * memory.
 */
import { answering } from '../child.js';
import { profiled } from '../profile.js';
import { SERVERS } from './servers.js';

const [name, given] = process.argv.slice(2);
const server = await started();
let endProfile;

answering(
  { address: server.address, missing: server.missing },
  {
    processor() {
      const { user, system } = process.cpuUsage();
      return { microseconds: user + system };
    },
    memory() {
      globalThis.gc?.();
      return process.memoryUsage();
    },
    store: ({ text }) => server.store(text),
    publish: ({ changes }) => server.publish(changes),
    profile({ title }) {
      const ended = new Promise((resolve) => {
        endProfile = resolve;
      });
      endProfile.printed = profiled(title, () => ended);
    },
    async endProfile() {
      endProfile();
      await endProfile.printed;
    },
  },
  () => server.close?.(),
);

async function started() {
  try {
    return await SERVERS[name](JSON.parse(given));
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return { missing: `${`${error.message}`.split('\n')[0]}. Install it with \`npm install --prefix bench\`.` };
  }
}
