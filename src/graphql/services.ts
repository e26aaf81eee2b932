import type { AccessDirectory } from '../access/directory.js';
import type { ReadingLog } from '../access/readings.js';
import type { RefusalLog } from '../access/refusals.js';
import type { SessionLog } from '../access/sessionLog.js';
import type { AccessUses } from '../access/uses.js';
import type { AccessService } from '../application/access.js';
import type { CommandHandlers } from '../application/commands.js';
import type { DistrictFacts } from '../application/districtFacts.js';
import type { KeyedTarget, NewPlanRequest } from '../application/externalKeys.js';
import type { ImportTarget, ImportTargetRequest } from '../application/importTarget.js';
import type { ForgetOutcome, ForgetRequest } from '../application/persons/forgetting.js';
import type { PersonSearch, Traces } from '../application/persons/traces.js';
import type { DocumentThreads } from '../documents/isolated.js';
import type { RegisteredWebhook } from '../domain/access/holder.js';
import type { ExistingPlan } from '../domain/plan.js';
import type { Clock } from '../engine/clock.js';
import type { EventLog, EventStore } from '../engine/eventstore/port.js';
import type { PublicKeys } from '../engine/log/checkpoint.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import type { ReadStore } from '../engine/readstore/port.js';
import type { Cosigned } from '../engine/signing/cosigning.js';
import type { RefusedLog } from '../engine/signing/logStanding.js';
import type { ReadableProofs } from '../engine/signing/readableProofs.js';
import type { Vault } from '../engine/vault/vault.js';
import type { Called } from '../webhooks/call.js';
import type { Deliveries } from '../webhooks/deliveries.js';
import type { DoorObserver } from './limits/door.js';
import type { Limits } from './limits/limits.js';

/** The progress of the read models and their stale rows. */
export type ReadModelProgress = Pick<ProjectionRunner, 'position' | 'live' | 'waitFor' | 'waitPast'> & {
  readonly quarantine: Pick<ProjectionRunner['quarantine'], 'staleSince' | 'staleness' | 'version'>;
};

/** The state of the signed log. */
export interface SignedLogState {
  /** Undefined before the first start with a log, or without a log. */
  readonly keys: PublicKeys | undefined;
  /** Why the log is not signed; undefined while it is, and while the event store does not answer. */
  readonly refused: RefusedLog | undefined;
  /** Undefined without witnesses. */
  readonly cosigned: Cosigned | undefined;
}

/** The services of every request. */
export interface Services {
  readonly events: EventStore;
  /** The signed log of the events; undefined when there is none. */
  readonly log: EventLog | undefined;
  /** Returns the state of the signed log; the last known one while an engine does not answer. */
  readonly logState: () => Promise<SignedLogState>;
  /** Makes proofs of plans; undefined when there is no log. */
  readonly proofs: ReadableProofs | undefined;
  readonly store: ReadStore;
  readonly runner: ProjectionRunner;
  /** Opens an empty read store in memory. The caller closes it. */
  readonly openScratch: () => Promise<ReadStore>;
  readonly handler: Pick<CommandHandlers['plans'], 'handle'>;
  readonly organisations: Pick<CommandHandlers['organisations'], 'handle'>;
  /** Returns a plan folded from its events; undefined when there is none. */
  readonly planOf: (planId: string) => Promise<ExistingPlan | undefined>;
  /** Returns the plan as which a document is imported, or the refusal if there is such a plan already. */
  readonly importTarget: (request: ImportTargetRequest) => Promise<ImportTarget>;
  /** Returns the plan and the commandId of a command that begins a plan. */
  readonly newPlanTarget: (request: NewPlanRequest) => Promise<KeyedTarget>;
  readonly facts: DistrictFacts;
  readonly persons: PersonService;
  /** Reads and prints plan documents, each within bounds of size, time and memory. */
  readonly documents: DocumentThreads;
  /** Largest plan document that is accepted, in bytes. */
  readonly maxUpload: number;
  readonly vault: Vault;
  readonly readings: ReadingLog;
  readonly access: AccessService;
  /** The access directory of this process. */
  readonly directory: Pick<AccessDirectory, 'knows' | 'under' | 'webhooksOf'>;
  readonly uses: AccessUses;
  readonly refusals: RefusalLog;
  readonly sessionLog: SessionLog;
  /** The queue of webhook deliveries. */
  readonly deliveries: Deliveries;
  /** Sends an event to a webhook at once. */
  readonly callWebhook: (webhook: RegisteredWebhook, eventId: string, body: string) => Promise<Called>;
  /** Called with an error of a log beside the event store. The request continues. */
  readonly unnoted: (error: unknown) => void;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly version: string;
  readonly limits: Limits;
  readonly observer?: SubscriptionObserver & DoorObserver;
}

/** Queries and commands on persons, identified by the subject of their key or by name. */
export interface PersonService {
  readonly tracesOf: (sought: PersonSearch) => Promise<Traces>;
  readonly forget: (request: ForgetRequest) => Promise<ForgetOutcome>;
}

/** The services of a context. Its read models may be those of a past state. */
export type ContextServices = Omit<Services, 'runner'> & { readonly runner: ReadModelProgress };

/** Observes subscriptions, for metrics. */
export interface SubscriptionObserver {
  subscribed(): void;
  unsubscribed(): void;
}
