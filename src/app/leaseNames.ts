import { leaseOf } from '../engine/projections/share.js';
import { COLLECTIONS } from '../projections/readModels.js';
import type { ProcessRole } from './config.js';

/** Lease of the process that records notices of missed deadlines. */
export const DEADLINES_LEASE = 'deadlines';
/** Lease of the process that maintains and signs the log. */
export const LOG_LEASE = 'log';
/** Lease of the process that sends to webhooks. */
export const WEBHOOKS_LEASE = 'webhooks';

/** Returns the leases that a process with these roles takes. */
export function leasesOf(roles: ReadonlySet<ProcessRole>): string[] {
  const projections = roles.has('projections') ? [...COLLECTIONS.map(leaseOf), LOG_LEASE] : [];
  return [
    ...projections,
    ...(roles.has('deadlines') ? [DEADLINES_LEASE] : []),
    ...(roles.has('webhooks') ? [WEBHOOKS_LEASE] : []),
  ];
}
