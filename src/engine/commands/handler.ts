import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { canonicalJson } from '../eventstore/canonicalJson.js';
import { type AnyEvent, chained } from '../eventstore/envelope.js';
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
import type { NameSealer } from '../vault/sealing.js';
import type { Vault } from '../vault/vault.js';
import { type Aggregate, Aggregates, type LoadedAggregate, type PastCommand } from './aggregates.js';
import { enveloped } from './envelopes.js';
import { chunksOf } from './pieces.js';
import {
  type GivenCommand,
  isPresent,
  type ProductTypes,
  type RecordedOf,
  type StateOf,
  type StreamDefinition,
} from './stream.js';

/** The result of an executed command. */
export interface ExecutedCommand<Product extends ProductTypes, Present, Event> {
  readonly kind: 'done';
  /** True if the command was executed before; this is its first result. */
  readonly isRepeat: boolean;
  readonly id: string;
  /** The state before these events, and the state after them and all later events. */
  readonly before: StateOf<Present>;
  readonly after: Present;
  readonly events: readonly RecordedOf<Product, Event>[];
  /** The later events of the stream, which other commands wrote; empty unless the command is repeated. */
  readonly later: readonly RecordedOf<Product, Event>[];
  /** When the first event of the stream was recorded. */
  readonly begunAt: string;
}

/** The refusal of a command, with the id of its target. */
interface NotExecuted<Product extends ProductTypes> {
  readonly kind: 'refused';
  readonly id: string;
  readonly refusal: Product['refusal'];
}

/** The result of a command. */
export type HandledCommand<Product extends ProductTypes, Present, Event> =
  | ExecutedCommand<Product, Present, Event>
  | NotExecuted<Product>;

/** Receives the outcome of each command, for metrics. */
export interface HandlerObserver {
  commandEnded(outcome: 'done' | 'refused' | 'failed', milliseconds: number): void;
}

/** The dependencies of a handler. */
export interface HandlerParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly observer?: HandlerObserver | undefined;
}

/** Maximum number of attempts when other commands write to the same stream. */
const MAX_ATTEMPTS = 20;

/** Maximum number of changes by others that a refusal for a stale revision lists. */
const MAX_LISTED_CHANGES = 20;

/** A command during its attempts, with everything that stays the same from one attempt to the next. */
interface Attempt<Product extends ProductTypes, Command> {
  readonly given: GivenCommand<Product, Command>;
  readonly stream: string;
  readonly commandId: string;
  readonly fingerprint: string;
  /** Seals the command's names once; returns the sealing and the command with sealed names. */
  readonly sealed: () => { readonly sealing: NameSealer; readonly command: Command };
  /** Makes the next attempt seal the names again, after another process created keys for the same persons. */
  readonly sealAnew: () => void;
  /** The names of persons in the command, in clear. */
  readonly names: ReadonlySet<string>;
}

/** Executes commands on the streams of one kind. All events of these streams are appended by it. */
export class StreamHandler<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  Event extends AnyEvent,
  Command,
> {
  readonly #aggregates: Aggregates<Product, Present, Event, Command>;

  constructor(
    private readonly definition: StreamDefinition<Product, Present, Event, Command>,
    private readonly parts: HandlerParts,
  ) {
    this.#aggregates = new Aggregates(parts.store, definition);
  }

  /** Returns the present state of a stream. */
  async load(id: string): Promise<StateOf<Present>> {
    return (await this.#aggregates.load(this.definition.stream(id))).aggregate.state;
  }

  /**
   * Executes a command: loads the state, authorises, checks the commandId, decides, appends. After a conflict it
   * decides again.
   *
   * @throws EventStoreUnavailable if the event store cannot be reached: repeat with the same commandId.
   */
  async handle(given: GivenCommand<Product, Command>): Promise<HandledCommand<Product, Present, Event>> {
    const start = performance.now();
    let outcome: 'done' | 'refused' | 'failed' = 'failed';
    try {
      const result = await this.#handled(given);
      outcome = result.kind;
      return result;
    } finally {
      this.parts.observer?.commandEnded(outcome, performance.now() - start);
    }
  }

  async #handled(given: GivenCommand<Product, Command>): Promise<HandledCommand<Product, Present, Event>> {
    const { reason, basis, effectiveOn, payload } = given;
    const { vault } = this.parts;
    const stream = this.definition.stream(given.id);
    let sealed: ReturnType<Attempt<Product, Command>['sealed']> | undefined;
    const names = new Set<string>();
    const seal = () => {
      const sealing = vault.sealing();
      const command = given.command((named) => {
        names.add(named.person);
        return sealing.seal(named);
      });
      return { sealing, command };
    };
    const attempted: Attempt<Product, Command> = {
      given,
      stream,
      commandId: given.commandId ?? randomUUID(),
      fingerprint: vault.fingerprint(canonicalJson({ payload, reason, basis, effectiveOn })),
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
    const quick = known && (await this.#attempt(attempted, { aggregate: known, tail: [] }));
    if (quick && 'kind' in quick && quick.kind === 'done') return quick;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#attempt(attempted, await this.#aggregates.load(stream));
      if ('kind' in result) return result;
      if (attempt === MAX_ATTEMPTS) throw result.conflict;
    }
  }

  /** Decides on a loaded state and appends at its revision. Returns a conflict if another append came first. */
  async #attempt(
    { given, stream, commandId, fingerprint, sealed, sealAnew, names }: Attempt<Product, Command>,
    loaded: LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>,
  ): Promise<HandledCommand<Product, Present, Event> | { readonly conflict: Error }> {
    const { aggregate } = loaded;
    const { definition } = this;
    const { id } = given;
    const refused = (refusal: Product['refusal']): NotExecuted<Product> => ({ kind: 'refused', id, refusal });
    const hidden = await definition.hidden?.(aggregate.state, given, () => sealed().command);
    if (hidden) return refused(hidden.refusal);
    const past = aggregate.commands.get(commandId);
    if (past && past.fingerprint !== fingerprint) return refused(definition.refusals.reused());
    if (past && !past.isOpen) return { ...(await this.#done(id, past, loaded)), isRepeat: true };
    const { command, sealing } = sealed();
    const openCommand = () => [...aggregate.commands].findLast(([, { isOpen }]) => isOpen)?.[0] ?? null;
    const admitting = { command, given, commandId, names: [...names], openCommand };
    const barred = definition.admit?.(aggregate.state, admitting);
    if (barred) return refused(barred.refusal);
    const stale = await this.#changedSince(given, aggregate);
    if (stale !== undefined) return refused(stale);
    const now = laterTime(this.parts.clock(), aggregate.lastRecordedAt);
    const decision = await definition.decide(aggregate.state, { command, given, now });
    if (decision.kind === 'refused') return refused(decision.refusal);
    const name = sealing.seal({ person: given.principal.name });
    const recording = { stream, commandId, fingerprint, recordedAt: now, first: past?.events ?? 0 };
    const stored = chained(aggregate.leaf, enveloped(given, recording, name, decision.events, definition));
    try {
      // Store each key before appending the events that need it.
      await sealing.ready();
      const after = decision.inChunks
        ? await this.#appendInPieces(stream, aggregate.revision, stored)
        : await this.#append(stream, aggregate, stored);
      const done = after.aggregate.commands.get(commandId);
      if (!done) throw new Error(`the events of command ${commandId} vanished after an append`);
      // The loaded state of a resumed command includes its first events, so it is not the state before the command.
      return await this.#done(id, done, after, past ? undefined : aggregate.state);
    } catch (error) {
      if (error instanceof AppendTooLarge) return refused(definition.refusals.tooLarge(error.message));
      // A concurrent repeat of the same command stores the same ids with other seals: the next attempt finds it.
      if (error instanceof WrongExpectedRevision || error instanceof InvalidAppend) return { conflict: error };
      if (error instanceof SubjectTaken) {
        sealAnew();
        return { conflict: error };
      }
      throw error;
    }
  }

  async #append(
    stream: string,
    aggregate: Aggregate<StateOf<Present>>,
    events: readonly NewEvent[],
  ): Promise<LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>> {
    const appended = await this.parts.store.append(stream, aggregate.revision, events);
    const { firstRevision, position, positions, leaf } = appended;
    // Build the stored events instead of reading them back.
    // V8 adds properties after a spread slowly, so the spread comes last.
    const stored = events.map((event, index) => ({
      stream,
      revision: firstRevision + index,
      position: positions?.[index] ?? (index === events.length - 1 ? position : NOT_RETURNED),
      ...event,
    }));
    return this.#aggregates.extend(stream, aggregate, stored, leaf);
  }

  async #appendInPieces(
    stream: string,
    from: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>> {
    let revision = from;
    for (const piece of chunksOf(events)) {
      revision = (await this.parts.store.append(stream, revision, piece)).lastRevision;
    }
    return this.#aggregates.load(stream);
  }

  async #done(
    id: string,
    command: PastCommand,
    { aggregate: { state, begunAt, revision }, tail }: LoadedAggregate<StateOf<Present>, RecordedOf<Product, Event>>,
    before?: StateOf<Present>,
  ): Promise<ExecutedCommand<Product, Present, Event>> {
    const { firstRevision: first, lastRevision: last } = command;
    const stream = this.definition.stream(id);
    if (!isPresent(state)) throw new Error(`${stream} vanished after an append`);
    const found = before ?? (await this.#foldedTo(stream, first));
    const earlier = this.definition.seen?.(found) ?? found;
    const count = (revision === 'noStream' ? last : revision) - first + 1;
    const known = tail.filter((event) => event.revision >= first);
    const read = known.length === count ? known : await this.#recorded(stream, first, count);
    const events = read.filter((event) => event.revision <= last);
    const later = read.filter((event) => event.revision > last);
    await this.parts.vault.learn([state, earlier, events]);
    return { kind: 'done', isRepeat: false, id, before: earlier, after: state, begunAt, events, later };
  }

  async #recorded(stream: string, from: number, limit: number): Promise<RecordedOf<Product, Event>[]> {
    const events = await this.parts.store.readStream(stream, { from, limit });
    return events.map((stored) => this.definition.read(stored));
  }

  async #foldedTo(stream: string, revision: number): Promise<StateOf<Present>> {
    const events = revision === 0 ? [] : await this.#recorded(stream, 0, revision);
    return events.reduce<StateOf<Present>>(
      (state, { event }) => this.definition.evolve(state, event),
      this.definition.nothing,
    );
  }

  /** Returns the refusal for a stale expectedRevision; undefined if it is current. */
  async #changedSince(
    { id, expectedRevision }: GivenCommand<Product, Command>,
    { revision, lastHumanRevision }: Aggregate<StateOf<Present>>,
  ): Promise<Product['refusal'] | undefined> {
    if (expectedRevision === null) return undefined;
    const { refusals, isSystem } = this.definition;
    // The caller cannot have seen a revision after the last one.
    if (revision !== 'noStream' && expectedRevision > revision) return refusals.unknownRevision(revision);
    if (expectedRevision >= lastHumanRevision) return undefined;
    const events = await this.#recorded(this.definition.stream(id), expectedRevision + 1, MAX_LISTED_CHANGES);
    return refusals.changed(
      lastHumanRevision,
      events.filter(({ actor }) => !isSystem?.(actor)),
    );
  }
}

function laterTime(a: string, b: string): string {
  return a > b ? a : b;
}
