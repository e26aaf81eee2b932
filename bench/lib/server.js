import { readFile, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { built } from './dist.js';
import { district, sizeOf } from './district/generate.js';
import { rebuilt } from './rebuild.js';
import { progress } from './report.js';

const { newToken } = await built('access/tokens.js');
const { readConfig } = await built('app/config.js');
const { serve } = await built('app/serve.js');
const { checkpointOf } = await built('engine/readstore/port.js');
const { COLLECTIONS } = await built('projections/readModels.js');

/** Names and versions of the read models. A district that is reused may contain those of an earlier version. */
const MADE_BY = COLLECTIONS.map(checkpointOf).join('\n');

/**
 * Returns a district with the read models of this version, which are built in a separate process if necessary.
 *
 * @param again rebuilds them, as after a change of the projections.
 * @param size number of `plans` and of `activities` per plan; default: by the number of events.
 */
export async function readyDistrict(parent, events, again, size = {}) {
  const found = await district(parent, { ...sizeOf(events), ...size }, () => {});
  const note = `${found.files.readModels}.made-by`;
  const changedParts = await readFile(note, 'utf8').catch(() => undefined);
  if (again || changedParts !== MADE_BY) {
    progress(`building the read models of ${events} events first`);
    await rebuilt(found.files);
    await writeFile(note, MADE_BY);
  }
  return found;
}

/** Starts the server of a data directory as the command line does, on the day on which its events end. */
export async function served({ files, clock }) {
  const key = newToken();
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
