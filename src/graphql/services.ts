import type { AccessDirectory } from '../access/directory.js';
import type { ReadingLog } from '../access/readings/readings.js';
import type { RefusalLog } from '../access/refusals/refusals.js';
import type { AccessUses } from '../access/uses/uses.js';
import type { AccessService } from '../application/access.js';
import type { Checkpointer } from '../application/checkpointing.js';
import type { Clock } from '../application/clock.js';
import type { Cosigning } from '../application/cosigning.js';
import type { DistrictFacts } from '../application/districtFacts.js';
import type { CommandHandlers } from '../application/handler.js';
import type { ImportIdRequest } from '../application/importing.js';
import type { ForgetOutcome, ForgetRequest } from '../application/persons/forgetting.js';
import type { Sought, Traces } from '../application/persons/traces.js';
import type { DocumentThreads } from '../documents/isolated.js';
import type { Webhook } from '../domain/access/holder.js';
import type { ExistingPlan } from '../domain/plan.js';
import type { EventLog, EventStore } from '../eventstore/port.js';
import type { ProjectionRunner } from '../projections/runner/runner.js';
import type { ReadStore } from '../readstore/port.js';
import type { Vault } from '../vault/vault.js';
import type { Called } from '../webhooks/call.js';
import type { Deliveries } from '../webhooks/deliveries/deliveries.js';
import type { DoorObserver } from './limits/door.js';
import type { Limits } from './limits/limits.js';

/** How far the read models are, and which of their documents are behind. */
export type Followed = Pick<ProjectionRunner, 'position' | 'live' | 'waitFor' | 'waitPast'> & {
  readonly quarantine: Pick<ProjectionRunner['quarantine'], 'staleSince' | 'staleness' | 'version'>;
};

/** What every request works with. */
export interface Services {
  readonly events: EventStore;
  /** The log over them; undefined where none is kept. */
  readonly log: EventLog | undefined;
  /** Tells how the log stands to its anchor; undefined where none is kept. */
  readonly signing: Pick<Checkpointer, 'standing'> | undefined;
  /** Has checkpoints cosigned; undefined where no witness is set. */
  readonly cosigning: Pick<Cosigning, 'standing'> | undefined;
  readonly store: ReadStore;
  readonly runner: ProjectionRunner;
  /** A read store of its own for a request, empty and in memory; whoever asks for it closes it. */
  readonly openScratch: () => Promise<ReadStore>;
  readonly handler: Pick<CommandHandlers['plans'], 'handle'>;
  readonly organisations: Pick<CommandHandlers['organisations'], 'handle'>;
  /** A plan as it stands in the chronicle; undefined when there is none to see. */
  readonly planOf: (planId: string) => Promise<ExistingPlan | undefined>;
  /** Returns the plan id that a document is imported under. */
  readonly importId: (request: ImportIdRequest) => Promise<string>;
  readonly facts: DistrictFacts;
  readonly persons: PersonService;
  /** Reads and prints plan documents, each within bounds of size, time and memory. */
  readonly documents: DocumentThreads;
  /** Bytes of the largest document that is taken. */
  readonly maxUpload: number;
  readonly vault: Vault;
  readonly readings: ReadingLog;
  readonly access: AccessService;
  /** Who sees what, and since when. */
  readonly directory: Pick<AccessDirectory, 'knows' | 'under' | 'webhooksOf'>;
  readonly uses: AccessUses;
  readonly refusals: RefusalLog;
  /** What is still to be sent to webhooks. */
  readonly deliveries: Deliveries;
  /** Calls a webhook with an event, now. */
  readonly callWebhook: (webhook: Webhook, eventId: string, body: string) => Promise<Called>;
  /** Told of what could not be noted beside the chronicle: the request goes on. */
  readonly unnoted: (error: unknown) => void;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly version: string;
  readonly limits: Limits;
  readonly observer?: SubscriptionObserver & DoorObserver;
}

/** Persons, by the subjects of their keys or by their names. */
export interface PersonService {
  readonly tracesOf: (sought: Sought) => Promise<Traces>;
  readonly forget: (request: ForgetRequest) => Promise<ForgetOutcome>;
}

/** The same, whether its read models are followed or those of a past. */
export type Seen = Omit<Services, 'runner'> & { readonly runner: Followed };

/** Told of subscriptions, as for metrics. */
export interface SubscriptionObserver {
  subscribed(): void;
  unsubscribed(): void;
}
