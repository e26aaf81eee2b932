import { randomUUID } from 'node:crypto';
import { isWithin, type Principal } from '../../access/principal.js';
import {
  ACCESS,
  groundFrom,
  LOG,
  ORGANISATIONS,
  PERSONS,
  PLANS,
  type StateOf,
  type Subject,
} from '../../application/subjects.js';
import type { AccessCommand } from '../../domain/access/commands.js';
import type { AccessEvent } from '../../domain/access/events.js';
import type { ExistingHolder } from '../../domain/access/holder.js';
import type { Basis, Given, Ground } from '../../domain/actor.js';
import type { ChronicleEvent } from '../../domain/chronicle.js';
import type { LocalDate } from '../../domain/dates.js';
import type { LogEvent } from '../../domain/log/events.js';
import type { KnownLog, LogCommand } from '../../domain/log/keys.js';
import type { OrganisationCommand, OrganisationEvent } from '../../domain/organisation/catalogue.js';
import type { ExistingOrganisation } from '../../domain/organisation/organisation.js';
import type { PersonCommand } from '../../domain/person/commands.js';
import type { PersonEvent } from '../../domain/person/events.js';
import type { ForgottenPerson } from '../../domain/person/person.js';
import type { NamedPerson, PersonalText } from '../../domain/personal.js';
import type { PlanCommand, PlanEvent } from '../../domain/plan/catalogue.js';
import { readable } from '../../domain/plan/checks.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import type { Clock } from '../clock.js';
import { canonicalJson, chained, derivedId, type Recorded } from '../eventstore/envelope.js';
import {
  AppendTooLarge,
  type EventStore,
  type ExpectedRevision,
  InvalidAppend,
  type NewEvent,
  NOT_RETURNED,
  WrongExpectedRevision,
} from '../eventstore/port.js';
import { SubjectTaken } from '../vault/keyStore.js';
import type { Sealing } from '../vault/sealing.js';
import type { Vault } from '../vault/vault.js';
import { type Aggregate, Aggregates, type Loaded, type PastCommand } from './aggregates.js';
import { enveloped } from './envelopes.js';
import { chunksOf } from './pieces.js';

/** Seals the name of a person for an event. */
export type Seal = (person: NamedPerson) => PersonalText;

/** A command with its circumstances, from the API, the command line or an import. */
export interface CommandRequest<Command = PlanCommand> {
  /** Id of the plan, organisation or other aggregate. */
  readonly id: string;
  /** The caller's input: a request with the same commandId and another payload is refused. */
  readonly payload: unknown;
  /** Returns the command with sealed names. Called only after the request was found not to be a repeat. */
  readonly command: (seal: Seal) => Command;
  readonly principal: Principal;
  /** Chosen by the caller, so that a repeat is recognised; null: the handler generates one. */
  readonly commandId: string | null;
  /** Last revision that the caller has seen, not counting events of the system; null: any revision. */
  readonly expectedRevision: number | null;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly effectiveOn: LocalDate | null;
}

/** The result of an executed command. */
export interface Done<Present, Event> {
  readonly kind: 'done';
  /** True if the command was executed before; this is its first result. */
  readonly isRepeat: boolean;
  readonly id: string;
  /** The state before these events, and the state after them and all later events. */
  readonly before: StateOf<Present>;
  readonly after: Present;
  readonly events: readonly Recorded<Event>[];
  /** When the first event of the stream was recorded. */
  readonly begunAt: string;
}

/** The result of a command. */
export type CommandResult<Present = ExistingPlan, Event = PlanEvent> =
  | Done<Present, Event>
  | { readonly kind: 'refused'; readonly id: string; readonly refusal: Refusal };

/** Receives the outcome of each command, for metrics. */
export interface CommandObserver {
  commandEnded(outcome: CommandResult['kind'] | 'failed', milliseconds: number): void;
}

/** Returns the id of the plan that this command begins. A repeat gives the same id. */
export function newPlanId(principal: Principal, commandId: string): string {
  return derivedId(`plan/${principal.id}/${commandId}`);
}

/** Returns the id of the organisation that this command registers. */
export function newOrganisationId(principal: Principal, commandId: string): string {
  return derivedId(`organisation/${principal.id}/${commandId}`);
}

/** Returns the id of the access holder that this command creates. */
export function newHolderId(principal: Principal, commandId: string): string {
  return derivedId(`access/${principal.id}/${commandId}`);
}

/**
 * Returns the id of a plan that an organisation imports from a file with this hash. `copy` numbers the plans imported
 * from the same file.
 */
export function importedPlanId(sha256: string, organisationId: string | null = null, copy = 1): string {
  const name = organisationId === null ? sha256 : `${organisationId}/${sha256}`;
  return derivedId(copy === 1 ? `import/${name}` : `import/${name}/${copy}`);
}

/** Maximum number of attempts when other commands write to the same stream. */
const MAX_ATTEMPTS = 20;

/** A command during its attempts, with everything that stays the same from one attempt to the next. */
interface Attempt<Command> {
  readonly request: CommandRequest<Command>;
  readonly stream: string;
  readonly commandId: string;
  readonly fingerprint: string;
  /** Seals the command's names once; returns the sealing and the command with sealed names. */
  readonly sealed: () => { readonly sealing: Sealing; readonly command: Command };
  /** Makes the next attempt seal the names again, after another process created keys for the same persons. */
  readonly sealAnew: () => void;
  /** The names of persons in the command, in clear. */
  readonly names: ReadonlySet<string>;
}

/** Executes commands on the streams of one aggregate. All events of such streams are appended here. */
export class CommandHandler<
  Present extends { readonly status: string } = ExistingPlan,
  Event extends ChronicleEvent = PlanEvent,
  Command extends { readonly type: string } = PlanCommand,
> {
  readonly #aggregates: Aggregates<Present, Event, Command>;

  constructor(
    private readonly subject: Subject<Present, Event, Command>,
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly ground: (organisationId: string, subjectId: string) => Promise<Ground | null>,
    private readonly observer?: CommandObserver,
  ) {
    this.#aggregates = new Aggregates(store, subject);
  }

  /** Returns the present state of a stream. */
  async load(id: string): Promise<StateOf<Present>> {
    return (await this.#aggregates.load(this.subject.stream(id))).aggregate.state;
  }

  /**
   * Executes a command: loads the state, authorises, checks the commandId, decides, appends. After a conflict it
   * decides again.
   *
   * @throws EventStoreUnavailable if the event store cannot be reached: repeat with the same commandId.
   */
  async handle(request: CommandRequest<Command>): Promise<CommandResult<Present, Event>> {
    const start = performance.now();
    let outcome: 'done' | 'refused' | 'failed' = 'failed';
    try {
      const result = await this.#handled(request);
      outcome = result.kind;
      return result;
    } finally {
      this.observer?.commandEnded(outcome, performance.now() - start);
    }
  }

  async #handled(request: CommandRequest<Command>): Promise<CommandResult<Present, Event>> {
    const { reason, basis, effectiveOn, payload } = request;
    const stream = this.subject.stream(request.id);
    let sealed: ReturnType<Attempt<Command>['sealed']> | undefined;
    const names = new Set<string>();
    const seal = () => {
      const sealing = this.vault.sealing();
      const command = request.command((named) => {
        names.add(named.person);
        return sealing.seal(named);
      });
      return { sealing, command };
    };
    const command: Attempt<Command> = {
      request,
      stream,
      commandId: request.commandId ?? randomUUID(),
      fingerprint: this.vault.fingerprint(canonicalJson({ payload, reason, basis, effectiveOn })),
      sealed: () => {
        sealed ??= seal();
        return sealed;
      },
      sealAnew: () => {
        sealed = undefined;
      },
      names,
    };
    // Try with the cached state first: if it is outdated, the append conflicts. A refusal is checked with fresh state.
    const known = this.#aggregates.known(stream);
    const quick = known && (await this.#attempt(command, { aggregate: known, tail: [] }));
    if (quick && 'kind' in quick && quick.kind === 'done') return quick;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#attempt(command, await this.#aggregates.load(stream));
      if ('kind' in result) return result;
      if (attempt === MAX_ATTEMPTS) throw result.conflict;
    }
  }

  /** Decides on a loaded state and appends at its revision. Returns a conflict if another append came first. */
  async #attempt(
    { request, stream, commandId, fingerprint, sealed, sealAnew, names }: Attempt<Command>,
    loaded: Loaded<StateOf<Present>, Event>,
  ): Promise<CommandResult<Present, Event> | { readonly conflict: Error }> {
    const { aggregate } = loaded;
    // Something outside the access scope is refused as if it did not exist.
    const isSeen = this.subject.isSeen(request.principal.scope, aggregate.state, request.id);
    if (!isSeen) return await this.#unseen(request, sealed().command);
    const past = aggregate.commands.get(commandId);
    if (past && past.fingerprint !== fingerprint) return refused(request, 'COMMAND_ID_REUSED', 'commandId');
    if (past && !past.isOpen) return { ...(await this.#done(request.id, past, loaded)), isRepeat: true };
    const { command, sealing } = sealed();
    if (!this.subject.may(request.principal.role, command, aggregate.state)) {
      return refused(request, 'NOT_AUTHORISED', null, { role: request.principal.role });
    }
    const { reason, basis } = request;
    const unreadable = readable({ ...command, reason, basis, commandId, persons: [...names] });
    if (unreadable) return { ...unreadable, id: request.id };
    const begunBy = () => [...aggregate.commands].findLast(([, { isOpen }]) => isOpen)?.[0] ?? null;
    const unfinished = this.subject.unfinished(aggregate.state, command, commandId, begunBy);
    if (unfinished) return { ...unfinished, id: request.id };
    const stale = await this.#changedSince(request, aggregate);
    if (stale) return stale;
    const now = later(this.clock(), aggregate.lastRecordedAt);
    const organisationId = this.subject.groundOf(aggregate.state, command);
    const { scope } = request.principal;
    const organisation = await this.#organisation(request, organisationId);
    const decision = this.subject.decide(aggregate.state, command, { ...given(request), now, organisation });
    if (decision.kind === 'refused') return { kind: 'refused', id: request.id, refusal: decision.refusal };
    // A caller with a restricted scope may not begin something without an organisation: it would be outside the scope.
    if (scope !== null && organisationId === null && aggregate.revision === 'noStream') {
      return refused(request, 'ORGANISATION_REQUIRED', 'organisationId');
    }
    const first = past?.events ?? 0;
    const name = sealing.seal({ person: request.principal.name });
    const recording = { stream, commandId, fingerprint, recordedAt: now, first };
    const stored = chained(aggregate.leaf, enveloped(request, recording, name, decision.events));
    try {
      // Store each key before appending the events that need it.
      await sealing.ready();
      const after = decision.inChunks
        ? await this.#appendInPieces(stream, aggregate.revision, stored)
        : await this.#append(stream, aggregate, stored);
      const done = after.aggregate.commands.get(commandId);
      if (!done) throw new Error(`the events of command ${commandId} vanished after an append`);
      // A resumed import began before this state was loaded.
      return await this.#done(request.id, done, after, past ? undefined : aggregate.state);
    } catch (error) {
      if (error instanceof AppendTooLarge) return refused(request, 'PLAN_TOO_LARGE', null, { max: error.message });
      // A concurrent repeat of the same command stores the same ids with other seals: the next attempt finds it.
      if (error instanceof WrongExpectedRevision || error instanceof InvalidAppend) return { conflict: error };
      if (error instanceof SubjectTaken) {
        sealAnew();
        return { conflict: error };
      }
      throw error;
    }
  }

  /** Returns the refusal of a command on something outside the scope: the same as for something that does not exist. */
  async #unseen(request: CommandRequest<Command>, command: Command): Promise<Refusing> {
    const { nothing, absent } = this.subject;
    const { role, scope } = request.principal;
    if (!this.subject.may(role, command, nothing)) return refused(request, 'NOT_AUTHORISED', null, { role });
    const now = this.clock();
    const organisationId = this.subject.groundOf(nothing, command);
    const organisation = await this.#organisation(request, organisationId);
    const decision = this.subject.decide(nothing, command, { ...given(request), now, organisation });
    if (decision.kind === 'refused') return { kind: 'refused', id: request.id, refusal: decision.refusal };
    return scope !== null && organisationId === null
      ? refused(request, 'ORGANISATION_REQUIRED', 'organisationId')
      : refused(request, absent.code, absent.field);
  }

  /** Returns the organisation context of a command, if the organisation is within the caller's scope. */
  async #organisation({ id, principal }: CommandRequest<Command>, organisationId: string | null) {
    const isSeen = organisationId !== null && isWithin(principal.scope, organisationId);
    return isSeen ? this.ground(organisationId, id) : null;
  }

  async #append(
    stream: string,
    aggregate: Aggregate<StateOf<Present>>,
    events: readonly NewEvent[],
  ): Promise<Loaded<StateOf<Present>, Event>> {
    const { firstRevision, position, positions } = await this.store.append(stream, aggregate.revision, events);
    // Build the stored events instead of reading them back.
    const stored = events.map((event, index) => ({
      ...event,
      stream,
      revision: firstRevision + index,
      position: positions?.[index] ?? (index === events.length - 1 ? position : NOT_RETURNED),
    }));
    return this.#aggregates.extend(stream, aggregate, stored);
  }

  async #appendInPieces(
    stream: string,
    from: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Loaded<StateOf<Present>, Event>> {
    let revision = from;
    for (const piece of chunksOf(events)) revision = (await this.store.append(stream, revision, piece)).lastRevision;
    return this.#aggregates.load(stream);
  }

  async #done(
    id: string,
    command: PastCommand,
    { aggregate: { state, begunAt }, tail }: Loaded<StateOf<Present>, Event>,
    before?: StateOf<Present>,
  ): Promise<Done<Present, Event>> {
    const { firstRevision: first, lastRevision: last } = command;
    const stream = this.subject.stream(id);
    if (!this.subject.isPresent(state)) throw new Error(`${stream} vanished after an append`);
    const earlier = this.subject.seen(before ?? (await this.#foldedTo(stream, first)));
    const read = tail.filter(({ revision }) => revision >= first && revision <= last);
    const events = read.length === last - first + 1 ? read : await this.#recorded(stream, first, last);
    await this.vault.learn([state, earlier, events]);
    return { kind: 'done', isRepeat: false, id, before: earlier, after: state, begunAt, events };
  }

  async #recorded(stream: string, first: number, last: number): Promise<Recorded<Event>[]> {
    const events = await this.store.readStream(stream, { from: first, limit: last - first + 1 });
    return events.map((stored) => this.subject.read(stored));
  }

  async #foldedTo(stream: string, revision: number): Promise<StateOf<Present>> {
    const events = revision === 0 ? [] : await this.store.readStream(stream, { limit: revision });
    return events.reduce<StateOf<Present>>(
      (state, stored) => this.subject.evolve(state, this.subject.read(stored).event),
      this.subject.nothing,
    );
  }

  /**
   * Returns the refusal for a stale expectedRevision, with the later changes and their actors; undefined if it is
   * current.
   */
  async #changedSince(
    request: CommandRequest<Command>,
    aggregate: Aggregate<StateOf<Present>>,
  ): Promise<Refusing | undefined> {
    const { expectedRevision } = request;
    if (expectedRevision === null) return undefined;
    const { revision } = aggregate;
    // A revision beyond the last one cannot have been seen.
    if (revision !== 'noStream' && expectedRevision > revision) {
      return refused(request, 'REVISION_UNKNOWN', 'expectedRevision', { revision });
    }
    if (expectedRevision >= aggregate.lastHumanRevision) return undefined;
    const events = await this.store.readStream(this.subject.stream(request.id), {
      from: expectedRevision + 1,
      limit: 20,
    });
    const changes = events
      .map((stored) => this.subject.read(stored))
      .filter(({ actor }) => actor.role !== 'system')
      .map(({ event, actor, recordedAt }) => `${event.type} (${actor.post ?? actor.role}, ${recordedAt})`);
    return refused(request, this.subject.changed, 'expectedRevision', {
      revision: aggregate.lastHumanRevision,
      changes: changes.join('; '),
    });
  }
}

function given<Command>({
  principal,
  reason,
  basis,
  effectiveOn,
}: CommandRequest<Command>): Omit<Given, 'now' | 'organisation'> {
  const { id, role, post, organisation, formerIds } = principal;
  const actor = { id, role, post, organisation, ...(formerIds ? { formerIds } : {}) };
  return { actor, reason, basis, effectiveOn };
}

type Refusing = Extract<CommandResult, { kind: 'refused' }>;

function refused(
  { id }: { readonly id: string },
  code: Refusal['code'],
  field: string | null,
  params: Refusal['params'] = {},
): Refusing {
  return { kind: 'refused', id, refusal: refuse(code, field, params).refusal };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** The command handlers of plans, organisations, access, persons and the log. */
export interface CommandHandlers {
  readonly plans: CommandHandler;
  readonly organisations: CommandHandler<ExistingOrganisation, OrganisationEvent, OrganisationCommand>;
  readonly access: CommandHandler<ExistingHolder, AccessEvent, AccessCommand>;
  readonly persons: CommandHandler<ForgottenPerson, PersonEvent, PersonCommand>;
  readonly log: CommandHandler<KnownLog, LogEvent, LogCommand>;
}

/** Returns the command handlers of one chronicle. */
export function commandHandlers(
  store: EventStore,
  vault: Vault,
  clock: Clock,
  observer?: CommandObserver,
): CommandHandlers {
  const load = (id: string) => organisations.load(id);
  const noGround = () => Promise.resolve(null);
  const organisations: CommandHandlers['organisations'] = new CommandHandler(
    ORGANISATIONS,
    store,
    vault,
    clock,
    (id, subjectId) => groundFrom(id, subjectId, load),
    observer,
  );
  return {
    plans: new CommandHandler(PLANS, store, vault, clock, (id) => groundFrom(id, null, load), observer),
    organisations,
    access: new CommandHandler(ACCESS, store, vault, clock, noGround, observer),
    persons: new CommandHandler(PERSONS, store, vault, clock, noGround, observer),
    log: new CommandHandler(LOG, store, vault, clock, noGround, observer),
  };
}
