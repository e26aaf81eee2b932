import type { Caller, Principal, Scope } from '../access/principal.js';
import { mayRead, type ReadingWay } from '../application/policy.js';
import type { DocumentThreads } from '../documents/isolated.js';
import type { Role } from '../domain/actor.js';
import { type Instant, type LocalDate, localDay } from '../domain/dates.js';
import type { Language } from '../domain/language.js';
import { ReadDependencies } from './answers/readDependencies.js';
import { Freshness } from './context/freshness.js';
import { StoreHealth } from './context/health.js';
import { PersonNames } from './context/names.js';
import { Pasts } from './context/pasts.js';
import { PositionTokens } from './context/positions.js';
import { apiError } from './errors.js';
import type { ExecutionScope } from './executionScope.js';
import { turns } from './executor/turns.js';
import { globalId, type NodeType } from './ids.js';
import type { Limits } from './limits/limits.js';
import { Loaders } from './loaders.js';
import { UNSCOPED } from './scope/unscoped.js';
import type { ContextServices, SubscriptionObserver } from './services.js';

/** Expected time of a read without its rows, and of each row, in milliseconds. Measured with full pages of plans. */
const READ_MS = 0.5;
const ROW_MS = 0.05;

/** The context of one request: its caller, scope, language and limits. Its parts are in context/. */
export class Context {
  /** The dependencies of the answer, for the response cache. */
  readonly reads = new ReadDependencies();
  readonly pasts = new Pasts();
  #loaders: Loaders | undefined;
  readonly positions: PositionTokens;
  readonly freshness: Freshness;
  readonly health: StoreHealth;
  readonly names: PersonNames;
  /** The unrestricted services. Only modules of `scope/` use them, and restrict the results to the scope. */
  readonly [UNSCOPED]: ContextServices;

  constructor(
    services: ContextServices,
    private readonly who: Caller,
    readonly language: Language,
    /** State shared with the contexts of past states that the request opens. */
    readonly execution: ExecutionScope,
    /** The past state of one plan, which the caller was found to see; empty for the present. See {@link idOf}. */
    private readonly pastKey = '',
  ) {
    this[UNSCOPED] = services;
    this.positions = new PositionTokens(services);
    this.freshness = new Freshness(services.runner, this.positions, this.reads);
    this.health = new StoreHealth(services);
    this.names = new PersonNames(services, this);
  }

  /**
   * The caller. An answer that depends on the caller must not be shared, so fields that use it are not listed in
   * answers/cacheable.ts.
   */
  get caller(): Caller {
    return this.who;
  }

  /** The caller's present principal: grants may change during a subscription. */
  get principal(): Principal {
    return this.who.principal;
  }

  get role(): Role {
    return this.who.principal.role;
  }

  /** The access scope of the caller; null, which is everything, in the past state of a plan that the caller sees. */
  get scope(): Scope {
    return this.pastKey !== '' ? null : this.who.principal.scope;
  }

  /** The data loaders of the request, created on first use. */
  get loaders(): Loaders {
    this.#loaders ??= new Loaders(this);
    return this.#loaders;
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

  /** Returns true when the caller sees a plan. With full access it does not check that the plan exists. */
  async seesPlan(planId: string): Promise<boolean> {
    return this.scope === null || (await this.loaders.plan.load(planId)) !== undefined;
  }

  /** Returns a context of the same request over a past state of a plan that the caller sees; see `openPast`. */
  overPast(services: ContextServices, pastKey: string): Context {
    return new Context(services, this.who, this.language, { ...this.execution, lists: undefined }, pastKey);
  }

  /** Returns a context of the same request in which nothing is loaded. */
  anew(): Context {
    return new Context(this.#services, this.who, this.language, this.execution);
  }

  /**
   * Returns the global id of a plan or of a part of it. In a past state the id includes that state, so that a client
   * does not store the past in place of the present.
   */
  idOf(type: NodeType, planId: string, local = ''): string {
    return globalId(type, planId, local, this.pastKey);
  }

  /**
   * Returns the token of a position that all reads of this request include: every change after it is in the feed. Null
   * in a past state.
   */
  async readSince(): Promise<string | null> {
    return this.pastKey === '' ? this.freshness.readSince() : null;
  }

  /** Returns the current time, or the moment of the past state that the context reads. */
  now(): Instant {
    return this.#services.clock();
  }

  /** The time zone of the server: the default for plans and organisations. */
  get timeZone(): string {
    return this.#services.timeZone;
  }

  /** Returns `on`, or today in a time zone. Today is recorded as a dependency of the answer. */
  day(on: LocalDate | null | undefined, timeZone = this.timeZone): LocalDate {
    if (on != null) return on;
    const today = this.reads.days.get(timeZone) ?? localDay(this.now(), timeZone);
    this.reads.days.set(timeZone, today);
    return today;
  }

  get limits(): Limits {
    return this.#services.limits;
  }

  /** Reads and prints plan documents. */
  get documents(): DocumentThreads {
    return this.#services.documents;
  }

  /** Receives the start and end of each subscription, for metrics; undefined without metrics. */
  get observer(): SubscriptionObserver | undefined {
    return this.#services.observer;
  }

  /**
   * Waits for the next turn of the caller if the time slice is over. Call it between the steps of long work: it stops a
   * request that has been answered already, or whose client has disconnected.
   *
   * @param expectedMs how long the next step takes; see `EventLoopTurns.yield`.
   * @throws GraphQLError TIMEOUT
   */
  async turn(expectedMs = 0): Promise<void> {
    const { task, deadline, client } = this.execution;
    await turns.yield(task, expectedMs);
    deadline?.check();
    // This is not an error of the server, and nobody receives it.
    if (client?.isGone) throw apiError('TIMEOUT', 'The client has left before the answer was complete.');
  }

  /** Counts rows that the request has read and keeps in memory until it ends. */
  holdRows(count: number): void {
    this.execution.share?.holdRows(count);
  }

  /**
   * Waits for the turn of the caller (queries only), until the request may hold more rows, and for the read models.
   * Call it before each read.
   *
   * @param rows the maximum number of rows that are read.
   * @throws GraphQLError READ_MODEL_BEHIND when the read models do not reach the position in time, TIMEOUT
   */
  async fresh(rows = 1): Promise<void> {
    const expectedMs = READ_MS + rows * ROW_MS;
    // Commands do not wait for turns, so that commands of one caller keep their order.
    if (this.execution.deadline) await this.turn(expectedMs);
    await this.#room(expectedMs);
    await this.freshness.wait();
  }

  /**
   * Counts objects that the request has computed and keeps in memory until it ends, such as groups of figures, and
   * waits until it may hold more. Call it between the steps that compute them.
   *
   * @throws GraphQLError TIMEOUT
   */
  async hold(count: number): Promise<void> {
    this.holdRows(count);
    await this.turn();
    await this.#room(0);
  }

  async #room(expectedMs: number): Promise<void> {
    const room = this.execution.share?.room(0);
    if (room === undefined) return;
    await room;
    // All steps that waited for the budget continue at the same time, so they take turns again.
    await this.turn(expectedMs);
  }

  /**
   * Records the names that were shown, drops everything that was loaded, and lets other requests of the caller go first.
   * Call it between two results of a subscription and between two pages of a file.
   */
  async settle(): Promise<void> {
    await this.names.record();
    turns.putLast(this.execution.task);
    this.execution.share?.dropRows();
    this.#loaders?.forget();
    this.reads.forget();
    this.freshness.forget();
  }

  /**
   * Records the names that were shown and closes past states, also when the names cannot be recorded. Call it after the
   * execution and before the response is sent. A second call records the names that were shown since.
   *
   * @throws AccessUnavailable
   */
  async end(): Promise<void> {
    try {
      await this.names.record();
    } finally {
      await this.pasts.close();
    }
  }

  get #services(): ContextServices {
    return this[UNSCOPED];
  }
}
