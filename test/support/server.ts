import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { readConfig } from '../../src/app/config.js';
import { serve } from '../../src/app/serve.js';
import { apiAt, type TestApi } from './api.js';
import { BOOTSTRAP_KEY, issueKeys } from './keys.js';

export interface StartOptions {
  /** A directory that the caller creates and removes. Default: a temporary one, removed with the server. */
  readonly directory?: string;
  readonly clock?: string;
  readonly sample?: 'on' | 'off';
  /** Further settings by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A real server on a separate port, with a key for each role. */
export interface TestServer extends TestApi {
  readonly address: string;
  readonly directory: string;
  close(): Promise<void>;
}

export const silent = pino({ level: 'silent' });

/** The settings of a server of the tests. */
export function testConfig({
  directory,
  clock = '2020-10-01T09:00:00Z',
  sample = 'on',
  settings: more = {},
}: StartOptions & { readonly directory: string }) {
  return readConfig({
    LETOPIS_DATA: directory,
    LETOPIS_PORT: '0',
    LETOPIS_CLOCK: clock,
    LETOPIS_SAMPLE: sample,
    LETOPIS_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
    // Tests send requests as fast as they can.
    LETOPIS_RATE: '1000000',
    LETOPIS_MAX_COST: '10000000',
    ...more,
  });
}

/** Starts the server as the command line does. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const directory = options.directory ?? (await temporaryDirectory());
  const served = await serve(testConfig({ ...options, directory }), silent, issueKeys);
  return {
    ...apiAt(served.address),
    address: served.address,
    directory,
    async close() {
      await served.close();
      if (options.directory === undefined) await removeDirectory(directory);
    },
  };
}

export function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'letopis-test-'));
}

export function removeDirectory(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}

/** The sample plan as tests need it: its id, and the ids of its activities by number. */
export interface Sample {
  readonly planId: string;
  activity(number: number): string;
  section(ordinal: number): string;
  /** Returns the global id of a point or report, such as `a3.1` or `a3.r1`. */
  inPlan(type: string, local: string): string;
}

/** Returns the only plan of a new server. */
export async function sampleOf(server: TestApi): Promise<Sample> {
  const { plans } = await server.read(
    z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
    '{ plans { nodes { id } } }',
  );
  const [plan] = plans.nodes;
  if (!plan) throw new Error('the server has no sample');
  const inPlan = (type: string, local: string) => `${plan.id.replace('plan', type)}.${local}`;
  return {
    planId: plan.id,
    inPlan,
    activity: (number) => inPlan('activity', `a${number}`),
    section: (ordinal) => inPlan('section', `s${ordinal}`),
  };
}
