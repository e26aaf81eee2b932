import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { apiAt, type TestApi } from '../support/api.js';
import { commandsOf, compareCommands, compareReadModels, planIds } from '../support/load.js';
import type { ServerProcess } from '../support/process.js';
import type { Weather } from '../support/proxy.js';
import type { Cluster } from './cluster.js';
import { client, together } from './load.js';

/** The results of a fault under load. */
export interface FaultRow {
  readonly engine: string;
  readonly fault: string;
  readonly acknowledged: number;
  readonly found: number;
  readonly doubled: number;
  readonly torn: number;
  readonly repeated: number;
  /** Longest time from a request to its answer, whatever the answer. */
  readonly longestAnswerMs: number;
  /** Time from the end of the fault until a command is done and readable at every process. */
  readonly recoveryMs: number;
  readonly differing: number;
}

/** A fault: the functions that start and end it. */
export interface Fault {
  readonly engine: 'events' | 'read models' | 'processes';
  readonly name: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  readonly holdMs: number;
}

const CLIENTS = 4;

/** Above this time the cluster does not count as recovered. */
const RECOVERY_MS = 60_000;

/** The faults of the network between Letopis and its engines. */
export function networkFaults(cluster: Cluster, holdMs: number): Fault[] {
  const weathers: readonly (readonly [string, Weather])[] = [
    ['refused', { kind: 'refuse' }],
    ['delayed by 2 s', { kind: 'delay', milliseconds: 2_000 }],
    ['black hole', { kind: 'blackHole' }],
    ['half open', { kind: 'halfOpen' }],
    ['cut in mid-answer', { kind: 'cutAnswer', after: 7 }],
  ];
  const engines = [
    ['events', cluster.events.proxy],
    ['read models', cluster.mongo.proxy],
  ] as const;
  return engines.flatMap(([engine, proxy]) => [
    { engine, name: 'cut', begin: () => proxy.cut(), end: () => undefined, holdMs: 200 },
    ...weathers.map(
      ([name, weather]): Fault => ({
        engine,
        name,
        begin: () => proxy.set(weather),
        end() {
          proxy.set({ kind: 'clear' });
          // Data that was held back or dropped is lost with its connections.
          if (weather.kind === 'blackHole' || weather.kind === 'halfOpen') proxy.cut();
        },
        holdMs,
      }),
    ),
  ]);
}

/** Kills of the engines themselves. Data that they have not stored is lost. */
export function engineKills(cluster: Cluster, holdMs: number): Fault[] {
  return [
    {
      engine: 'events',
      name: 'kill -9',
      begin: () => cluster.events.server.kill(),
      end: () => cluster.events.server.restart(),
      holdMs,
    },
    {
      engine: 'read models',
      name: 'kill -9, falls back',
      begin: () => cluster.mongo.server.kill(),
      end: () => cluster.mongo.server.restart(),
      holdMs,
    },
  ];
}

/** Puts a cluster under load, causes a fault, and returns whether all acknowledged events are still there. */
export async function underFault(
  cluster: Cluster,
  servers: () => readonly ServerProcess[],
  fault: Fault,
): Promise<FaultRow> {
  const apis = () => servers().map(({ address }) => apiAt(address));
  // The cluster may still be recovering from the previous fault or from the preparation.
  const plans = await until(performance.now() + RECOVERY_MS, () => planIds(apis()[0] ?? apiAt('')));
  const ended = new AbortController();
  const name = randomUUID().slice(0, 8);
  // Large imports are left to the kill loop of one process: here they would measure the engines' speed.
  const sources = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => commandsOf(index + 1, plans, name)));
  const clients = sources.map((next) => client(apis, next, ended.signal));
  await pause(500);
  await fault.begin();
  await pause(fault.holdMs);
  await fault.end();
  const start = performance.now();
  await allWork(apis(), plans[0] ?? '').catch((error: unknown) => {
    for (const server of servers()) process.stderr.write(`${server.logged().slice(-40_000)}\n`);
    throw error;
  });
  const recoveryMs = performance.now() - start;
  ended.abort();
  const met = together(await Promise.all(clients));
  await allWork(apis(), plans[0] ?? '');
  const compared = await cluster.withStores(async (events, store) => ({
    ...(await compareCommands(events, met.acknowledged)),
    ...(await compareReadModels(events, store, join(cluster.directory, `${name}.db`))),
  }));
  const { acknowledged, found, doubled, torn, differing } = compared;
  return {
    engine: fault.engine,
    fault: fault.name,
    acknowledged,
    found,
    doubled,
    torn,
    repeated: met.repeated,
    longestAnswerMs: Math.round(met.longestAnswerMs),
    recoveryMs: Math.round(recoveryMs),
    differing,
  };
}

/** Waits until every process works. */
async function allWork(apis: readonly TestApi[], planId: string): Promise<void> {
  const end = performance.now() + RECOVERY_MS;
  for (const api of apis) await until(end, () => works(api, planId));
}

/** Repeats an attempt, as clients should, and gives up at the end. */
async function until<T>(end: number, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) throw new Error(`the cluster did not recover in time: ${error}`, { cause: error });
    }
    await pause(100);
  }
}

/** Checks that a command is executed, and that its result can be read at once. */
async function works(api: TestApi, planId: string): Promise<void> {
  const title = `План ${randomUUID()}`;
  const { position } = await api.done('changePlanDetails', { planId, title });
  await api.data('query($at: Position) { plans(atLeast: $at) { nodes { title } } }', { variables: { at: position } });
}
