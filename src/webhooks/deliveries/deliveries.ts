import type { Instant } from '../../domain/dates.js';

/** Something that is to be sent to a webhook, or could not be. */
export interface Delivery {
  /** Of the webhook and the event: what is kept already is not kept again. */
  readonly id: string;
  readonly webhookId: string;
  /** Id of the event, as the receiver knows it. */
  readonly eventId: string;
  readonly eventType: string;
  /** Deliveries of one lane go one after another. */
  readonly lane: string;
  /** Its place among those of its webhook. */
  readonly place: string;
  /** What is sent, as it is. */
  readonly body: string;
  /** DEAD: it was given up, and waits to be replayed. */
  readonly status: 'PENDING' | 'DEAD';
  readonly attempts: number;
  /** When it was first tried; null: not yet. */
  readonly triedSince: Instant | null;
  /** Not to be tried before this. */
  readonly dueAt: Instant;
  /** Why it failed the last time; null: it has not. */
  readonly error: string | null;
}

/** What is still to be sent, by webhook. It stands beside the chronicle: sending changes nothing. */
export interface Deliveries {
  /** Up to where everything was kept, as a position of the API; undefined: nothing yet. @throws AccessUnavailable */
  cursorOf(webhookId: string): Promise<string | undefined>;
  /** Keeps deliveries, and that everything up to the cursor is kept: both or neither, or the first alone. @throws AccessUnavailable */
  keep(webhookId: string, deliveries: readonly Delivery[], cursor: string): Promise<void>;
  /** The first ones of a status after a place (exclusive; empty: from the first). @throws AccessUnavailable */
  first(webhookId: string, status: Delivery['status'], after: string, limit: number): Promise<readonly Delivery[]>;
  /** @throws AccessUnavailable */
  count(webhookId: string, status: Delivery['status']): Promise<number>;
  /** Some of a webhook by their ids. @throws AccessUnavailable */
  get(webhookId: string, ids: readonly string[]): Promise<readonly Delivery[]>;
  /** Puts one in the place of what is kept of it. @throws AccessUnavailable */
  put(delivery: Delivery): Promise<void>;
  /** Lets go of one that was sent. @throws AccessUnavailable */
  remove(id: string): Promise<void>;
  /** The webhooks of which something is kept. @throws AccessUnavailable */
  webhooks(): Promise<readonly string[]>;
  /** Lets go of all that is kept of a webhook. @throws AccessUnavailable */
  forget(webhookId: string): Promise<void>;
  close(): void;
}
