import type { GraphQLError } from 'graphql';
import type { Caller, Principal, Scope } from '../access/principal.js';
import type { ReadWay } from '../access/readings/readings.js';
import { mayRead, type Reading } from '../application/policy.js';
import type { Language } from '../application/wordings.js';
import type { Role } from '../domain/actor.js';
import { type LocalDate, localDay } from '../domain/dates.js';
import { type PrintedText, printWith } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';
import { type Writing, writingWith } from '../eventstore/damage.js';
import type { NativePosition } from '../eventstore/port.js';
import { InvalidPosition, nativePosition, positionToken, positionTokenAt } from '../eventstore/position.js';
import { bodyOf, type ReadModel } from '../projections/model.js';
import type { Staleness } from '../projections/runner/quarantine.js';
import { visibilityOf } from '../projections/visibility.js';
import type { CollectionSpec, Filter, Page, PageRequest } from '../readstore/port.js';
import { inPlaceOfName } from '../vault/vault.js';
import type { KeptLists } from './answers/lists.js';
import { Reads } from './answers/reads.js';
import { scopeName } from './answers/visibility.js';
import { type Below, listsBelow } from './below.js';
import { apiError } from './errors.js';
import { Loaders } from './loaders.js';
import type { Seen } from './services.js';
import { isOwn, isSeen, seenOf } from './sight.js';

/** How long a query waits for the read models, in milliseconds. */
const FRESHNESS_MS = 5_000;

/** One request: who asks, in which language, and what was already loaded for it. */
export class Context {
  // Apollo gives resolvers a copy of the context: what changes lies in an object that the copies share.
  private readonly wanted: { atLeast: NativePosition; isQuiet: boolean; readonly models: Set<string> } = {
    atLeast: '',
    isQuiet: false,
    models: new Set(),
  };
  /** What its answer is read from. */
  readonly reads = new Reads();
  private readonly pasts = new Map<string, Promise<Context | undefined>>();
  private readonly begunAt = performance.now();
  private readonly closers: (() => Promise<void>)[] = [];
  /** The last position that a stream was told of before it was cut; it goes on from there, whatever it asks for. */
  lastEventId: string | undefined;
  readonly loaders = new Loaders({
    get: (model, ids) => this.get(model, ids),
    lists: (below, keys) => this.lists(below, keys),
    lastUses: (ids) => this.services.uses.lastUses(ids),
  });

  constructor(
    private readonly parts: Seen,
    private readonly who: Caller,
    readonly language: Language,
    readonly way: ReadWay,
    /** Lists that were read before; left out: each is read. */
    private readonly kept?: KeptLists,
    /** The persons whose names this request has read. */
    private readonly named: Set<string> = new Set(),
    /** The past of one plan, of which it was found out that the caller sees the plan. */
    private readonly isOfSeenPlan = false,
  ) {}

  /** What requests work with. Of what is read by it nobody tells when it changes; what is read by the context itself is told. */
  get services(): Seen {
    this.reads.beyond = true;
    return this.parts;
  }

  /** Who asks. An answer that depends on it is nobody else's. */
  get caller(): Caller {
    this.reads.beyond = true;
    return this.who;
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

  /** The same request over the past of a plan that the caller sees. */
  overPast(services: Seen): Context {
    return new Context(services, this.who, this.language, this.way, undefined, this.named, true);
  }

  /** To be called between two results of a subscription: what was told is noted, and nothing is kept of what was loaded. */
  async settle(): Promise<void> {
    await this.noteReadings();
    this.loaders.forget();
    this.reads.forget();
  }

  /** The same request, with nothing loaded yet. */
  anew(): Context {
    return new Context(this.parts, this.who, this.language, this.way, this.kept, this.named);
  }

  /** A plan as it stands in the chronicle; undefined when there is none that the caller sees. */
  async planOf(planId: string): Promise<ExistingPlan | undefined> {
    const plan = await this.services.planOf(planId);
    return plan && isOwn(visibilityOf(plan), this.scope) ? plan : undefined;
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

  /** Does something of which the security log is told nothing: whatever is refused in it is asked once more, and told then. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    this.wanted.isQuiet = true;
    try {
      return await work();
    } finally {
      this.wanted.isQuiet = false;
    }
  }

  /** Notes in the security log that something was refused. */
  refused(field: string, code: string, stream: string | null = null): void {
    if (this.wanted.isQuiet) return;
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
    const known = this.pasts.get(key);
    if (known) return known;
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

  /**
   * An answer to a query, if it comes in time; what still runs for it ends at its next read.
   *
   * @throws GraphQLError TIMEOUT
   */
  async inTime<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.tooLate()), this.parts.limits.queryMs - (performance.now() - this.begunAt));
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private tooLate(): GraphQLError {
    const seconds = this.parts.limits.queryMs / 1_000;
    return apiError('TIMEOUT', `This was not answered within ${seconds} s: ask for less at once, page by page.`);
  }

  /** Does something once the request is answered. */
  atEnd(closer: () => Promise<void>): void {
    this.closers.push(closer);
  }

  /** This request tells the names of these persons, as a printed text does. */
  tellsNamesOf(subjects: readonly string[]): void {
    this.reads.beyond = true;
    for (const subject of subjects) this.named.add(subject);
  }

  /** Notes in the log of readings whose names were read so far. @throws AccessUnavailable */
  async noteReadings(): Promise<void> {
    if (this.named.size === 0) return;
    const { readings, clock } = this.parts;
    const subjects = [...this.named];
    this.named.clear();
    await readings.record(this.who.principal.id, this.way, subjects, clock());
  }

  /** To be called once the request is answered, before the answer goes out. */
  async end(): Promise<void> {
    await this.noteReadings();
    for (const closer of this.closers.splice(0)) await closer();
  }

  /** Later reads of this request wait until the read models have passed this position. */
  async atLeast(token: string | null | undefined): Promise<void> {
    if (!token) return;
    this.reads.beyond = true;
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

  /** A printed text as this caller may see it: names of persons only for the roles that need them, and not of who was erased. */
  print(text: PrintedText): string {
    const named = this.may('personalNames');
    return printWith(text, (person) => {
      if (!named) return '…';
      // Names are kept nowhere but where they are sealed, and each reading of one is noted.
      this.reads.beyond = true;
      const name = this.parts.vault.open(person);
      if (name !== null) this.named.add(person.subject);
      return name ?? inPlaceOfName(this.parts.vault, person);
    });
  }

  /** The local day of the request in a plan's zone, unless another day is asked for. */
  day(on: LocalDate | null | undefined, timeZone = this.parts.timeZone): LocalDate {
    if (on != null) return on;
    const today = this.reads.days.get(timeZone) ?? localDay(this.parts.clock(), timeZone);
    this.reads.days.set(timeZone, today);
    return today;
  }

  async find<Body>(
    model: ReadModel<Body>,
    page: PageRequest,
  ): Promise<Omit<Page, 'documents'> & { bodies: Body[]; documents: Page['documents'] }> {
    await this.fresh();
    const filter = await seenOf(model.spec, page.filter, this.scope, this.planIsSeen);
    if (!filter) return { documents: [], more: false, bodies: [] };
    this.reads.list(filter);
    const { documents, more } = await this.parts.store.find(this.read(model), { ...page, filter });
    await this.parts.vault.learn(documents);
    return { documents, more, bodies: documents.map((document) => bodyOf(model, document)) };
  }

  /** The lists below things of one kind, in the order of their keys. */
  async lists<Body>(below: Below<Body>, keys: readonly string[]): Promise<Body[][]> {
    await this.fresh();
    const { model, field } = below;
    const read = (missing: readonly string[]) => listsBelow(below, missing, (page) => this.find(model, page));
    if (!this.kept) return (await read(keys)).map((list) => list.map((document) => bodyOf(model, document)));
    this.reads.list([{ field, op: 'in', values: keys }]);
    const lists = await this.kept.of(below, keys, { scope: scopeName(this.scope), live: this.read(model), read });
    await this.parts.vault.learn(lists);
    return lists;
  }

  async count<Body>(model: ReadModel<Body>, filter: Filter): Promise<number> {
    await this.fresh();
    const seen = await seenOf(model.spec, filter, this.scope, this.planIsSeen);
    if (!seen) return 0;
    this.reads.list(seen);
    return this.parts.store.count(this.read(model), seen);
  }

  async get<Body>(model: ReadModel<Body>, ids: readonly string[]): Promise<(Body | undefined)[]> {
    await this.fresh();
    this.reads.documents(model.spec, ids);
    const found = await this.parts.store.get(this.read(model), ids);
    const documents = await Promise.all(
      found.map(async (document) =>
        document && (await isSeen(model.spec, document, this.scope, this.planIsSeen)) ? document : undefined,
      ),
    );
    await this.parts.vault.learn(documents);
    return documents.map((document) => document && bodyOf(model, document));
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

  /** A model is read by other means than those below: what of it is behind is told all the same. */
  looksAt<Body>({ spec }: ReadModel<Body>): void {
    this.wanted.models.add(spec.name);
  }

  /** The build that answers; what was read is remembered, for {@link staleness}. */
  private read<Body>({ spec }: ReadModel<Body>): CollectionSpec {
    this.wanted.models.add(spec.name);
    const live = this.parts.runner.live(spec);
    this.reads.build(spec, live);
    return live;
  }

  /** @throws GraphQLError READ_MODEL_BEHIND when the read models are not there in time. */
  async fresh(): Promise<void> {
    const { runner, limits } = this.parts;
    if (this.way === 'query' && performance.now() - this.begunAt > limits.queryMs) throw this.tooLate();
    const { atLeast } = this.wanted;
    if (runner.position >= atLeast || (await runner.waitFor(atLeast, FRESHNESS_MS))) return;
    throw apiError('READ_MODEL_BEHIND', 'The read models have not reached this position yet: ask again.', {
      reached: await this.tokenAt(runner.position),
    });
  }

  private readonly planIsSeen = (planId: string) => this.seesPlan(planId);
}
