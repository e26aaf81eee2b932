import type { AnyEvent, Author, RecordedEvent } from '../eventstore/envelope.js';
import type { StoredEvent } from '../eventstore/port.js';
import type { Seal } from '../vault/sealedText.js';

/** The types that all streams of one product share. */
export interface ProductTypes {
  /** The author of commands. Its name is sealed into each event. */
  readonly principal: Author & { readonly name: string };
  /** The document on which a decision is based. */
  readonly basis: unknown;
  /** Why a command is refused, as data. */
  readonly refusal: unknown;
}

/** The state of a stream; `ABSENT` before its first event. */
export type StateOf<Present> = { readonly status: 'ABSENT' } | Present;

/** Returns true for a stream that has begun. */
export function isPresent<Present extends { readonly status: string }>(state: StateOf<Present>): state is Present {
  return state.status !== 'ABSENT';
}

/** An event of a stream as read from the store. */
export type RecordedOf<Product extends ProductTypes, Event> = RecordedEvent<
  Event,
  Product['principal']['role'],
  Product['basis']
>;

/** A command with its circumstances. */
export interface GivenCommand<Product extends ProductTypes, Command> {
  /** Id of the aggregate of the stream. */
  readonly id: string;
  /** The caller's input: a request with the same commandId and another payload is refused. */
  readonly payload: unknown;
  /** Returns the command with sealed names. Called only after the request was found not to be a repeat. */
  readonly command: (seal: Seal) => Command;
  readonly principal: Product['principal'];
  /** Chosen by the caller, so that a repeat is recognised; null: the handler generates one. */
  readonly commandId: string | null;
  /** Last revision that the caller has seen, not counting events of the system; null: any revision. */
  readonly expectedRevision: number | null;
  readonly reason: string | null;
  readonly basis: Product['basis'] | null;
  /** Local day from which the decision counts. */
  readonly effectiveOn: string | null;
}

/** A command that was refused. */
export interface RefusedAs<Refusal> {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

/** The events to append, or a refusal. */
export type DecisionOf<Event, Refusal> =
  /** `inChunks`: the events may be appended in several appends, because the last one marks that they are complete. */
  { readonly kind: 'accepted'; readonly events: readonly Event[]; readonly inChunks?: true } | RefusedAs<Refusal>;

/** The inputs of a decision, in addition to the state. */
export interface DecisionInput<Product extends ProductTypes, Command> {
  readonly command: Command;
  readonly given: Omit<GivenCommand<Product, Command>, 'command'>;
  /** RFC 3339 in UTC, never earlier than the last event of the stream. */
  readonly now: string;
}

/** Circumstances of a command before it is decided. */
export interface AdmissionInput<Product extends ProductTypes, Command>
  extends Omit<DecisionInput<Product, Command>, 'now'> {
  readonly commandId: string;
  /** The names of persons in the command, in clear. */
  readonly names: readonly string[];
  /** Returns the id of the last command that is still open, or null. */
  readonly openCommand: () => string | null;
}

/** Refusals by the handler itself, in the form of the product. */
export interface Refusals<Product extends ProductTypes, Event> {
  /** The commandId was used with another payload. */
  readonly reused: () => Product['refusal'];
  /** The expected revision is beyond the last one. */
  readonly unknownRevision: (revision: number) => Product['refusal'];
  /** Others have changed the stream since; `events`: the first of these changes. */
  readonly changed: (revision: number, events: readonly RecordedOf<Product, Event>[]) => Product['refusal'];
  /** Returns the refusal of a command whose events do not fit into one append. */
  readonly tooLarge: (max: string) => Product['refusal'];
}

/** Definition of a kind of stream: how its streams are named and folded, and how commands on it are decided. */
export interface StreamDefinition<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  Event extends AnyEvent,
  Command,
> {
  readonly nothing: StateOf<Present>;
  /** Returns the name of the stream. */
  stream(id: string): string;
  /**
   * Reads a stored event.
   *
   * @throws UnreadableEvent for an event of another kind of stream.
   */
  read(stored: StoredEvent): RecordedOf<Product, Event>;
  presentVersion(type: string): number;
  evolve(state: StateOf<Present>, event: Event): Present;
  decide(
    state: StateOf<Present>,
    deciding: DecisionInput<Product, Command>,
  ): DecisionOf<Event, Product['refusal']> | Promise<DecisionOf<Event, Product['refusal']>>;
  readonly refusals: Refusals<Product, Event>;
  /**
   * Refuses a command on an aggregate that the caller may not know about, before the answer reveals anything about the
   * stream. Default: nothing is hidden.
   */
  hidden?(
    state: StateOf<Present>,
    given: Omit<GivenCommand<Product, Command>, 'command'>,
    command: () => Command,
  ): Promise<RefusedAs<Product['refusal']> | undefined>;
  /** Refuses a command before its expected revision is compared, as for a caller without the right. */
  admit?(
    state: StateOf<Present>,
    admitting: AdmissionInput<Product, Command>,
  ): RefusedAs<Product['refusal']> | undefined;
  /** Returns true for an event with which the aggregate begins again. Default: only the first event of the stream. */
  begins?(event: Event): boolean;
  /** Returns true if the command of this event will append more events. Default: never. */
  leavesOpen?(event: Event, wasOpen: boolean): boolean;
  /** Returns true for an author whose events callers need not have seen. Default: none. */
  isSystem?(actor: Author): boolean;
  /** Returns the state that a result reports as `before`. Default: the state itself. */
  seen?(state: StateOf<Present>): StateOf<Present>;
  /** Returns the post for which the principal entered the decision. Default: none. */
  onBehalfOf?(event: Event, principal: Product['principal']): string | null;
  /** Returns the memory that a state takes, in units of one row. Default: 1. */
  sizeOf?(state: StateOf<Present>): number;
}
