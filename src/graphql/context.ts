import type { Caller, Principal, Scope } from '../access/principal.js';
import type { ReadWay } from '../access/readings/readings.js';
import { mayRead, type Reading } from '../application/policy.js';
import type { Language } from '../application/wordings.js';
import type { DocumentThreads } from '../documents/isolated.js';
import type { Role } from '../domain/actor.js';
import { type Instant, type LocalDate, localDay } from '../domain/dates.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';
import { type Writing, writingWith } from '../eventstore/damage.js';
import type { NativePosition } from '../eventstore/port.js';
import { InvalidPosition, nativePosition, positionToken, positionTokenAt } from '../eventstore/position.js';
import type { ReadModel } from '../projections/model.js';
import type { Staleness } from '../projections/runner/quarantine.js';
import type { Filter, PageRequest } from '../readstore/port.js';
import { ReadDependencies } from './answers/readDependencies.js';
import type { Below } from './below.js';
import { apiError } from './errors.js';
import type { ExecutionScope } from './executionScope.js';
import { turns } from './executor/turns.js';
import type { Limits } from './limits/limits.js';
import { Loaders } from './loaders.js';
import { type BodyPage, count, find, get, lists } from './scope/documents.js';
import { printed } from './scope/names.js';
import { lastUses } from './scope/oversight.js';
import { seenPlan } from './scope/plans.js';
import type { ScopedRequest } from './scope/request.js';
import { UNSCOPED } from './scope/unscoped.js';
import type { Seen, SubscriptionObserver } from './services.js';

/** How long a query waits for the read models, in milliseconds. */
const FRESHNESS_MS = 5_000;

/** One request: who asks, in which language, and what was already loaded for it. */
export class Context implements ScopedRequest {
  private readonly wanted: { atLeast: NativePosition; readonly models: Set<string> } = {
    atLeast: '',
    models: new Set(),
  };
  /** What its answer is read from. */
  readonly reads = new ReadDependencies();
  private readonly pasts = new Map<string, Promise<Context | undefined>>();
  private readonly closers: (() => Promise<void>)[] = [];
  /** The last position that a stream was told of before it was cut; it goes on from there, whatever it asks for. */
  lastEventId: string | undefined;
  readonly loaders = new Loaders({
    get: (model, ids) => this.get(model, ids),
    lists: (below, keys) => this.lists(below, keys),
    lastUses: (ids) => lastUses(this, ids),
  });
  /** Everything unscoped: reached by the modules of `scope/` only, which restrict what they return. */
  readonly [UNSCOPED]: Seen;

  constructor(
    services: Seen,
    private readonly who: Caller,
    readonly language: Language,
    /** What it shares with the pasts that it looks into. */
    private readonly execution: ExecutionScope,
    /** The past of one plan, of which it was found out that the caller sees the plan. */
    private readonly isOfSeenPlan = false,
  ) {
    this[UNSCOPED] = services;
  }

  /** Who asks. An answer that depends on it is nobody else's: such fields are not named in answers/cacheable.ts. */
  get caller(): Caller {
    return this.who;
  }

  /** Whose turns its work waits for. */
  get owner(): string {
    return this.execution.owner;
  }

  get limits(): Limits {
    return this.parts.limits;
  }

  /** Who asks, as they are now. */
  get principal(): Principal {
    return this.caller.principal;
  }

  get role(): Role {
    return this.who.principal.role;
  }

  /** What the caller sees here. */
  get scope(): Scope {
    return this.isOfSeenPlan ? null : this.who.principal.scope;
  }

  /** Returns the same request over the past of a plan that the caller sees; see `openPast`. */
  overPast(services: Seen): Context {
    const { execution } = this;
    return new Context(services, this.who, this.language, { ...execution, lists: undefined }, true);
  }

  /** To be called between two results of a subscription: what was told is noted, and nothing is kept of what was loaded. */
  async settle(): Promise<void> {
    await this.noteReadings();
    this.loaders.forget();
    this.reads.forget();
  }

  /** The same request, with nothing loaded yet. */
  anew(): Context {
    return new Context(this.parts, this.who, this.language, this.execution);
  }

  /** Returns a plan as its events have it; undefined when there is none that the caller sees. */
  async planOf(planId: string): Promise<ExistingPlan | undefined> {
    return (await seenPlan(this, planId))?.plan;
  }

  /** True when there is such a plan for the caller to see. */
  async seesPlan(planId: string): Promise<boolean> {
    return this.scope === null || (await this.loaders.plan.load(planId)) !== undefined;
  }

  /** True when the caller's role may read this. */
  may(reading: Reading): boolean {
    return mayRead(this.who.principal, reading);
  }

  /** @throws GraphQLError FORBIDDEN when the caller may not read this. */
  demand(reading: Reading): void {
    if (this.may(reading)) return;
    const { role } = this;
    const who = mayRead({ role, scope: null }, reading) ? 'Who does not see all organisations' : `The role «${role}»`;
    throw apiError('FORBIDDEN', `${who} may not read this (${reading}).`);
  }

  /** Notes in the security log that something was refused. */
  refused(field: string, code: string, stream: string | null = null): void {
    const { refusals, clock, unnoted } = this.parts;
    const { id: actorId, role } = this.who.principal;
    void refusals.record({ at: clock(), actorId, role, field, code, stream }).catch(unnoted);
  }

  /**
   * A past that this request looks into, opened once; see contextAsOf.
   *
   * @throws GraphQLError BAD_USER_INPUT when there are more than `most` of them.
   */
  past(key: string, most: number, open: () => Promise<Context | undefined>): Promise<Context | undefined> {
    this.reads.uncacheable();
    const known = this.pasts.get(key);
    if (known !== undefined) return known;
    if (this.pasts.size >= most) {
      throw apiError(
        'BAD_USER_INPUT',
        `A request looks into at most ${most} pasts: ask for the others in another one.`,
      );
    }
    const past = open();
    this.pasts.set(key, past);
    return past;
  }

  /** Does something once the request is answered. */
  atEnd(closer: () => Promise<void>): void {
    this.closers.push(closer);
  }

  /** This request tells the names of these persons, as a printed text does. */
  tellsNamesOf(subjects: readonly string[]): void {
    this.reads.uncacheable();
    for (const subject of subjects) this.execution.named.add(subject);
  }

  /** Notes in the log of readings whose names were read so far. @throws AccessUnavailable */
  async noteReadings(): Promise<void> {
    const { named, way } = this.execution;
    if (named.size === 0) return;
    const { readings, clock } = this.parts;
    const subjects = [...named];
    named.clear();
    await readings.record(this.who.principal.id, way, subjects, clock());
  }

  /** To be called once the request is answered, before the answer goes out. */
  async end(): Promise<void> {
    await this.noteReadings();
    for (const closer of this.closers.splice(0)) await closer();
  }

  /** Later reads of this request wait until the read models have passed this position. */
  async atLeast(token: string | null | undefined): Promise<void> {
    if (!token) return;
    this.reads.uncacheable();
    this.freshTo(await this.position(token));
  }

  freshTo(position: NativePosition): void {
    if (position > this.wanted.atLeast) this.wanted.atLeast = position;
  }

  /** @throws GraphQLError BAD_POSITION for a position that this chronicle does not have. */
  async position(token: string): Promise<NativePosition> {
    try {
      return await nativePosition(this.parts.events, token);
    } catch (error) {
      if (error instanceof InvalidPosition) throw apiError('BAD_POSITION', error.message, { problem: error.problem });
      throw error;
    }
  }

  /** The token of a position whose event is not at hand. */
  tokenAt(position: NativePosition): Promise<string> {
    return positionTokenAt(this.parts.events, position);
  }

  token(position: NativePosition, eventId: string): string {
    return positionToken(this.parts.events, position, eventId);
  }

  /** Returns a printed text as this caller may see it, and notes which names it shows; see {@link printed}. */
  print(text: PrintedText): string {
    return printed(this, text, (subject) => this.execution.named.add(subject));
  }

  /** Loads the keys of the names in values, so that {@link print} can open them. */
  learn(values: unknown): Promise<void> {
    return this.parts.vault.learn(values);
  }

  /** Returns the moment of the request, or of the past that it reads. */
  now(): Instant {
    return this.parts.clock();
  }

  /** The time zone of the server: that of plans and organisations that state no other. */
  get timeZone(): string {
    return this.parts.timeZone;
  }

  /** Reads and prints plan documents. */
  get documents(): DocumentThreads {
    return this.parts.documents;
  }

  /** By which way names of persons are read. */
  get way(): ReadWay {
    return this.execution.way;
  }

  /** Aborts when the caller has left; undefined where that cannot be noticed. */
  get left(): AbortSignal | undefined {
    return this.execution.left;
  }

  /** Counts subscriptions. */
  get observer(): SubscriptionObserver | undefined {
    return this.parts.observer;
  }

  /** The position up to which all read models are complete. */
  get reached(): NativePosition {
    return this.parts.runner.position;
  }

  /** Waits until the read models have passed a position, or the signal aborts. */
  async waitPast(position: NativePosition, signal: AbortSignal): Promise<void> {
    await this.parts.runner.waitPast(position, signal);
  }

  /** The local day of the request in a plan's zone, unless another day is asked for. */
  day(on: LocalDate | null | undefined, timeZone = this.parts.timeZone): LocalDate {
    if (on != null) return on;
    const today = this.reads.days.get(timeZone) ?? localDay(this.parts.clock(), timeZone);
    this.reads.days.set(timeZone, today);
    return today;
  }

  /** Returns a page of the documents that the caller sees. */
  find<Body>(model: ReadModel<Body>, page: PageRequest): Promise<BodyPage<Body>> {
    return find(this, model, page);
  }

  /** Returns the lists below things of one kind, in the order of their keys. */
  lists<Body>(below: Below<Body>, keys: readonly string[]): Promise<Body[][]> {
    return lists(this, below, keys, this.execution.lists);
  }

  /** Returns how many documents that the caller sees match a filter. */
  count<Body>(model: ReadModel<Body>, filter: Filter): Promise<number> {
    return count(this, model, filter);
  }

  /** Returns documents by their ids, in that order; undefined for those that the caller does not see. */
  get<Body>(model: ReadModel<Body>, ids: readonly string[]): Promise<(Body | undefined)[]> {
    return get(this, model, ids);
  }

  /** When the document of a plan began to be behind its events; null when it is not. */
  staleSince<Body>(model: ReadModel<Body>, planId: string, documentId: string): string | null {
    return this.parts.runner.quarantine.staleSince(model.spec.name, `plan-${planId}`, documentId);
  }

  /** How much of the chronicle still takes commands. */
  get writing(): Writing {
    return writingWith(this.parts.events.damage());
  }

  /** What is behind in the read models that this request has read. */
  get staleness(): readonly Staleness[] {
    return this.parts.runner.quarantine.staleness(this.wanted.models);
  }

  /** Records that the answer depends on a read model, for {@link staleness}. */
  looksAt<Body>({ spec }: ReadModel<Body>): void {
    this.wanted.models.add(spec.name);
  }

  /**
   * To be called before each read: a query waits for the turn of its caller; all wait for the read models.
   *
   * @throws GraphQLError READ_MODEL_BEHIND when the read models are not there in time, TIMEOUT
   */
  async fresh(): Promise<void> {
    const { runner } = this.parts;
    const { deadline } = this.execution;
    // Commands of one caller keep the order in which they were begun.
    if (deadline) await turns.yield(this.owner);
    deadline?.check();
    const { atLeast } = this.wanted;
    if (runner.position >= atLeast || (await runner.waitFor(atLeast, FRESHNESS_MS))) return;
    throw apiError('READ_MODEL_BEHIND', 'The read models have not reached this position yet: ask again.', {
      reached: await this.tokenAt(runner.position),
    });
  }

  private get parts(): Seen {
    return this[UNSCOPED];
  }
}
