import { randomUUID } from 'node:crypto';
import type { Principal } from '../access/keys.js';
import type { Basis, Given } from '../domain/actor.js';
import type { PlanCommand } from '../domain/commands.js';
import type { LocalDate } from '../domain/dates.js';
import { decide } from '../domain/decide.js';
import { replay } from '../domain/evolve.js';
import type { NamedPerson, PersonalText } from '../domain/personal.js';
import { type ExistingPlan, NO_PLAN, type Plan } from '../domain/plan.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import { canonicalJson, derivedId, fromStore, type Recorded, toStore } from '../eventstore/envelope.js';
import {
  AppendTooLarge,
  type EventStore,
  type ExpectedRevision,
  InvalidAppend,
  type NewEvent,
  WrongExpectedRevision,
} from '../eventstore/port.js';
import { SubjectTaken, type Vault } from '../vault/vault.js';
import { type Aggregate, Aggregates, type Loaded, type PastCommand } from './aggregates.js';
import type { Clock } from './clock.js';
import { enveloped } from './envelopes.js';
import { chunksOf } from './pieces.js';
import { mayCommand } from './policy.js';

/** Seals a person's name on its way into an event. */
export type Seal = (person: NamedPerson) => PersonalText;

/** A command with its circumstances, as it comes from the API, the command line or an import. */
export interface CommandRequest {
  readonly planId: string;
  /** What the caller sent: the same commandId with another payload is refused. */
  readonly payload: unknown;
  /** The command with names sealed; called once the request is known not to be a repeat. */
  readonly command: (seal: Seal) => PlanCommand;
  readonly principal: Principal;
  /** Chosen by the caller, so that a repeat is recognised; null makes one. */
  readonly commandId: string | null;
  /** The last revision not written by the system that the caller has seen; null for «whatever it is». */
  readonly expectedRevision: number | null;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly effectiveOn: LocalDate | null;
}

export type CommandResult =
  | {
      readonly kind: 'done';
      /** The command was carried out before, and this is its first result. */
      readonly isRepeat: boolean;
      readonly planId: string;
      /** The fold before these events, and after them and whatever came since. */
      readonly before: Plan;
      readonly plan: ExistingPlan;
      readonly events: readonly Recorded[];
      /** When the plan's first event was recorded. */
      readonly begunAt: string;
    }
  | { readonly kind: 'refused'; readonly planId: string; readonly refusal: Refusal };

/** Told of each command that ended, as for metrics. */
export interface CommandObserver {
  commandEnded(outcome: CommandResult['kind'] | 'failed', milliseconds: number): void;
}

/** The stream of a plan. */
export function planStream(planId: string): string {
  return `plan-${planId}`;
}

/** The id of a plan that this command begins: a repeat names the same plan. */
export function newPlanId(principal: Principal, commandId: string): string {
  return derivedId(`plan/${principal.id}/${commandId}`);
}

/** The id of a plan imported from a file with this hash: the same file is the same plan. */
export function importedPlanId(sha256: string): string {
  return derivedId(`import/${sha256}`);
}

/** How often a command is decided again when others write to the same plan. */
const MAX_ATTEMPTS = 20;

/** A command on its way, with what does not change from one attempt to the next. */
interface Attempt {
  readonly request: CommandRequest;
  readonly stream: string;
  readonly commandId: string;
  readonly fingerprint: string;
  /** The command with its names sealed, once. */
  readonly command: () => PlanCommand;
  /** Names must be sealed again: another process has keys of the same persons. */
  readonly sealAnew: () => void;
}

type Done = Extract<CommandResult, { kind: 'done' }>;

/** The only way by which events are appended. */
export class CommandHandler {
  readonly #aggregates: Aggregates;

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly observer?: CommandObserver,
  ) {
    this.#aggregates = new Aggregates(store);
  }

  /**
   * Loads, authorises, looks for the commandId, decides, appends. A conflict decides again.
   *
   * @throws EventStoreUnavailable when the chronicle cannot be reached: repeat with the same commandId.
   */
  async handle(request: CommandRequest): Promise<CommandResult> {
    const start = performance.now();
    let outcome: CommandResult['kind'] | 'failed' = 'failed';
    try {
      const result = await this.#handled(request);
      outcome = result.kind;
      return result;
    } finally {
      this.observer?.commandEnded(outcome, performance.now() - start);
    }
  }

  async #handled(request: CommandRequest): Promise<CommandResult> {
    const { reason, basis, effectiveOn, payload } = request;
    const stream = planStream(request.planId);
    let sealed: PlanCommand | undefined;
    const command: Attempt = {
      request,
      stream,
      commandId: request.commandId ?? randomUUID(),
      fingerprint: this.vault.fingerprint(canonicalJson({ payload, reason, basis, effectiveOn })),
      command: () => {
        sealed ??= request.command((person) => this.vault.seal(person));
        return sealed;
      },
      sealAnew: () => {
        sealed = undefined;
      },
    };
    // What is known from the last command is mostly still so: the append finds out. A refusal is looked at once more.
    const known = this.#aggregates.known(stream);
    const quick = known && (await this.#attempt(command, { aggregate: known, tail: [] }));
    if (quick && 'kind' in quick && quick.kind === 'done') return quick;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#attempt(command, await this.#aggregates.load(stream));
      if ('kind' in result) return result;
      if (attempt === MAX_ATTEMPTS) throw result.conflict;
    }
  }

  /** Decides on a fold and appends at its revision; a conflict when others were faster. */
  async #attempt(
    { request, stream, commandId, fingerprint, command: sealed, sealAnew }: Attempt,
    loaded: Loaded,
  ): Promise<CommandResult | { readonly conflict: Error }> {
    const { aggregate } = loaded;
    const past = aggregate.commands.get(commandId);
    if (past && past.fingerprint !== fingerprint) return refused(request, 'COMMAND_ID_REUSED', 'commandId');
    if (past && !past.isOpen) return { ...(await this.#done(request.planId, past, loaded)), isRepeat: true };
    const command = sealed();
    if (!mayCommand(request.principal.role, command.type, aggregate.plan.status)) {
      return refused(request, 'NOT_AUTHORISED', null, { role: request.principal.role });
    }
    const unfinished = otherImport(request, command, commandId, aggregate);
    if (unfinished) return unfinished;
    const stale = await this.#changedSince(request, aggregate);
    if (stale) return stale;
    const now = later(this.clock(), aggregate.lastRecordedAt);
    const decision = decide(aggregate.plan, command, { ...given(request), now });
    if (decision.kind === 'refused') return { kind: 'refused', planId: request.planId, refusal: decision.refusal };
    const first = past?.events ?? 0;
    const name = this.vault.seal({ person: request.principal.name });
    const recording = { stream, commandId, fingerprint, recordedAt: now, first };
    const stored = enveloped(request, recording, name, decision.events).map(toStore);
    try {
      await this.vault.flush();
      const after = decision.inChunks
        ? await this.#appendInPieces(stream, aggregate.revision, stored)
        : await this.#append(stream, aggregate, stored);
      const done = after.aggregate.commands.get(commandId);
      if (!done) throw new Error(`the events of command ${commandId} vanished after an append`);
      // An import that went on where it was cut short began before this fold.
      return await this.#done(request.planId, done, after, past ? undefined : aggregate.plan);
    } catch (error) {
      if (error instanceof AppendTooLarge) return refused(request, 'PLAN_TOO_LARGE', null, { max: error.message });
      // The same command stored meanwhile by its twin has the same ids under other seals: the next turn finds it.
      if (error instanceof WrongExpectedRevision || error instanceof InvalidAppend) return { conflict: error };
      if (error instanceof SubjectTaken) {
        sealAnew();
        return { conflict: error };
      }
      throw error;
    }
  }

  async #append(stream: string, aggregate: Aggregate, events: readonly NewEvent[]): Promise<Loaded> {
    const { firstRevision, positions } = await this.store.append(stream, aggregate.revision, events);
    if (!positions) return this.#aggregates.load(stream);
    // As they would be read, without reading them.
    const tail = events.map((event, index) =>
      fromStore({ ...event, stream, revision: firstRevision + index, position: positions[index] ?? '' }),
    );
    return this.#aggregates.extend(stream, aggregate, tail);
  }

  async #appendInPieces(stream: string, from: ExpectedRevision, events: readonly NewEvent[]): Promise<Loaded> {
    let revision = from;
    for (const piece of chunksOf(events)) revision = (await this.store.append(stream, revision, piece)).lastRevision;
    return this.#aggregates.load(stream);
  }

  async #done(
    planId: string,
    command: PastCommand,
    { aggregate: { plan, begunAt }, tail }: Loaded,
    before?: Plan,
  ): Promise<Done> {
    const { firstRevision: first, lastRevision: last } = command;
    if (plan.status === 'ABSENT') throw new Error(`plan ${planId} vanished after an append`);
    const folded = before ?? (await this.#foldedTo(planStream(planId), first));
    // An import that was given up before is nothing.
    const earlier = folded.status !== 'ABSENT' && folded.presence === 'ABANDONED' ? NO_PLAN : folded;
    const read = tail.filter(({ revision }) => revision >= first && revision <= last);
    const events = read.length === last - first + 1 ? read : await this.#recorded(planId, first, last);
    await this.vault.learn([plan, earlier, events]);
    return { kind: 'done', isRepeat: false, planId, before: earlier, plan, begunAt, events };
  }

  async #recorded(planId: string, first: number, last: number): Promise<Recorded[]> {
    const events = await this.store.readStream(planStream(planId), { from: first, limit: last - first + 1 });
    return events.map(fromStore);
  }

  async #foldedTo(stream: string, revision: number): Promise<Plan> {
    if (revision === 0) return NO_PLAN;
    const events = await this.store.readStream(stream, { limit: revision });
    return replay(events.map((stored) => fromStore(stored).event));
  }

  /** A caller that pinned a revision is told what changed since, and by whom. */
  async #changedSince(request: CommandRequest, aggregate: Aggregate): Promise<CommandResult | undefined> {
    const { expectedRevision } = request;
    if (expectedRevision === null || expectedRevision >= aggregate.lastHumanRevision) return undefined;
    const events = await this.store.readStream(planStream(request.planId), { from: expectedRevision + 1, limit: 20 });
    const changes = events
      .map(fromStore)
      .filter(({ actor }) => actor.role !== 'system')
      .map(({ event, actor, recordedAt }) => `${event.type} (${actor.post ?? actor.role}, ${recordedAt})`);
    return refused(request, 'PLAN_CHANGED', 'expectedRevision', {
      revision: aggregate.lastHumanRevision,
      changes: changes.join('; '),
    });
  }
}

/** An import that another command began must be finished or given up by that command's id. */
function otherImport(
  request: CommandRequest,
  command: PlanCommand,
  commandId: string,
  { plan, commands }: Aggregate,
): CommandResult | undefined {
  if (plan.status === 'ABSENT' || plan.presence !== 'IMPORTING') return undefined;
  const [begunBy] = [...commands].filter(([, { isOpen }]) => isOpen).at(-1) ?? [''];
  if (command.type === 'importPlan' && begunBy !== commandId) {
    return refused(request, 'IMPORT_UNFINISHED', 'commandId', { commandId: begunBy });
  }
  return command.type === 'abandonImport' && begunBy !== command.importCommandId
    ? refused(request, 'IMPORT_NOT_FOUND', 'importCommandId')
    : undefined;
}

function given({ principal, reason, basis, effectiveOn }: CommandRequest): Omit<Given, 'now'> {
  const { id, role, post, organisation } = principal;
  return { actor: { id, role, post, organisation }, reason, basis, effectiveOn };
}

function refused(
  { planId }: CommandRequest,
  code: Refusal['code'],
  field: string | null,
  params: Refusal['params'] = {},
): CommandResult {
  return { kind: 'refused', planId, refusal: refuse(code, field, params).refusal };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
