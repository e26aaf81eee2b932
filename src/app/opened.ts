import { AccessUnavailable } from '../access/principal.js';
import { openReadingLog, type ReadingLog } from '../access/readings.js';
import { openRefusalLog, type RefusalLog } from '../access/refusals.js';
import { openSessionLog, type SessionLog } from '../access/sessionLog.js';
import { openSessions, type Sessions } from '../access/sessions.js';
import { type AccessUses, openAccessUses } from '../access/uses.js';
import type { LogStore } from '../engine/eventlog/follower.js';
import type { EventLog } from '../engine/eventstore/port.js';
import type { LeaseTable } from '../engine/leases/table.js';
import type { AnchorStore } from '../engine/log/logAnchor.js';
import type { ReadStore } from '../engine/readstore/port.js';
import type { RecordStore, RecordsFailure } from '../engine/records/port.js';
import type { Vault } from '../engine/vault/vault.js';
import { type Deliveries, openDeliveries } from '../webhooks/deliveries.js';

/** All stores of Letopis other than the event store. */
export interface OpenedStores {
  readonly store: ReadStore;
  readonly vault: Vault;
  readonly uses: AccessUses;
  readonly refusals: RefusalLog;
  readonly readings: ReadingLog;
  readonly deliveries: Deliveries;
  readonly sessions: Sessions;
  readonly sessionLog: SessionLog;
  /** Stores the anchor of the log, in another place than the chronicle. */
  readonly anchors: AnchorStore;
  /** Leases by which processes divide the work; undefined where only one process can run. */
  readonly leases: LeaseTable | undefined;
  /** The signed log of an event store that has none itself; undefined if the event store has one. */
  readonly log: (EventLog & LogStore) | undefined;
}

/** Creates the error of the small stores beside the chronicle. */
export const accessUnavailable: RecordsFailure = (message, cause) => new AccessUnavailable(message, { cause });

/**
 * Opens the small stores beside the chronicle.
 *
 * @param days age limit of access records.
 * @throws AccessUnavailable
 */
export async function openSmallStores(
  records: RecordStore,
  days: number,
): Promise<Pick<OpenedStores, 'readings' | 'uses' | 'refusals' | 'deliveries' | 'sessions' | 'sessionLog'>> {
  const sessionLog = await openSessionLog(records, days);
  return {
    readings: await openReadingLog(records, days),
    uses: await openAccessUses(records, days),
    refusals: await openRefusalLog(records, days),
    deliveries: await openDeliveries(records),
    sessions: await openSessions(records, sessionLog),
    sessionLog,
  };
}
