import { randomUUID } from 'node:crypto';
import { ANY, type EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { v5 as uuidv5 } from 'uuid';
import { operatorTerms } from '../../operatorTerms.js';
import { type EventKind, EventStoreUnavailable, type NativePosition, type StoredKind } from '../port.js';
import { type CallAttempt, called, type Deadlines } from './calls.js';
import type { Namespace, ReadEvent } from './codec.js';
import { cutOf, cutStreamError } from './cuts.js';
import { typeOf } from './errors.js';
import { kurrentPosition } from './positions.js';
import type { CallWithRetries, KurrentReader } from './reading.js';

const OWN_EVENTS_PER_READ = 1_000;

/** Metadata of a chronicle, in streams of the adapter on the same server. */
export class OwnStreams {
  constructor(
    private readonly client: EventStoreDBClient,
    private readonly reading: KurrentReader,
    private readonly namespace: Namespace,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * Returns the chronicle on the server. Begins a chronicle if there is none.
   *
   * @param wanted the id for a new chronicle, as for a copy.
   * @throws ChronicleDamaged if there was a chronicle whose beginning was deleted.
   */
  async chronicle(wanted: string = randomUUID()): Promise<BegunChronicle> {
    const name = this.namespace.own('chronicle');
    const known = await this.#begun(name).catch((error: unknown) => {
      if (typeOf(error) !== 'stream-deleted') throw error;
      return undefined;
    });
    if (known !== undefined) return known;
    await this.#checkNeverBegun(name);
    const begun = jsonEvent({ id: uuidv5(name, wanted), type: 'ChronicleBegun', data: { chronicleId: wanted } });
    try {
      await this.#called('begin a chronicle', () =>
        this.client.appendToStream(name, begun, { expectedRevision: NO_STREAM }),
      );
    } catch (error) {
      // Another process began it first.
      if (typeOf(error) !== 'wrong-expected-version') throw error;
    }
    const now = await this.#begun(name);
    if (now !== undefined) return now;
    throw new EventStoreUnavailable('the event store has lost the beginning of the chronicle: check its disk');
  }

  /** Returns the chronicle on the server. @throws EventStoreUnavailable if there is none */
  async existing(): Promise<BegunChronicle> {
    const known = await this.#begun(this.namespace.own('chronicle'));
    if (known !== undefined) return known;
    throw new EventStoreUnavailable(
      `the server contains no chronicle under this namespace: check ${operatorTerms().namespace} and ${operatorTerms().eventStore}, or start the server once`,
    );
  }

  /** Checks that no chronicle was begun on this server before: a second one would have another id. */
  async #checkNeverBegun(name: string): Promise<void> {
    const ask: CallWithRetries = (call) => this.#called('return the id of its chronicle', call);
    const [kind] = await ask((one) => this.reading.stream(this.namespace.own('kinds'), { limit: 1 }, one));
    const left = kind && 'it is gone, but a later stream of the chronicle is there: restore a backup of the server';
    const problem = (await cutOf(this.reading, name, ask)) ?? left;
    if (problem !== undefined) throw cutStreamError(name, problem);
  }

  async #begun(name: string): Promise<BegunChronicle | undefined> {
    const [first] = await this.#called('return the id of its chronicle', (one) =>
      this.reading.stream(name, { limit: 1 }, one),
    );
    if (first === undefined) return undefined;
    const id = dataText(first.data, 'chronicleId');
    return id === undefined ? undefined : { id, at: kurrentPosition(first) };
  }

  /** Returns every kind of event in the store, with the software version that first stored it. */
  async kinds(): Promise<readonly StoredKind[]> {
    const kinds = new Map<string, StoredKind>();
    for await (const { data } of this.#events('kinds')) {
      const type = dataText(data, 'type');
      const schemaVersion = numberField(data, 'schemaVersion');
      if (type === undefined || schemaVersion === undefined) continue;
      const key = `${schemaVersion} ${type}`;
      if (!kinds.has(key)) kinds.set(key, { type, schemaVersion, writtenBy: dataText(data, 'writtenBy') ?? '' });
    }
    return [...kinds.values()];
  }

  /** Records a kind of event. A repeat is harmless. */
  async addKind({ type, schemaVersion }: EventKind, writtenBy: string): Promise<void> {
    const name = this.namespace.own('kinds');
    const id = uuidv5(`${name} ${schemaVersion} ${type}`, '3b0c9c52-5f0a-5d5b-8a3c-6f3a4c1d2e77');
    const event = jsonEvent({ id, type: 'KindStored', data: { type, schemaVersion, writtenBy } });
    await this.#called('record a kind of event', () =>
      this.client.appendToStream(name, event, { expectedRevision: ANY }),
    );
  }

  /** Records up to where events were copied from another engine, see {@link marksFrom}. */
  async addMark(mark: Mark): Promise<void> {
    const name = this.namespace.own('moved');
    const event = jsonEvent({ type: 'CopiedUpTo', data: { ...mark } });
    await this.#called('record the progress of the copy', () =>
      this.client.appendToStream(name, event, { expectedRevision: ANY }),
    );
  }

  /** Returns the recorded positions of events that were copied from another engine, in order. */
  async marksFrom(engine: string): Promise<readonly Mark[]> {
    const marks: Mark[] = [];
    for await (const { data } of this.#events('moved')) {
      const mark = { engine: dataText(data, 'engine'), from: dataText(data, 'from'), to: dataText(data, 'to') };
      if (mark.engine !== engine || mark.from === undefined || mark.to === undefined) continue;
      marks.push({ engine, from: mark.from, to: mark.to });
    }
    return marks;
  }

  #called<T>(what: string, call: (one: CallAttempt) => Promise<T>): Promise<T> {
    return called(what, call, this.deadlines);
  }

  async *#events(what: 'kinds' | 'moved'): AsyncGenerator<ReadEvent> {
    const name = this.namespace.own(what);
    for (let from = 0; ; from += OWN_EVENTS_PER_READ) {
      const page = await this.#called('read the metadata of the chronicle', (one) =>
        this.reading.stream(name, { from, limit: OWN_EVENTS_PER_READ }, one),
      );
      yield* page;
      if (page.length < OWN_EVENTS_PER_READ) return;
    }
  }
}

/** A chronicle, with the position in $all after which all its events are. */
export interface BegunChronicle {
  readonly id: string;
  readonly at: NativePosition;
}

/** The event at position `from` in the source engine is at position `to` here. */
export interface Mark {
  readonly engine: string;
  readonly from: string;
  readonly to: string;
}

function dataText(data: unknown, key: string): string | undefined {
  const value = dataField(data, key);
  return typeof value === 'string' ? value : undefined;
}

function numberField(data: unknown, key: string): number | undefined {
  const value = dataField(data, key);
  return typeof value === 'number' ? value : undefined;
}

function dataField(data: unknown, key: string): unknown {
  if (typeof data !== 'object' || data === null) {
    throw new EventStoreUnavailable('a stream of the adapter contains an event of another program');
  }
  return Object.entries(data).find(([name]) => name === key)?.[1];
}
