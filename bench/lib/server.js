import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { pino } from 'pino';
import { built } from './dist.js';
import { district, sizeOf } from './district/generate.js';
import { rebuilt } from './rebuild.js';
import { progress } from './report.js';

const { readConfig } = await built('app/config.js');
const { serve } = await built('app/serve.js');

/**
 * Returns a district with read models, which are built in a separate process if necessary.
 *
 * @param again rebuilds them, as after a change of the projections.
 * @param size number of `plans` and of `activities` per plan; default: by the number of events.
 */
export async function readyDistrict(parent, events, again, size = {}) {
  const found = await district(parent, { ...sizeOf(events), ...size }, () => {});
  const isBuilt = await stat(found.files.readModels).then(
    () => true,
    () => false,
  );
  if (again || !isBuilt) {
    progress(`building the read models of ${events} events first`);
    await rebuilt(found.files);
  }
  return found;
}

/** Starts the server of a data directory as the command line does, on the day on which its events end. */
export async function served({ files, clock }) {
  const key = `letopis_${randomBytes(32).toString('base64url')}`;
  const config = readConfig({
    LETOPIS_DATA: files.path,
    LETOPIS_PORT: '0',
    LETOPIS_SAMPLE: 'off',
    LETOPIS_RATE: '10000000',
    LETOPIS_CLOCK: clock,
    LETOPIS_BOOTSTRAP_KEY: key,
  });
  const server = await serve(config, pino({ level: 'silent' }));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  return {
    /** Returns the data of a query over HTTP. */
    async ask(query, variables) {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${server.address}/graphql`, { method: 'POST', headers, body });
      const { data, errors } = await response.json();
      if (errors) throw new Error(`the query failed: ${JSON.stringify(errors[0])}`);
      return data;
    },
    close: () => server.close(),
  };
}
