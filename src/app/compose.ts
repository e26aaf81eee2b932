import type { Logger } from 'pino';
import type { AccessDirectory } from '../access/directory.js';
import { SYSTEM } from '../access/principals.js';
import type { Sessions } from '../access/sessions.js';
import { AccessService } from '../application/access.js';
import { commandHandlers } from '../application/commands.js';
import { DeadlineWatcher } from '../application/deadlineWatcher.js';
import { DistrictFacts } from '../application/districtFacts.js';
import { type NewPlanRequest, newPlanTarget } from '../application/externalKeys.js';
import { type ImportTargetRequest, importTargetOf } from '../application/importTarget.js';
import { type ForgetRequest, forgetPerson, keepForgotten } from '../application/persons/forgetting.js';
import { type PersonSearch, tracesOf } from '../application/persons/traces.js';
import { documentThreads } from '../documents/isolated.js';
import type { RegisteredWebhook } from '../domain/access/holder.js';
import { visible } from '../domain/plan.js';
import { checkReadable, fromStore } from '../domain/recorded.js';
import { type OnClose, openedWhole } from '../engine/closing.js';
import { buildLog, type LogStore } from '../engine/eventlog/follower.js';
import { writingWith } from '../engine/eventstore/damage.js';
import type { EventStore } from '../engine/eventstore/port.js';
import { checkChronicleExists } from '../engine/eventstore/sqlite/openReadOnly.js';
import { Election } from '../engine/leases/election.js';
import { ProjectionRunner } from '../engine/projections/runner.js';
import { ALONE } from '../engine/projections/share.js';
import { ReadStoreDamaged } from '../engine/readstore/port.js';
import { openReadStoreInMemory } from '../engine/readstore/sqlite/store.js';
import type { Checkpointer } from '../engine/signing/checkpointing.js';
import type { Cosigning } from '../engine/signing/cosigning.js';
import { readableProofs } from '../engine/signing/readableProofs.js';
import { lastKnown } from '../engine/storage/lastKnown.js';
import type { WorkerLease } from '../engine/workers/supervisor.js';
import { Hub } from '../graphql/live/hub.js';
import type { Services } from '../graphql/services.js';
import { Deliverer } from '../graphql/webhooks/deliverer.js';
import { call, PATIENCE } from '../graphql/webhooks/sending.js';
import { READ_MODELS } from '../projections/readModels.js';
import { type Called, WebhookClient } from '../webhooks/call.js';
import { type AdministratorKey, administratorKeyOf } from './administratorKey.js';
import { clockFrom, watchedClock } from './clock.js';
import { type Config, limitsOf, type ProcessRole } from './config.js';
import { type DataDirectory, dataDirectory, filesIn, lockDirectory } from './dataDirectory.js';
import { forgottenList } from './forgottenList.js';
import { DEADLINES_LEASE, LOG_LEASE, leasesOf, ownerName, shareBy, WEBHOOKS_LEASE } from './leases.js';
import { type Metrics, metricsOf } from './metrics.js';
import { checkForMissing } from './missingFiles.js';
import { namedPrincipals, openDirectory } from './openDirectory.js';
import { nameLetopisInMessages } from './operatorTerms.js';
import { configuredLogKeys, startCosigning, startSigning } from './signing.js';
import { EMBEDDED, openChronicle, openStores } from './stores.js';
import { startTracing, type Tracing } from './tracing.js';
import { version } from './version.js';

/** All parts of a Letopis, opened and started. */
export interface Letopis {
  readonly services: Services;
  readonly access: AccessService;
  readonly directory: AccessDirectory;
  readonly sessions: Sessions;
  /** Returns the token of the configured administrator. Creates it at the first start. */
  readonly administratorKey: () => Promise<AdministratorKey>;
  readonly watcher: DeadlineWatcher;
  readonly deliverer: Deliverer;
  /** The signed log beside the event store; undefined if the event store itself has a log. */
  readonly logStore: LogStore | undefined;
  /** Signs the log; undefined if there is no separate log. */
  readonly checkpointer: Checkpointer | undefined;
  readonly metrics: Metrics;
  readonly tracing: Tracing | undefined;
  readonly files: DataDirectory;
  readonly log: Logger;
  /** True when other processes may use the same stores. */
  readonly isShared: boolean;
  close(): Promise<void>;
}

/** Options of {@link openLetopis}. */
export interface OpenOptions {
  /** False: the read models do not follow the event store. Used for operations on files, such as a rebuild. */
  readonly following?: boolean;
  /** True: throws if the data directory contains no chronicle, instead of creating one. Nothing is written then. */
  readonly mustExist?: boolean;
}

/**
 * Opens all configured stores and starts the projections. On a failure it closes everything that was opened.
 *
 * @throws UnusableDirectory, WrongMasterKey, EventStoreUnavailable, UnreadableEvent, ReadStoreUnavailable, ChronicleCut
 */
export async function openLetopis(
  config: Config,
  log: Logger,
  options: OpenOptions = {},
  isSecondTry = false,
): Promise<Letopis> {
  nameLetopisInMessages();
  try {
    return await openedWhole((onClose) => openWith(config, log, options, onClose));
  } catch (error) {
    // The damaged file has a marker file beside it now: the second attempt moves it aside and creates a new one.
    if (error instanceof ReadStoreDamaged && !isSecondTry) return openLetopis(config, log, options, true);
    throw error;
  }
}

async function openWith(
  config: Config,
  log: Logger,
  { following = true, mustExist = false }: OpenOptions,
  onClose: OnClose,
): Promise<Omit<Letopis, 'close'>> {
  if (mustExist && config.LETOPIS_EVENT_STORE === EMBEDDED) {
    await checkChronicleExists(filesIn(config.LETOPIS_DATA).chronicle);
  }
  const files = await dataDirectory(config.LETOPIS_DATA);
  const lock = await lockDirectory(files);
  onClose(() => lock.release());
  const metrics = metricsOf();
  const tracing = await startTracing(config.LETOPIS_TRACES);
  if (tracing) onClose(() => tracing.close());
  await checkForMissing(config, files, log);
  const kept = await openStores(config, files, onClose, log);
  const { store, vault, uses, refusals, sessionLog, readings, deliveries, leases } = kept;
  vault.damage.watch((damaged) =>
    log.error(
      damaged,
      'the key of a person is missing or damaged: `npx letopis verify` lists all such keys; restore them',
    ),
  );
  const chronicle = await openChronicle(config, files, {
    onGroup: (group) => metrics.groupCommitted(group),
    log,
  });
  onClose(() => chronicle.close());
  checkReadable(await chronicle.kinds());
  const forgotten = forgottenList(files.forgotten);
  await keepForgotten(chronicle, vault, forgotten, log);
  const measured = metrics.measured(chronicle);
  const events = tracing?.traced(measured) ?? measured;
  const clock = watchedClock(clockFrom(config.LETOPIS_CLOCK), log, await lastRecordedAt(events));
  const roles = config.LETOPIS_ROLES;
  const election = leases && new Election(leases, ownerName(), leasesOf(config), log);
  const commands = commandHandlers(events, vault, clock, metrics);
  const eventLog = chronicle.log ?? kept.log;
  let checkpointer: Checkpointer | undefined;
  let cosigning: Cosigning | undefined;
  if (eventLog) {
    // A damaged log is not signed.
    const keepsLog = () =>
      roles.has('projections') && (election?.holds(LOG_LEASE) ?? true) && writingWith(chronicle.damage()) !== 'CLOSED';
    if (eventLog === kept.log) {
      const follower = buildLog(chronicle, kept.log, { isHeld: keepsLog }, { log, observer: metrics });
      onClose(() => follower.stop());
    }
    const signing = {
      config,
      kept,
      events,
      eventLog,
      handler: commands.log,
      logger: log,
      observer: metrics,
      isMine: keepsLog,
    };
    checkpointer = await startSigning(signing);
    onClose(() => checkpointer?.stop());
    cosigning = startCosigning(signing);
    onClose(() => cosigning?.stop());
  }
  const runner = new ProjectionRunner(
    READ_MODELS,
    events,
    store,
    log,
    metrics,
    election ? shareBy(election, config) : ALONE,
  );
  const carried = tracing?.tracedCommands(commands) ?? commands;
  if (following) await runner.start(roles.has('projections'));
  else await runner.open();
  onClose(() => runner.stop());
  const directory = await openDirectory({ events, vault, clock, log, observer: metrics }, store, runner);
  onClose(() => directory.close());
  const client = new WebhookClient(config.LETOPIS_WEBHOOK_INTERNAL);
  const mayCall = (url: string) => client.mayCall(url);
  const access = new AccessService({ handler: carried.access, directory, vault, mayCall });
  const leaseFor = (role: ProcessRole, name: string): WorkerLease => ({
    isHeld: () => roles.has(role) && (election?.holds(name) ?? true),
    ...(election ? { term: () => election.term() } : {}),
  });
  const watcher = new DeadlineWatcher({
    handler: carried.plans,
    store,
    runner,
    clock,
    log,
    observer: metrics,
    principal: SYSTEM,
    lease: leaseFor('deadlines', DEADLINES_LEASE),
  });
  onClose(() => watcher.stop());
  if (election) {
    election.start();
    // Stopped early, so that the leases are released and another process need not wait for them to expire.
    onClose(() => election.stop());
  }
  metrics.watch({ events, store, runner, watcher, vault, signing: checkpointer });
  const timeZone = config.LETOPIS_TIMEZONE;
  const facts = new DistrictFacts(store, runner, vault);
  onClose(() => facts.close());
  const sources = {
    events,
    store,
    runner,
    vault,
    forgotten,
    clock,
    timeZone,
    persons: carried.persons,
    // Includes the names of the administrator and the system.
    holders: async () => namedPrincipals(directory),
    retentionYears: config.LETOPIS_RETENTION_YEARS,
  };
  const planSources = { events, store, runner, load: (id: string) => commands.plans.load(id) };
  const services: Services = {
    events,
    log: eventLog,
    logState: lastKnown(
      async () => {
        const isAway = events.known().awaySince !== undefined;
        const standing = isAway ? undefined : await checkpointer?.standing();
        return {
          keys: await eventLog?.publicKeys(),
          refused: standing?.kind === 'refused' ? standing : undefined,
          cosigned: await cosigning?.standing(),
        };
      },
      () => store.known().awaySince !== undefined,
    ),
    proofs: eventLog && readableProofs(eventLog, configuredLogKeys({ config, kept, events })),
    store,
    openScratch: openReadStoreInMemory,
    runner,
    handler: carried.plans,
    organisations: carried.organisations,
    planOf: async (planId: string) => visible(await commands.plans.load(planId)),
    importTarget: (request: ImportTargetRequest) => importTargetOf(planSources, request),
    newPlanTarget: (request: NewPlanRequest) => newPlanTarget(planSources, request),
    facts,
    persons: {
      tracesOf: (sought: PersonSearch) => tracesOf(sources, sought),
      forget: (request: ForgetRequest) => forgetPerson(sources, request),
    },
    vault,
    access,
    directory,
    uses,
    refusals,
    sessionLog,
    readings,
    deliveries,
    callWebhook: (webhook: RegisteredWebhook, eventId: string, body: string) =>
      call({ client, vault, clock }, webhook, eventId, body),
    unnoted: (error: unknown) => log.warn({ err: error }, 'the access records could not be written'),
    clock,
    timeZone,
    documents: documentThreads(config.LETOPIS_MAX_UPLOAD, { soffice: config.LETOPIS_SOFFICE }),
    maxUpload: config.LETOPIS_MAX_UPLOAD,
    version,
    limits: limitsOf(config),
    observer: metrics,
  };
  const called = (outcome: Called['kind']) => metrics.webhookCalled(outcome);
  const sending = { deliveries, client, vault, clock, patience: PATIENCE, called };
  const lease = leaseFor('webhooks', WEBHOOKS_LEASE);
  const deliverer = new Deliverer({ services, hub: new Hub(log), directory, sending, log, observer: metrics, lease });
  onClose(() => deliverer.stop());
  const logStore = chronicle.log ? undefined : kept.log;
  return {
    services,
    access,
    directory,
    sessions: kept.sessions,
    administratorKey: () => administratorKeyOf(config, files),
    watcher,
    deliverer,
    logStore,
    checkpointer,
    metrics,
    tracing,
    files,
    log,
    isShared: leases !== undefined,
  };
}

/** Returns the time of the last event; empty for an empty chronicle. */
async function lastRecordedAt(events: EventStore): Promise<string> {
  const last = await events.eventAt(await events.head());
  return last ? fromStore(last).recordedAt : '';
}
