import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Election } from '../engine/leases/election.js';
import { inParts, streamParts } from '../engine/projections/parts.js';
import { leaseOf, type Share } from '../engine/projections/share.js';
import { COLLECTIONS } from '../projections/readModels.js';
import type { Config } from './config.js';

/** Lease of the process that records notices of missed deadlines. */
export const DEADLINES_LEASE = 'deadlines';
/** Lease of the process that maintains and signs the log. */
export const LOG_LEASE = 'log';
/** Lease of the process that sends to webhooks. */
export const WEBHOOKS_LEASE = 'webhooks';

/** Settings that decide which leases a process takes. */
export type LeaseSettings = Pick<Config, 'LETOPIS_ROLES' | 'LETOPIS_PARTS' | 'LETOPIS_PART'>;

/** Returns the leases that a process with these settings takes. */
export function leasesOf({ LETOPIS_ROLES: roles, LETOPIS_PARTS, LETOPIS_PART }: LeaseSettings): string[] {
  const parts = streamParts(LETOPIS_PARTS).filter(({ number }) => LETOPIS_PART?.includes(number) ?? true);
  const targets = COLLECTIONS.flatMap((spec) => inParts(spec, parts));
  return [
    ...(roles.has('projections') ? [...targets.map(leaseOf), LOG_LEASE] : []),
    ...(roles.has('deadlines') ? [DEADLINES_LEASE] : []),
    ...(roles.has('webhooks') ? [WEBHOOKS_LEASE] : []),
  ];
}

/** Returns which projections a process runs: those whose leases it holds, if it has the role. */
export function shareBy(election: Election, { LETOPIS_ROLES, LETOPIS_PARTS }: LeaseSettings): Share {
  return {
    isShared: true,
    takesPart: LETOPIS_ROLES.has('projections'),
    parts: streamParts(LETOPIS_PARTS),
    holds: (spec) => election.holds(leaseOf(spec)),
    term: () => election.term(),
  };
}

/** Returns a unique name of this process, with host and pid so that people can find it. */
export function ownerName(): string {
  return `${hostname()} ${process.pid} ${randomUUID()}`;
}
