import type { Upcaster } from '../engine/eventstore/eventTypes.js';
import type { Given, Role } from './actor.js';
import type { Sentence } from './language.js';
import type { Decision } from './refusal.js';

/** The definition of one event type. `State` is the state of an existing aggregate. */
export interface EventDefinition<State, Data> {
  /**
   * The upcasters from version 1 of the stored data to the present version; omitted for a type with one version. A new
   * version adds an upcaster and a golden file. An existing upcaster is never edited.
   */
  readonly upcasters?: readonly Upcaster[];
  /**
   * Returns the state after the event.
   *
   * @throws ImpossibleEvent when the event cannot follow the state.
   */
  evolve(state: State, data: Data): State;
  /** The sentence of the audit trail. `row` names the activity that the event is about; empty if it is about none. */
  sentence(data: Data, row: string): Sentence;
}

/** The definition of one command: it begins an aggregate, or changes an existing one. */
export type CommandDefinition<State, Event, Data> = {
  /** Roles that may give the command. */
  readonly givenBy: readonly Role[];
} & (
  | { begin(command: Data, given: Given): Decision<Event> }
  | { decide(state: State, command: Data, given: Given): Decision<Event> }
);

/** The types of one kind of stream: the state of an existing aggregate, and any event. */
export interface StreamTypes {
  readonly state: unknown;
  readonly event: unknown;
}

/**
 * A capability: the definitions of related commands and events, by name. The catalogue of a stream derives unions,
 * dispatch, policy, upcasters and sentences from all its capabilities.
 */
export interface Capability<Stream extends StreamTypes, Events, Commands> {
  readonly events: { readonly [Type in keyof Events]: EventDefinition<Stream['state'], Events[Type]> };
  readonly commands: {
    readonly [Type in keyof Commands]: CommandDefinition<Stream['state'], Stream['event'], Commands[Type]>;
  };
}

/** The intersection of a union's members. */
export type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** The union of events whose data is given by type name. */
export type EventUnion<Data> = { [Type in keyof Data]: { readonly type: Type; readonly data: Data[Type] } }[keyof Data];

/** The union of commands whose data is given by type name. */
export type CommandUnion<Data> = { [Type in keyof Data]: { readonly type: Type } & Data[Type] }[keyof Data];
