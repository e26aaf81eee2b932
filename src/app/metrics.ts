import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DeadlineWatcher } from '../application/deadlineWatcher.js';
import type { HandlerObserver } from '../engine/commands/handler.js';
import { type EventStore, EventStoreUnavailable, MAX_KNOWN_COUNT } from '../engine/eventstore/port.js';
import type { ProjectionRunner, RunnerObserver } from '../engine/projections/runner.js';
import type { ReadStore } from '../engine/readstore/port.js';
import type { Checkpointer } from '../engine/signing/checkpointing.js';
import type { Vault } from '../engine/vault/vault.js';
import type { DoorObserver } from '../graphql/limits/door.js';
import type { SubscriptionObserver } from '../graphql/services.js';
import type { Called } from '../webhooks/call.js';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000];

/** The metrics of a running Letopis, in the Prometheus text format. */
export interface Metrics extends RunnerObserver, HandlerObserver, SubscriptionObserver, DoorObserver {
  /** Value of the `Content-Type` header for {@link text}. */
  readonly contentType: string;
  /** Returns all metrics in the text format. */
  text(): Promise<string>;
  /** Returns the same event store, with its appends counted and timed. */
  measured(events: EventStore): EventStore;
  /** Counts a transaction of the event store with this number of appends. */
  groupCommitted(appends: number): void;
  /** Counts a call of a webhook. */
  webhookCalled(outcome: Called['kind']): void;
  /**
   * Registers gauges of these parts. They show what the process knows: no gauge reads an engine, because the metrics
   * matter most while an engine does not answer.
   */
  watch(parts: {
    readonly events: EventStore;
    readonly store: Pick<ReadStore, 'known'>;
    readonly runner: ProjectionRunner;
    readonly watcher: DeadlineWatcher;
    readonly vault: Pick<Vault, 'damage'>;
    readonly signing: Pick<Checkpointer, 'refused'> | undefined;
  }): void;
}

let ofProcess: Registry | undefined;

/**
 * Returns the metrics of this process. They are counted once, however often a Letopis is opened: their observers run
 * until the process ends.
 */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

/** Returns the metrics of one Letopis and of its process, in a separate registry. */
export function metricsOf(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const name = (rest: string) => `letopis_${rest}`;
  const appends = new Counter({
    name: name('appends_total'),
    help: 'Appends to the chronicle by outcome: stored, refused (a conflict or an invalid append), failed.',
    labelNames: ['outcome'],
    registers,
  });
  const appendSeconds = new Histogram({
    name: name('append_seconds'),
    help: 'Time from an append to its acknowledgement.',
    buckets: SECONDS,
    registers,
  });
  const groupSize = new Histogram({
    name: name('append_group_size'),
    help: 'Appends that shared one transaction and one sync of the disk.',
    buckets: GROUP_SIZES,
    registers,
  });
  const commands = new Counter({
    name: name('commands_total'),
    help: 'Commands by outcome: done, refused, failed.',
    labelNames: ['outcome'],
    registers,
  });
  const commandSeconds = new Histogram({
    name: name('command_seconds'),
    help: 'Time from a command to its result.',
    buckets: SECONDS,
    registers,
  });
  const projected = new Counter({
    name: name('projected_events_total'),
    help: 'Events applied to the read models.',
    registers,
  });
  const batchSeconds = new Histogram({
    name: name('projection_batch_seconds'),
    help: 'Time to apply one batch of events to all read models.',
    buckets: SECONDS,
    registers,
  });
  const projectionFailures = new Counter({
    name: name('projection_failures_total'),
    help: 'Batches that failed as a whole and were retried.',
    registers,
  });
  const subscriptions = new Gauge({ name: name('subscriptions'), help: 'Open subscriptions.', registers });
  const webhookCalls = new Counter({
    name: name('webhook_calls_total'),
    help: 'Calls of webhooks by outcome: delivered, failed.',
    labelNames: ['outcome'],
    registers,
  });
  const workerFailures = new Counter({
    name: name('worker_failures_total'),
    help: 'Failures of work that goes on by itself, by worker. Failed work is tried again.',
    labelNames: ['worker'],
    registers,
  });
  const refusals = new Counter({
    name: name('refused_total'),
    help: 'Connections and requests refused before they were handled, by reason.',
    labelNames: ['reason'],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => Registry.merge([processMetrics(), registry]).metrics(),
    groupCommitted: (size) => groupSize.observe(size),
    passed(events, milliseconds) {
      projected.inc(events);
      batchSeconds.observe(milliseconds / 1_000);
    },
    failed: () => projectionFailures.inc(),
    commandEnded(outcome, milliseconds) {
      commands.inc({ outcome });
      commandSeconds.observe(milliseconds / 1_000);
    },
    webhookCalled: (outcome) => webhookCalls.inc({ outcome }),
    workerChanged(worker, state) {
      if (state === 'FAILING') workerFailures.inc({ worker });
    },
    turnedAway: (reason) => refusals.inc({ reason }),
    subscribed: () => subscriptions.inc(),
    unsubscribed: () => subscriptions.dec(),
    measured: (events) =>
      withAppend(events, async (...append) => {
        const end = appendSeconds.startTimer();
        try {
          const appended = await events.append(...append);
          appends.inc({ outcome: 'stored' });
          return appended;
        } catch (error) {
          appends.inc({ outcome: error instanceof EventStoreUnavailable ? 'failed' : 'refused' });
          throw error;
        } finally {
          end();
        }
      }),
    watch: (parts) => watchGauges(registers, name, parts),
  };
}

function watchGauges(
  registers: [Registry] | Registry[],
  name: (rest: string) => string,
  { events, store, runner, watcher, vault, signing }: Parameters<Metrics['watch']>[0],
): void {
  new Gauge({
    name: name('read_model_lag_events'),
    help: `Events that are known to wait for the read models, from 1 to ${MAX_KNOWN_COUNT} while they are behind; NaN while the event store does not answer.`,
    registers,
    collect() {
      const { awaySince, countAfter } = events.known();
      this.set(awaySince === undefined ? countAfter(runner.position) : Number.NaN);
    },
  });
  new Gauge({
    name: name('quarantined_documents'),
    help: 'Quarantined rows by read model; * stands for whole plans.',
    labelNames: ['model'],
    registers,
    collect() {
      this.reset();
      for (const { model } of runner.quarantine.entries) this.inc({ model });
    },
  });
  new Gauge({
    name: name('damaged_person_keys'),
    help: 'Persons whose keys were found missing or damaged, although they were not forgotten.',
    registers,
    collect() {
      this.set(vault.damage.count);
    },
  });
  new Gauge({
    name: name('chronicle_damage'),
    help: 'Number of known damages of the chronicle. Damaged streams accept no appends.',
    registers,
    collect() {
      this.set(events.damage().length);
    },
  });
  new Gauge({
    name: name('event_store_away_seconds'),
    help: 'Time since when the event store has answered no call; 0 while it answers. No command can be done meanwhile.',
    registers,
    collect() {
      this.set(secondsSince(events.known().awaySince));
    },
  });
  new Gauge({
    name: name('read_store_away_seconds'),
    help: 'Time since when the read store has answered no call; 0 while it answers. Commands and most queries fail meanwhile.',
    registers,
    collect() {
      this.set(secondsSince(store.known().awaySince));
    },
  });
  new Gauge({
    name: name('log_refused'),
    help: '1 while this process does not sign the log, by the problem; no value while it does, or another process does.',
    labelNames: ['problem'],
    registers,
    collect() {
      this.reset();
      const problem = signing?.refused?.problem;
      if (problem !== undefined) this.set({ problem }, 1);
    },
  });
  new Gauge({
    name: name('notices'),
    help: 'Notices of missed deadlines given since the start.',
    registers,
    collect() {
      this.set(watcher.given);
    },
  });
}

/** Returns the seconds since a time; 0 when there is none. */
function secondsSince(time: string | undefined): number {
  return time === undefined ? 0 : (Date.now() - Date.parse(time)) / 1_000;
}

/** Returns the same event store with another `append`. */
export function withAppend(events: EventStore, append: EventStore['append']): EventStore {
  return {
    chronicleId: events.chronicleId,
    engine: events.engine,
    limits: events.limits,
    ...(events.log && { log: events.log }),
    append,
    readStream: (...args) => events.readStream(...args),
    readAll: (...args) => events.readAll(...args),
    subscribeToAll: (...args) => events.subscribeToAll(...args),
    eventAt: (position) => events.eventAt(position),
    eventOf: (...args) => events.eventOf(...args),
    markCopied: (...args) => events.markCopied(...args),
    kinds: () => events.kinds(),
    head: () => events.head(),
    known: () => events.known(),
    damage: () => events.damage(),
    close: () => events.close(),
  };
}
