import type { Scope } from '../../access/principal.js';
import type { Reading } from '../../application/policy.js';
import type { ReadModel } from '../../projections/model.js';
import type { ServicesHolder } from './unscoped.js';

/** What the restricted readers need of a request context, which is made of them. */
export interface ScopedRequest extends ServicesHolder {
  readonly scope: Scope;
  /** Whose turns its work waits for. */
  readonly owner: string;
  may(reading: Reading): boolean;
  demand(reading: Reading): void;
  seesPlan(planId: string): Promise<boolean>;
  /** Waits until the read models have passed the position that the request asks for. */
  fresh(): Promise<void>;
  /** Loads the keys of the names in values. */
  learn(values: unknown): Promise<void>;
  looksAt<Body>(model: ReadModel<Body>): void;
}
