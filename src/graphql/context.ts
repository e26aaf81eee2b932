import type { Caller, Principal, Scope } from '../access/principal.js';
import type { ReadWay } from '../access/readings.js';
import { mayRead, type ReadingWay } from '../application/policy.js';
import type { Language } from '../application/wordings.js';
import type { DocumentThreads } from '../documents/isolated.js';
import type { Role } from '../domain/actor.js';
import { type Instant, type LocalDate, localDay } from '../domain/dates.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';
import { type Writing, writingWith } from '../engine/eventstore/damage.js';
import { type NativePosition, NOT_RETURNED, type StoredEvent } from '../engine/eventstore/port.js';
import { InvalidPosition, knownPosition, positionToken, positionTokenAt } from '../engine/eventstore/position.js';
import type { Staleness } from '../engine/projections/quarantine.js';
import type { Filter, PageRequest, SumRequest } from '../engine/readstore/port.js';
import type { ReadModel } from '../projections/model.js';
import { ReadDependencies } from './answers/readDependencies.js';
import type { ChildList } from './below.js';
import { apiError } from './errors.js';
import type { ExecutionScope } from './executionScope.js';
import { turns } from './executor/turns.js';
import { globalId, type NodeType } from './ids.js';
import type { Limits } from './limits/limits.js';
import { Loaders } from './loaders.js';
import { type BodyPage, countVisible, find, get, lists, sums } from './scope/documents.js';
import { printed } from './scope/names.js';
import { lastUses } from './scope/oversight.js';
import { seenPlan } from './scope/plans.js';
import type { ScopedRequest } from './scope/request.js';
import { UNSCOPED } from './scope/unscoped.js';
import type { ContextServices, SubscriptionObserver } from './services.js';

/** Expected time of a read without its rows, and of each row, in milliseconds. Measured with full pages of plans. */
const READ_MS = 0.5;
const ROW_MS = 0.05;

/** How long a query waits for the read models, in milliseconds. */
const FRESHNESS_MS = 5_000;

/** The context of one request: its caller, its language, its limits, and the rows loaded so far. */
export class Context implements ScopedRequest {
  private readonly wanted: { atLeast: NativePosition; readonly models: Set<string> } = {
    atLeast: '',
    models: new Set(),
  };
  /** The dependencies of the answer, for the response cache. */
  readonly reads = new ReadDependencies();
  private readonly pasts = new Map<string, Promise<Context | undefined>>();
  /** Position that the read models had passed before the first read; undefined before it. */
  private begun: NativePosition | undefined;
  /** Undefined when the request has ended. */
  private closers: (() => Promise<void>)[] | undefined = [];
  /** Position token in Last-Event-ID of a reconnecting client. It takes precedence over `resumeAfter`. */
  lastEventId: string | undefined;
  readonly loaders = new Loaders({
    get: (model, ids) => this.get(model, ids),
    find: (model, page) => this.find(model, page),
    sums: (model, request) => this.sums(model, request),
    lists: (below, keys) => this.lists(below, keys),
    lastUses: (ids) => lastUses(this, ids),
  });
  /** The unrestricted services. Only modules of `scope/` use them, and restrict what they return. */
  readonly [UNSCOPED]: ContextServices;

  constructor(
    services: ContextServices,
    private readonly who: Caller,
    readonly language: Language,
    /** State shared with the contexts of past states that the request opens. */
    private readonly execution: ExecutionScope,
    /** The past state of one plan, which the caller was found to see; empty for the present. See {@link idOf}. */
    private readonly pastKey = '',
  ) {
    this[UNSCOPED] = services;
  }

  /**
   * The caller. An answer that depends on it must not be shared, so such fields are not listed in answers/cacheable.ts.
   */
  get caller(): Caller {
    return this.who;
  }

  /** Owner of the work of the request, for `EventLoopTurns`. */
  get owner(): string {
    return this.execution.owner;
  }

  get limits(): Limits {
    return this.parts.limits;
  }

  /** The caller's present principal: grants may change during a subscription. */
  get principal(): Principal {
    return this.caller.principal;
  }

  get role(): Role {
    return this.who.principal.role;
  }

  /** The access scope of the caller; null, which is everything, in the past state of a plan that the caller sees. */
  get scope(): Scope {
    return this.pastKey !== '' ? null : this.who.principal.scope;
  }

  /** Returns a context of the same request over a past state of a plan that the caller sees; see `openPast`. */
  overPast(services: ContextServices, pastKey: string): Context {
    const { execution } = this;
    return new Context(services, this.who, this.language, { ...execution, lists: undefined }, pastKey);
  }

  /**
   * Returns the global id of a thing of a plan. In a past state it names that state, so that a client does not store the
   * past in place of the present.
   */
  idOf(type: NodeType, planId: string, local = ''): string {
    return globalId(type, planId, local, this.pastKey);
  }

  /**
   * Records the names that were read, and drops everything that was loaded. Call it between two results of a
   * subscription and between two pages of a file.
   */
  async settle(): Promise<void> {
    await this.noteReadings();
    this.execution.share?.dropRows();
    this.loaders.forget();
    this.reads.forget();
    this.begun = undefined;
  }

  /** Returns a context of the same request with nothing loaded. */
  anew(): Context {
    return new Context(this.parts, this.who, this.language, this.execution);
  }

  /** Returns a plan folded from its events; undefined when it does not exist or the caller does not see it. */
  async planOf(planId: string): Promise<ExistingPlan | undefined> {
    return (await seenPlan(this, planId))?.plan;
  }

  /** Returns true when the caller sees a plan. With full access it does not check that the plan exists. */
  async seesPlan(planId: string): Promise<boolean> {
    return this.scope === null || (await this.loaders.plan.load(planId)) !== undefined;
  }

  /** Returns true when the caller may read this. */
  may(reading: ReadingWay): boolean {
    return mayRead(this.who.principal, reading);
  }

  /** Throws unless the caller may read this. @throws GraphQLError FORBIDDEN */
  demand(reading: ReadingWay): void {
    if (this.may(reading)) return;
    const { role } = this;
    const who = mayRead({ role, scope: null }, reading)
      ? 'A caller who does not see all organisations'
      : `The role «${role}»`;
    throw apiError('FORBIDDEN', `${who} may not read this (${reading}).`);
  }

  /** Records a refusal in the security log. */
  refused(field: string, code: string, stream: string | null = null): void {
    const { refusals, clock, unnoted } = this.parts;
    const { id: actorId, role } = this.who.principal;
    void refusals.record({ at: clock(), actorId, role, field, code, stream }).catch(unnoted);
  }

  /**
   * Returns the context of a past state, opened once for each key; see `contextAsOf`.
   *
   * @throws GraphQLError BAD_USER_INPUT when the request opens more than `most` past states.
   */
  past(key: string, most: number, open: () => Promise<Context | undefined>): Promise<Context | undefined> {
    this.reads.uncacheable();
    const known = this.pasts.get(key);
    if (known !== undefined) return known;
    if (this.pasts.size >= most) {
      throw apiError('BAD_USER_INPUT', `A request reads at most ${most} pasts: read the others in another request.`);
    }
    const past = open();
    this.pasts.set(key, past);
    return past;
  }

  /**
   * Registers a function to call when the request ends. Calls it at once when the request has ended already, as after a
   * TIMEOUT.
   */
  async atEnd(closer: () => Promise<void>): Promise<void> {
    if (this.closers) this.closers.push(closer);
    else await closer();
  }

  /** Records that the answer shows the names of these persons, as {@link print} does. */
  tellsNamesOf(subjects: readonly string[]): void {
    this.reads.uncacheable();
    for (const subject of subjects) this.execution.named.add(subject);
  }

  /** Writes the names that were read so far to the log of readings. @throws AccessUnavailable */
  async noteReadings(): Promise<void> {
    const { named, way } = this.execution;
    if (named.size === 0) return;
    const { readings, clock } = this.parts;
    const subjects = [...named];
    named.clear();
    await readings.record(this.who.principal.id, way, subjects, clock());
  }

  /**
   * Records the names that were read and closes resources, also when the names cannot be recorded. Call it after the
   * execution and before the response is sent. A second call records the names that were read since.
   *
   * @throws AccessUnavailable
   */
  async end(): Promise<void> {
    const closers = this.closers ?? [];
    this.closers = undefined;
    try {
      await this.noteReadings();
    } finally {
      for (const closer of closers) await closer();
    }
  }

  /** Makes later reads of this request wait until the read models have passed this position. */
  async atLeast(token: string | null | undefined): Promise<void> {
    if (!token) return;
    this.reads.uncacheable();
    this.freshTo(await this.position(token));
  }

  /** The same as {@link atLeast} for a native position; the answer stays cacheable. */
  freshTo(position: NativePosition): void {
    if (position > this.wanted.atLeast) this.wanted.atLeast = position;
  }

  /**
   * Returns the native position of a token.
   *
   * @throws GraphQLError BAD_POSITION for a position that this event store does not have.
   */
  async position(token: string): Promise<NativePosition> {
    const { events, runner } = this.parts;
    try {
      return await knownPosition(events, token, runner.position);
    } catch (error) {
      if (error instanceof InvalidPosition) throw apiError('BAD_POSITION', error.message, { problem: error.problem });
      throw error;
    }
  }

  /** Returns the token of a position. Reads the event at the position from the event store. */
  async tokenAt(position: NativePosition): Promise<string> {
    const { events } = this.parts;
    // Without the id of the event a token is checked less, but it does not wait for a store that does not answer.
    return events.known().awaySince === undefined ? positionTokenAt(events, position) : positionToken(events, position);
  }

  /** Returns the token of an event. Reads the event from the store if its position is not known yet. */
  tokenOf(event: Pick<StoredEvent, 'stream' | 'revision' | 'position' | 'id'>): string | Promise<string> {
    const { stream, revision, position, id } = event;
    if (position !== NOT_RETURNED) return this.token(position, id);
    return this.parts.events
      .readStream(stream, { from: revision, limit: 1 })
      .then(([stored]) => this.token(stored?.position ?? position, id));
  }

  /** Returns the token of a position whose event id is known. */
  token(position: NativePosition, eventId: string): string {
    return positionToken(this.parts.events, position, eventId);
  }

  /** Returns a printed text as the caller may see it, and records the names that it shows; see {@link printed}. */
  print(text: PrintedText): string {
    return printed(this, text, (subject) => this.execution.named.add(subject));
  }

  /** Loads the keys of sealed names in values, so that {@link print} can open them. */
  learn(values: unknown): Promise<void> {
    return this.parts.vault.learn(values);
  }

  /** Returns the current time, or the moment of the past state that the context reads. */
  now(): Instant {
    return this.parts.clock();
  }

  /** The time zone of the server: the default for plans and organisations. */
  get timeZone(): string {
    return this.parts.timeZone;
  }

  /** Reads and prints plan documents. */
  get documents(): DocumentThreads {
    return this.parts.documents;
  }

  /** How names of persons are read, for the log of readings. */
  get way(): ReadWay {
    return this.execution.way;
  }

  /** Aborts when the client disconnects; undefined when that cannot be detected. */
  get left(): AbortSignal | undefined {
    return this.execution.left;
  }

  /** Counts open subscriptions. */
  get observer(): SubscriptionObserver | undefined {
    return this.parts.observer;
  }

  /** The position up to which all read models are complete. */
  get reached(): NativePosition {
    return this.parts.runner.position;
  }

  /**
   * Returns the token of a position that all reads of this request include: every change after it is in the feed. Null
   * in a past state.
   */
  async readSince(): Promise<string | null> {
    return this.pastKey === '' ? this.tokenAt(this.begun ?? this.reached) : null;
  }

  /** Waits until the read models have passed a position, or the signal aborts. */
  async waitPast(position: NativePosition, signal: AbortSignal): Promise<void> {
    await this.parts.runner.waitPast(position, signal);
  }

  /** Returns `on`, or today in a time zone. Today is recorded as a dependency of the answer. */
  day(on: LocalDate | null | undefined, timeZone = this.parts.timeZone): LocalDate {
    if (on != null) return on;
    const today = this.reads.days.get(timeZone) ?? localDay(this.parts.clock(), timeZone);
    this.reads.days.set(timeZone, today);
    return today;
  }

  /** Returns a page of the rows that the caller sees. */
  find<Body>(model: ReadModel<Body>, page: PageRequest): Promise<BodyPage<Body>> {
    return find(this, model, page);
  }

  /** Returns the child lists of these keys, in the order of the keys. */
  lists<Body>(below: ChildList<Body>, keys: readonly string[]): Promise<Body[][]> {
    return lists(this, below, keys, this.execution.lists);
  }

  /** Returns sums over the rows that the caller sees. */
  sums<Body>(model: ReadModel<Body>, request: SumRequest): Promise<ReadonlyMap<string, number>> {
    return sums(this, model, request);
  }

  /** Returns how many rows that the caller sees match a filter. */
  count<Body>(model: ReadModel<Body>, filter: Filter): Promise<number> {
    return countVisible(this, model, filter);
  }

  /** Returns rows by their ids, in the order of the ids; undefined for those that the caller does not see. */
  get<Body>(model: ReadModel<Body>, ids: readonly string[]): Promise<(Body | undefined)[]> {
    return get(this, model, ids);
  }

  /** Returns since when a row of a plan is stale; null when it is not. */
  staleSince<Body>(model: ReadModel<Body>, planId: string, documentId: string): string | null {
    return this.parts.runner.quarantine.staleSince(model.spec.name, `plan-${planId}`, documentId);
  }

  /** How far a damaged event store still accepts commands. */
  get writing(): Writing {
    return writingWith(this.parts.events.damage());
  }

  /** Since when the event store does not answer, if this request has read read models; otherwise undefined. */
  get awaySince(): string | undefined {
    return this.wanted.models.size === 0 ? undefined : this.parts.events.known().awaySince;
  }

  /** The stale parts of the read models that this request has read. */
  get staleness(): readonly Staleness[] {
    return this.parts.runner.quarantine.staleness(this.wanted.models);
  }

  /** Records that the answer depends on a read model, for {@link staleness}. */
  looksAt<Body>({ spec }: ReadModel<Body>): void {
    this.wanted.models.add(spec.name);
  }

  /**
   * Waits for the next turn of the caller if the time slice is over. Call it between the steps of long work: it ends the
   * work of a request that has been answered already, or whose client has left.
   *
   * @param expectedMs how long the next step takes; see `EventLoopTurns.yield`.
   * @throws GraphQLError TIMEOUT
   */
  async turn(expectedMs = 0): Promise<void> {
    await turns.yield(this.owner, expectedMs);
    const { deadline, left } = this.execution;
    deadline?.check();
    // Not an error of the server: nobody receives it.
    if (left?.aborted) throw apiError('TIMEOUT', 'The client has left before the answer was complete.');
  }

  /** Counts rows that the request has read and holds until it ends. */
  holdRows(count: number): void {
    this.execution.share?.holdRows(count);
  }

  /**
   * Waits for the turn of the caller (queries only), until the request may hold more rows, and for the read models. Call
   * it before each read.
   *
   * @param rows the most rows that are read.
   * @throws GraphQLError READ_MODEL_BEHIND when the read models do not reach the position in time, TIMEOUT
   */
  async fresh(rows = 1): Promise<void> {
    const { runner } = this.parts;
    const expectedMs = READ_MS + rows * ROW_MS;
    // Commands do not wait for turns, so that commands of one caller keep their order.
    if (this.execution.deadline) await this.turn(expectedMs);
    const room = this.execution.share?.room(0);
    if (room !== undefined) {
      await room;
      // All reads that waited for the same room go on at this moment, so they take turns once more.
      await this.turn(expectedMs);
    }
    const { atLeast } = this.wanted;
    if (runner.position >= atLeast || (await runner.waitFor(atLeast, FRESHNESS_MS))) {
      this.begun ??= runner.position;
      return;
    }
    throw apiError('READ_MODEL_BEHIND', 'The read models have not reached this position yet: ask again.', {
      reached: await this.tokenAt(runner.position),
    });
  }

  private get parts(): ContextServices {
    return this[UNSCOPED];
  }
}
