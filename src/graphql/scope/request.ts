import type { Scope } from '../../access/principal.js';
import type { ReadingWay } from '../../application/policy.js';
import type { StoreHealth } from '../context/health.js';
import type { PersonNames } from '../context/names.js';
import type { ExecutionScope } from '../executionScope.js';
import type { ServicesHolder } from './unscoped.js';

/** The part of a request context that the functions of this folder use. */
export interface ScopedRequest extends ServicesHolder {
  readonly scope: Scope;
  /** Waits for the next turn of the caller between the steps of long work. */
  turn(): Promise<void>;
  /** Counts rows that the request has read and holds until it ends. */
  holdRows(count: number): void;
  may(reading: ReadingWay): boolean;
  demand(reading: ReadingWay): void;
  seesPlan(planId: string): Promise<boolean>;
  /** Waits until the read models have passed the position that the request demands, before at most so many rows are read. */
  fresh(rows?: number): Promise<void>;
  readonly names: Pick<PersonNames, 'learn'>;
  readonly health: Pick<StoreHealth, 'noteRead'>;
  readonly execution: Pick<ExecutionScope, 'lists'>;
}
