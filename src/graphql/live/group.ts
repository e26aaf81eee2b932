import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Principal } from '../../access/principal.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';
import type { CheckedOperation } from '../request/document.js';
import { executeForItem, type ItemResult, type SerializedResult } from './operation.js';
import type { ItemReader } from './source.js';

/** The transport of one subscriber. */
export interface Sink {
  /** Sends results in one write: at once, or at the end of this turn of the event loop together with later ones. */
  send(results: readonly SerializedResult[], when: 'now' | 'soon'): void;
  /** True while the client does not keep up. Then nothing more should be sent. */
  readonly isFull: boolean;
  /** Waits until there is room again, or the signal aborts. */
  room(signal: AbortSignal): Promise<void>;
}

/** A subscriber of a group. */
export interface Member {
  readonly context: Context;
  readonly sink: Sink;
  /** Position up to which all results were delivered. */
  readonly position: NativePosition;
}

/** Why a subscriber leaves a group: it must catch up separately after a position, or there was an error. */
type End = { readonly position: NativePosition } | { readonly error: unknown };

/** A subscriber while it belongs to the group. */
interface Subscriber {
  readonly sink: Sink;
  leave(end: End): void;
}

/** Subscribers with the same principal. Changes of their access are detected once for all of them. */
interface PrincipalGroup {
  readonly context: Context;
  /** Their access when they joined. */
  readonly access: AccessSnapshot;
  readonly subscribers: Set<Subscriber>;
}

/** The access of a principal. */
type AccessSnapshot = Pick<Context, 'role' | 'scope' | 'principal'>;

function accessSnapshot({ role, scope, principal }: Context): AccessSnapshot {
  return { role, scope, principal };
}

/** Returns true when the access has not changed. Each change of grants creates another scope object. */
function isSameAccess({ role, scope, principal }: AccessSnapshot, context: Context): boolean {
  return context.principal === principal || (context.role === role && context.scope === scope);
}

/** The last result of a state subscription, and the position up to which it is valid. */
export interface LatestState {
  readonly result: ItemResult;
  readonly position: NativePosition;
}

/** Dependencies of {@link SubscriptionGroup}. */
export interface GroupParts {
  readonly operation: CheckedOperation;
  readonly context: Context;
  readonly reader: ItemReader;
  readonly log: Logger;
  /** Runs work within the budget of the caller who created the group. */
  readonly admit: Admit;
  /** Called when the last subscriber has left, or the group cannot continue. */
  readonly dissolved: () => void;
}

/** Runs work within the budget of a caller. */
export type Admit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Subscribers of the same operation at the same position. Each result is executed and serialized once for all of them.
 */
export class SubscriptionGroup {
  readonly #principals = new Map<Principal, PrincipalGroup>();
  /**
   * Subscribers that joined at a later position than the group. Results up to their position are not sent to them
   * again.
   */
  readonly #ahead = new Map<Subscriber, NativePosition>();
  readonly #empty = new AbortController();
  readonly #access: AccessSnapshot;
  #position: NativePosition;

  #latest: LatestState | undefined;

  constructor(
    private readonly parts: GroupParts,
    start: NativePosition,
    latest: LatestState | undefined,
  ) {
    this.#position = start;
    this.#latest = latest;
    this.#access = accessSnapshot(parts.context);
    void this.#deliver();
  }

  /** The last result of a state subscription. */
  get latest(): LatestState | undefined {
    return this.#latest;
  }

  /** Position of the group. A subscriber at an earlier one must catch up before it joins. */
  get position(): NativePosition {
    return this.#position;
  }

  /**
   * Delivers results to a subscriber until the signal aborts, the subscriber falls behind, or its access changes. Its
   * position must not be before that of the group.
   *
   * @returns the position up to which all results were delivered.
   * @throws the error that stopped the group.
   */
  async stay(member: Member, signal: AbortSignal): Promise<NativePosition> {
    const left = new AbortController();
    let ended: End | undefined;
    const subscriber: Subscriber = {
      sink: member.sink,
      leave(end) {
        ended = end;
        left.abort();
      },
    };
    const { principal } = member.context;
    const group = this.#principals.get(principal) ?? this.#newPrincipal(principal, member.context);
    group.subscribers.add(subscriber);
    if (member.position > this.#position) this.#ahead.set(subscriber, member.position);
    await aborted(AbortSignal.any([signal, left.signal]));
    const end: End = ended ?? { position: this.#deliveredTo(subscriber) };
    group.subscribers.delete(subscriber);
    this.#ahead.delete(subscriber);
    if (group.subscribers.size === 0 && this.#principals.get(principal) === group) this.#principals.delete(principal);
    if (this.#principals.size === 0) this.#dissolve();
    if ('error' in end) throw end.error;
    return end.position;
  }

  /** Returns the position up to which all results were delivered to a present subscriber. */
  #deliveredTo(subscriber: Subscriber): NativePosition {
    return this.#ahead.get(subscriber) ?? this.#position;
  }

  #newPrincipal(principal: Principal, context: Context): PrincipalGroup {
    const group = { context, access: accessSnapshot(context), subscribers: new Set<Subscriber>() };
    this.#principals.set(principal, group);
    return group;
  }

  #dissolve(): void {
    this.#empty.abort();
    this.parts.dissolved();
  }

  async #deliver(): Promise<void> {
    const { signal } = this.#empty;
    const { operation, context, reader, log, admit } = this.parts;
    try {
      while (!signal.aborted) {
        await reader.wait(this.#position, signal);
        if (signal.aborted) return;
        const { results, upTo } = await admit(async () => {
          const page = await reader.read(this.#position);
          const made: ItemResult[] = [];
          for (const item of page.items) made.push(await executeForItem(operation, context, item, log));
          await context.settle();
          return { results: made, upTo: page.upTo };
        });
        const last = results.at(-1);
        if (this.#latest && last) this.#latest = { result: last, position: upTo };
        this.#broadcast(results, upTo);
      }
    } catch (error) {
      this.#dissolve();
      for (const { subscribers } of this.#principals.values())
        for (const subscriber of subscribers) subscriber.leave({ error });
    }
  }

  /** Synchronous, so that a subscriber that joins receives either all of these results or none of them. */
  #broadcast(results: readonly SerializedResult[], upTo: NativePosition): void {
    const isStillSeen = isSameAccess(this.#access, this.parts.context);
    for (const { context, access, subscribers } of this.#principals.values()) {
      const areSame = isStillSeen && isSameAccess(access, context);
      for (const subscriber of subscribers) {
        if (areSame && !subscriber.sink.isFull) this.#sendTo(subscriber, results);
        else {
          // Removed at once: the subscriber catches up on its own and must not receive later broadcasts.
          subscribers.delete(subscriber);
          subscriber.leave({ position: this.#deliveredTo(subscriber) });
        }
      }
    }
    for (const [subscriber, position] of this.#ahead) if (position <= upTo) this.#ahead.delete(subscriber);
    if (isStillSeen) this.#position = upTo;
    else this.#dissolve();
  }

  #sendTo(subscriber: Subscriber, results: readonly SerializedResult[]): void {
    const ahead = this.#ahead.get(subscriber);
    const due = ahead === undefined ? results : results.filter(({ position }) => position > ahead);
    if (due.length > 0) subscriber.sink.send(due, 'now');
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
