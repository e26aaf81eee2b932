import type { Logger } from 'pino';
import type { AccessDirectory } from '../../access/directory.js';
import type { RegisteredWebhook } from '../../domain/access/holder.js';
import { isOfAccess } from '../../domain/chronicle.js';
import { fromStore } from '../../domain/recorded.js';
import { pagesOf } from '../../engine/eventstore/batches.js';
import { narrowed } from '../../engine/eventstore/envelope.js';
import { positionTokenAt } from '../../engine/eventstore/position.js';
import {
  type Supervised,
  supervise,
  type Worker,
  type WorkerLease,
  type WorkerObserver,
} from '../../engine/workers/supervisor.js';
import type { Hub } from '../live/hub.js';
import type { Services } from '../services.js';
import { queueDeliveries } from './filling.js';
import { type Sending, sendDue } from './sending.js';

/** Dependencies of {@link Deliverer}. */
export interface DelivererParts {
  readonly services: Services;
  readonly hub: Hub;
  readonly directory: AccessDirectory;
  readonly sending: Sending;
  readonly log: Logger;
  readonly observer?: WorkerObserver;
  readonly lease: WorkerLease;
}

/** The delivery to one webhook, until its configuration changes. */
interface DeliveryRun {
  readonly webhook: RegisteredWebhook;
  readonly workers: readonly Supervised[];
}

/** Interval of checks whether this process delivers and whether deliveries were replayed, in milliseconds. */
const DELIVERER_INTERVAL_MS = 1_000;
/** Pause before work that ended or failed is started again, in milliseconds. */
const RESTART_MS = 2_000;
const DELIVERER_RETRY = { first: RESTART_MS, longest: RESTART_MS };

/**
 * Delivers the changes that holders of access see to their webhooks: at least once, and in order within each plan.
 * Deliveries are stored before the cursor advances, and removed when the receiver has accepted them.
 */
export class Deliverer {
  readonly #runs = new Map<string, DeliveryRun>();
  #worker: Supervised | undefined;

  constructor(private readonly parts: DelivererParts) {}

  start(): void {
    const { lease } = this.parts;
    const run = (signal: AbortSignal) => this.#deliver(signal);
    this.#worker = supervise({ name: 'deliverer', every: 0, retry: DELIVERER_RETRY, lease, run }, this.parts);
  }

  async stop(): Promise<void> {
    await this.#worker?.stop();
  }

  /** Keeps a run for each present webhook, until the signal aborts. */
  async #deliver(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await this.#compare();
        await this.parts.directory.changed(AbortSignal.any([signal, AbortSignal.timeout(DELIVERER_INTERVAL_MS)]));
      }
    } finally {
      await Promise.all([...this.#runs.keys()].map((id) => this.#end(id)));
    }
  }

  /** Starts and stops runs to match the present webhooks. */
  async #compare(): Promise<void> {
    const { directory, services } = this.parts;
    const all = directory
      .holders()
      .flatMap(({ id, holder }) =>
        holder.webhooks.map((webhook) => ({ holderId: id, webhook, isOpen: directory.principalOf(id) !== undefined })),
      );
    const wanted = new Map(all.filter(({ isOpen }) => isOpen).map((each) => [each.webhook.id, each]));
    for (const [id, { webhook }] of [...this.#runs]) if (wanted.get(id)?.webhook !== webhook) await this.#end(id);
    for (const [id, { holderId, webhook }] of wanted) {
      if (!this.#runs.has(id)) this.#runs.set(id, this.#begin(holderId, webhook));
    }
    const there = new Set(all.map(({ webhook }) => webhook.id));
    for (const id of await services.deliveries.webhooks()) if (!there.has(id)) await services.deliveries.forget(id);
  }

  async #end(id: string): Promise<void> {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    await Promise.all(run?.workers.map((worker) => worker.stop()) ?? []);
  }

  #begin(holderId: string, webhook: RegisteredWebhook): DeliveryRun {
    const { services, hub, directory, sending } = this.parts;
    const worker = { every: RESTART_MS, retry: DELIVERER_RETRY, about: { webhook: webhook.id } };
    const fills: Worker = {
      ...worker,
      name: 'queue of a webhook',
      run: async (signal) => {
        const from = (await services.deliveries.cursorOf(webhook.id)) ?? (await this.#begun(holderId, webhook));
        const principal = () => directory.principalOf(holderId);
        await queueDeliveries({ services, hub, webhook, principal, from, kept: () => sends.wake() }, signal);
      },
    };
    const sends = supervise(
      {
        ...worker,
        name: 'deliveries of a webhook',
        run: async (signal, { nextIn }) => {
          // At most DELIVERER_INTERVAL_MS, because another process may have scheduled deliveries again.
          nextIn(Math.min(await sendDue(sending, webhook, signal), DELIVERER_INTERVAL_MS));
        },
      },
      this.parts,
    );
    return { webhook, workers: [supervise(fills, this.parts), sends] };
  }

  /** Returns the position token of the event that added a webhook: later changes are delivered. */
  async #begun(holderId: string, { id }: RegisteredWebhook): Promise<string> {
    const { events } = this.parts.services;
    for await (const page of pagesOf(events, `access-${holderId}`)) {
      for (const stored of page) {
        const { event } = narrowed(fromStore(stored), isOfAccess);
        if (event.type === 'WebhookAdded' && event.data.webhookId === id)
          return positionTokenAt(events, stored.position);
      }
    }
    throw new Error(`no event added the webhook ${id}`);
  }
}
