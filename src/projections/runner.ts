import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { evolve, replay } from '../domain/evolve.js';
import { NO_PLAN, type Plan } from '../domain/plan.js';
import { fromStore, type Recorded } from '../eventstore/envelope.js';
import { type EventStore, type NativePosition, START, type StoredEvent } from '../eventstore/port.js';
import { checkpointOf, type Document, type Loaded, type ReadStore, type Write } from '../readstore/port.js';
import { activities } from './activities.js';
import { auditTrail } from './auditTrail.js';
import { changes } from './changes.js';
import { controlPoints } from './controlPoints.js';
import { type Change, type Content, type ReadModel, type Touch } from './model.js';
import { monitoring } from './monitoring.js';
import { parties } from './parties.js';
import { plans } from './plans.js';

/** How often a document that lost a race, or a batch that failed, is tried again. */
const MAX_ATTEMPTS = 20;
const RETRY_MS = 250;

/** One model with the way to write what a batch touched, its body's type hidden. */
interface Projection {
  readonly name: string;
  readonly apply: (store: ReadStore, batch: readonly Change[]) => Promise<void>;
}

const PROJECTIONS: readonly Projection[] = [
  projection(plans),
  projection(activities),
  projection(controlPoints),
  projection(monitoring),
  projection(parties),
  projection(auditTrail),
  projection(changes),
];

/** The collections of all read models. */
export const COLLECTIONS = [plans, activities, controlPoints, monitoring, parties, auditTrail, changes].map(
  ({ spec }) => spec,
);

/** A plan up to a revision; without `begunAt` nothing of it is there yet. */
interface Fold {
  readonly plan: Plan;
  readonly revision: number;
  readonly begunAt?: string | undefined;
}

/** Folds the chronicle into the read models: documents first, then the checkpoint, then whoever waits is told. */
export class ProjectionRunner {
  readonly #passed = new EventEmitter().setMaxListeners(0);
  readonly #folds = new LRUCache<string, Fold>({ max: 500 });
  readonly #stop = new AbortController();
  #position: NativePosition = START;
  #running: Promise<void> | undefined;

  constructor(
    private readonly events: EventStore,
    private readonly store: ReadStore,
    private readonly log: Logger,
  ) {}

  /** Everything up to here is in every read model. */
  get position(): NativePosition {
    return this.#position;
  }

  /** Prepares the collections and begins to follow the chronicle. */
  async start(): Promise<void> {
    await this.store.prepare(COLLECTIONS);
    const checkpoints = await Promise.all(PROJECTIONS.map(({ name }) => this.store.checkpoint(name)));
    const known = checkpoints.map((checkpoint) => checkpoint ?? START);
    this.#position = known.reduce((a, b) => (a < b ? a : b));
    this.#running = this.#follow();
  }

  /** Waits until the read models have passed a position; false when the time (ms) or the server ends before. */
  async waitFor(position: NativePosition, timeout: number): Promise<boolean> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeout), this.#stop.signal]);
    return this.#waitUntil(() => this.#position >= position, signal);
  }

  /** Waits until the read models are past a position; false when the signal aborts before. */
  async waitPast(position: NativePosition, signal: AbortSignal): Promise<boolean> {
    return this.#waitUntil(() => this.#position > position, AbortSignal.any([signal, this.#stop.signal]));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #waitUntil(reached: () => boolean, signal: AbortSignal): Promise<boolean> {
    while (!reached()) {
      if (signal.aborted) return false;
      try {
        await once(this.#passed, 'position', { signal });
      } catch {
        return reached();
      }
    }
    return true;
  }

  /** Follows until it is stopped; a fault is logged and the batch done again, from the last checkpoint. */
  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const filter = { streamPrefix: 'plan-' };
        for await (const batch of this.events.subscribeToAll({ after: this.#position, filter, signal })) {
          if (batch.position > this.#position) await this.#pass(batch.events, batch.position);
        }
      } catch (error) {
        if (signal.aborted) return;
        this.log.error({ err: error, after: this.#position }, 'projection failed, it will be tried again');
        this.#folds.clear();
        await pause(RETRY_MS);
      }
    }
  }

  async #pass(stored: readonly StoredEvent[], position: NativePosition): Promise<void> {
    const batch: Change[] = [];
    for (const event of stored) batch.push(await this.#fold(fromStore(event)));
    for (const { apply } of PROJECTIONS) await apply(this.store, batch);
    for (const { name } of PROJECTIONS) {
      await this.store.moveCheckpoint(name, await this.store.checkpoint(name), position);
    }
    this.#position = position;
    this.#passed.emit('position');
  }

  /** The plan before and after an event, folded from the stream and never from a read model. */
  async #fold(recorded: Recorded): Promise<Change> {
    const { stream, revision, event } = recorded;
    const known = this.#folds.get(stream);
    const fold = known?.revision === revision - 1 ? known : await this.#replayed(stream, revision);
    const { plan: before, begunAt = recorded.recordedAt } = fold;
    const after = evolve(before, event);
    this.#folds.set(stream, { plan: after, revision, begunAt });
    return { planId: stream.slice('plan-'.length), before, after, recorded, begunAt };
  }

  async #replayed(stream: string, upTo: number): Promise<Fold> {
    let plan: Plan = NO_PLAN;
    let begunAt: string | undefined;
    for (let from = 0; from < upTo; from += 1_000) {
      const events = await this.events.readStream(stream, { from, limit: Math.min(1_000, upTo - from) });
      const recorded = events.map(fromStore);
      begunAt ??= recorded[0]?.recordedAt;
      plan = replay(
        recorded.map(({ event }) => event),
        plan,
      );
    }
    return { plan, revision: upTo - 1, begunAt };
  }
}

function projection<Body>(model: ReadModel<Body>): Projection {
  return {
    name: checkpointOf(model.spec),
    async apply(store, batch) {
      const touched = new Map<string, Pending<Body>>();
      for (const change of batch) {
        const { position } = change.recorded;
        for (const touch of model.touches(change)) {
          const byPlan = touched.get(touch.id)?.byPlan ?? new Map();
          touched.set(touch.id, { position, byPlan: byPlan.set(change.planId, touch) });
        }
      }
      await written(store, model, touched);
    },
  };
}

interface Pending<Body> {
  readonly position: NativePosition;
  /** The last touch of each plan: it tells all that the plan has to say. */
  readonly byPlan: Map<string, Touch<Body>>;
}

/** Writes by compare-and-set; what lost the race is loaded and computed again. */
async function written<Body>(
  store: ReadStore,
  model: ReadModel<Body>,
  touched: ReadonlyMap<string, Pending<Body>>,
): Promise<void> {
  let left = [...touched.keys()];
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS) throw new Error(`${left.length} documents of ${model.spec.name} kept changing`);
    const loaded = await store.load(model.spec, left);
    const writes = left.flatMap((id, index) => {
      const pending = touched.get(id);
      const present = loaded[index];
      return pending && present ? writeOf(model, id, pending, present) : [];
    });
    const done = await store.write(model.spec, writes);
    left = writes
      .filter((_, index) => !done[index])
      .map((write) => (write.kind === 'put' ? write.document.id : write.id));
  }
}

function writeOf<Body>(model: ReadModel<Body>, id: string, pending: Pending<Body>, loaded: Loaded): Write[] {
  const expected = loaded.state === 'absent' ? null : positionOf(loaded);
  const { position } = pending;
  if (expected !== null && expected >= position) return [];
  const stored = loaded.state === 'present' ? loaded.document.body : undefined;
  let body = model.isBody(stored) ? stored : undefined;
  let content: Content<Body> | null = null;
  for (const touch of pending.byPlan.values()) {
    content = touch.content(body);
    body = content?.body;
  }
  if (content) {
    const document: Document = { id, position, fields: content.fields, body: content.body };
    return [{ kind: 'put', expected, document }];
  }
  return [{ kind: 'delete', expected, id, position }];
}

function positionOf(loaded: Exclude<Loaded, { state: 'absent' }>): string {
  return loaded.state === 'present' ? loaded.document.position : loaded.position;
}
