import { type EventStore, type NativePosition, START, type StoredEvent } from '../port.js';
import type { Mark, OwnStreams } from './own.js';

/** Finds events of a chronicle that was copied from another engine, by marks that pair positions of both engines. */
export class CopyMarks {
  readonly #marks = new Map<string, Promise<readonly Mark[]>>();

  constructor(
    private readonly own: OwnStreams,
    private readonly store: Pick<EventStore, 'eventAt' | 'readAll'>,
  ) {}

  /** Stores that a position of another engine is this position here. */
  async add(mark: Mark): Promise<void> {
    this.#marks.delete(mark.engine);
    await this.own.addMark(mark);
  }

  /** Returns a copied event by its id and its position in the source engine; undefined if there is none. */
  async find(
    id: string,
    before: { readonly engine: string; readonly position: NativePosition },
  ): Promise<StoredEvent | undefined> {
    const marks = await this.#marksFrom(before.engine);
    if (marks.length === 0) return undefined;
    const nearest = marks.filter(({ from }) => from <= before.position).at(-1);
    const here = nearest?.from === before.position ? await this.store.eventAt(nearest.to) : undefined;
    if (here) return here.id === id ? here : undefined;
    const { events } = await this.store.readAll({ after: nearest?.to ?? START });
    return events.find((event) => event.id === id);
  }

  #marksFrom(engine: string): Promise<readonly Mark[]> {
    const known = this.#marks.get(engine);
    if (known !== undefined) return known;
    const marks = this.own.marksFrom(engine);
    this.#marks.set(engine, marks);
    marks.catch(() => this.#marks.delete(engine));
    return marks;
  }
}
