import type { LegacyKeys } from '../access/legacy/keys.js';
import type { ReadingLog } from '../access/readings/readings.js';
import type { RefusalLog } from '../access/refusals/refusals.js';
import type { AccessUses } from '../access/uses/uses.js';
import type { AnchorStore } from '../audit/log/logAnchor.js';
import type { LogStore } from '../eventlog/follower.js';
import type { EventLog } from '../eventstore/port.js';
import type { LeaseTable } from '../leases/table.js';
import type { ReadStore } from '../readstore/port.js';
import type { Vault } from '../vault/vault.js';
import type { Deliveries } from '../webhooks/deliveries/deliveries.js';

/** Told what is to be closed, the last first. */
export type OnClose = (closer: () => Promise<void> | void) => void;

/** Does work with what it opens, and closes all of it afterwards, the last first. */
export async function withOpened<T>(work: (onClose: OnClose) => Promise<T>): Promise<T> {
  const closers: (() => Promise<void> | void)[] = [];
  try {
    return await work((closer) => void closers.push(closer));
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** What Letopis keeps beside the chronicle. */
export interface Kept {
  readonly store: ReadStore;
  readonly vault: Vault;
  readonly legacyKeys: LegacyKeys;
  readonly uses: AccessUses;
  readonly refusals: RefusalLog;
  readonly readings: ReadingLog;
  readonly deliveries: Deliveries;
  /** Keeps the anchor of the log in another place than the chronicle. */
  readonly anchors: AnchorStore;
  /** By which processes share the work; undefined where there is one process alone. */
  readonly leases: LeaseTable | undefined;
  /** The log of a chronicle whose engine keeps none; undefined where there is no place for it. */
  readonly log: (EventLog & LogStore) | undefined;
}
