import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Election } from '../engine/leases/election.js';
import { leaseOf, type Share } from '../engine/projections/share.js';
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

/** Returns which projections a process runs: those whose leases it holds, if it has the role. */
export function shareBy(election: Election, roles: ReadonlySet<ProcessRole>): Share {
  return {
    isShared: true,
    takesPart: roles.has('projections'),
    holds: (spec) => election.holds(leaseOf(spec)),
    term: () => election.term(),
  };
}

/** Returns a unique name of this process, with host and pid so that people can find it. */
export function ownerName(): string {
  return `${hostname()} ${process.pid} ${randomUUID()}`;
}
