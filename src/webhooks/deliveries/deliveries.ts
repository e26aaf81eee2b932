import type { Instant } from '../../domain/dates.js';

/** A message to a webhook that is not delivered yet, or could not be delivered. */
export interface Delivery {
  /** Derived from webhook and event, so that a delivery is stored only once. */
  readonly id: string;
  readonly webhookId: string;
  /** Id of the event, as the receiver knows it. */
  readonly eventId: string;
  readonly eventType: string;
  /** Deliveries of one lane are sent one after another. */
  readonly lane: string;
  /** Sort key among the deliveries of the webhook. */
  readonly place: string;
  /** The request body. */
  readonly body: string;
  /** DEAD: no more attempts are made unless it is replayed. */
  readonly status: 'PENDING' | 'DEAD';
  readonly attempts: number;
  /** Time of the first attempt; null: none yet. */
  readonly triedSince: Instant | null;
  /** Earliest time of the next attempt. */
  readonly dueAt: Instant;
  /** Error of the last attempt; null: none. */
  readonly error: string | null;
}

/** Stores the deliveries of webhooks. They are not part of the event store, because sending changes nothing. */
export interface Deliveries {
  /**
   * Returns the cursor of a webhook: the position of the API up to which all deliveries are stored; undefined at first.
   *
   * @throws AccessUnavailable
   */
  cursorOf(webhookId: string): Promise<string | undefined>;
  /**
   * Stores deliveries and then the cursor. After a failure the deliveries may be stored without the cursor, but never
   * the cursor without the deliveries.
   *
   * @throws AccessUnavailable
   */
  keep(webhookId: string, deliveries: readonly Delivery[], cursor: string): Promise<void>;
  /** Returns the first deliveries of a status after a place (exclusive; empty: all). @throws AccessUnavailable */
  first(webhookId: string, status: Delivery['status'], after: string, limit: number): Promise<readonly Delivery[]>;
  /** Returns the number of deliveries of a status. @throws AccessUnavailable */
  count(webhookId: string, status: Delivery['status']): Promise<number>;
  /** Returns deliveries of a webhook by their ids. @throws AccessUnavailable */
  get(webhookId: string, ids: readonly string[]): Promise<readonly Delivery[]>;
  /** Updates a stored delivery. @throws AccessUnavailable */
  put(delivery: Delivery): Promise<void>;
  /** Deletes a delivery that was sent. @throws AccessUnavailable */
  remove(id: string): Promise<void>;
  /** Returns the ids of all webhooks with stored data. @throws AccessUnavailable */
  webhooks(): Promise<readonly string[]>;
  /** Deletes the deliveries and the cursor of a webhook. @throws AccessUnavailable */
  forget(webhookId: string): Promise<void>;
  close(): void;
}
