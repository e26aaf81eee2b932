import type { Documents } from '../answers/documents.js';
import type { Connections } from '../limits/connections.js';
import type { DoorObserver } from '../limits/door.js';
import type { Limits } from '../limits/limits.js';
import type { ContextFor } from '../rest.js';
import type { Report } from '../unavailable.js';
import type { Hub } from './hub.js';

/** What subscriptions are served with, over whichever connection. */
export interface LiveParts {
  readonly contextFor: ContextFor;
  readonly documents: Documents;
  readonly hub: Hub;
  readonly limits: Limits;
  readonly connections: Connections;
  /** Logs failures that callers are not told the details of. */
  readonly report: Report;
  readonly observer: DoorObserver | undefined;
}
