import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AccessDirectory } from '../../access/directory.js';
import type { Webhook } from '../../domain/access/holder.js';
import { isOfAccess } from '../../domain/chronicle.js';
import { pagesOf } from '../../engine/eventstore/batches.js';
import { fromStore, narrowed } from '../../engine/eventstore/envelope.js';
import { positionTokenAt } from '../../engine/eventstore/position.js';
import type { Hub } from '../live/hub.js';
import type { Services } from '../services.js';
import { fill } from './filling.js';
import { type Sending, sendDue } from './sending.js';

/** Dependencies of {@link Deliverer}. */
export interface DelivererParts {
  readonly services: Services;
  readonly hub: Hub;
  readonly directory: AccessDirectory;
  readonly sending: Sending;
  readonly log: Logger;
  /** False while another process delivers. */
  readonly mayDeliver: () => boolean;
}

/** The delivery to one webhook, until its configuration changes. */
interface Run {
  readonly webhook: Webhook;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Interval of checks whether this process delivers and whether deliveries were replayed, in milliseconds. */
const LOOK_MS = 1_000;
/** Delay before failed work restarts, in milliseconds. */
const AGAIN_MS = 2_000;

/**
 * Delivers the changes that holders of access see to their webhooks: at least once, and in order within each plan.
 * Deliveries are stored before the cursor advances, and removed when the receiver has accepted them.
 */
export class Deliverer {
  readonly #stop = new AbortController();
  readonly #runs = new Map<string, Run>();
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: DelivererParts) {}

  start(): void {
    this.#looking = this.#look();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#looking;
    await Promise.all([...this.#runs.keys()].map((id) => this.#end(id)));
  }

  async #look(): Promise<void> {
    const { signal } = this.#stop;
    const { directory, log } = this.parts;
    while (!signal.aborted) {
      await this.#compare().catch((error: unknown) =>
        log.error({ err: error }, 'the webhooks to deliver to cannot be updated'),
      );
      await directory.changed(AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]));
    }
  }

  /** Starts and stops runs to match the present webhooks. */
  async #compare(): Promise<void> {
    const { directory, mayDeliver, services } = this.parts;
    const all = directory
      .holders()
      .flatMap(({ id, holder }) =>
        holder.webhooks.map((webhook) => ({ holderId: id, webhook, isOpen: directory.principalOf(id) !== undefined })),
      );
    const wanted = new Map(
      mayDeliver() ? all.filter(({ isOpen }) => isOpen).map((each) => [each.webhook.id, each]) : [],
    );
    for (const [id, { webhook }] of [...this.#runs]) if (wanted.get(id)?.webhook !== webhook) await this.#end(id);
    for (const [id, { holderId, webhook }] of wanted) {
      if (!this.#runs.has(id)) this.#runs.set(id, this.#begin(holderId, webhook));
    }
    if (!mayDeliver()) return;
    const there = new Set(all.map(({ webhook }) => webhook.id));
    for (const id of await services.deliveries.webhooks()) if (!there.has(id)) await services.deliveries.forget(id);
  }

  async #end(id: string): Promise<void> {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    run?.stop.abort();
    await run?.done;
  }

  #begin(holderId: string, webhook: Webhook): Run {
    const stop = new AbortController();
    const { signal } = stop;
    let wake = new AbortController();
    const kept = () => {
      wake.abort();
      wake = new AbortController();
    };
    const filling = this.#again('changes cannot be queued for a webhook', webhook, signal, async () => {
      const from =
        (await this.parts.services.deliveries.cursorOf(webhook.id)) ?? (await this.#begun(holderId, webhook));
      const { services, hub, directory } = this.parts;
      await fill({ services, hub, webhook, principal: () => directory.principalOf(holderId), from, kept }, signal);
    });
    const sending = this.#again('deliveries to a webhook failed', webhook, signal, async () => {
      while (!signal.aborted) {
        const woken = wake.signal;
        const next = await sendDue(this.parts.sending, webhook, signal);
        // At most LOOK_MS, because another process may have replayed deliveries.
        if (next > 0)
          await wait(Math.min(next, LOOK_MS), undefined, { signal: AbortSignal.any([signal, woken]) }).catch(
            () => undefined,
          );
      }
    });
    return { webhook, stop, done: Promise.all([filling, sending]).then(() => undefined) };
  }

  async #again(what: string, { id }: Webhook, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await work().catch((error: unknown) => {
        if (!signal.aborted) this.parts.log.error({ err: error, webhook: id }, `${what}: retrying`);
      });
      await wait(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Returns the position token of the event that added a webhook: later changes are delivered. */
  async #begun(holderId: string, { id }: Webhook): Promise<string> {
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
