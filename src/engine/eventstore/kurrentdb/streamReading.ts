import type { EventStore, StoredEvent } from '../port.js';
import { type Call } from './calls.js';
import { type Namespace, stored } from './codec.js';
import { typeOf } from './errors.js';
import type { HistoryWatch } from './historyWatch.js';
import type { KurrentReader } from './reading.js';

/** Number of events of a stream in one call: each call has its own deadline. */
const STREAM_PAGE = 500;

/** Reads streams of the chronicle, and detects that the server returns fewer events than were appended. */
export class CheckedStreamReader {
  constructor(
    private readonly parts: {
      readonly reading: KurrentReader;
      readonly namespace: Namespace;
      readonly watch: HistoryWatch;
      readonly call: Call;
    },
  ) {}

  /**
   * See {@link EventStore.readStream}.
   *
   * @throws ChronicleDamaged if events in the range are missing.
   */
  async read(
    stream: string,
    { from, direction = 'forwards', limit }: Parameters<EventStore['readStream']>[1] = {},
  ): Promise<readonly StoredEvent[]> {
    const { watch } = this.parts;
    const backwards = direction === 'backwards';
    const found: StoredEvent[] = [];
    for (let next = from; ; ) {
      const size = Math.min(STREAM_PAGE, (limit ?? Number.POSITIVE_INFINITY) - found.length);
      const page = await this.#page(stream, { backwards, limit: size, ...(next === undefined ? {} : { from: next }) });
      const first = backwards ? (page[0]?.revision ?? 0) : (next ?? 0);
      const missing = page.findIndex(({ revision }, index) => revision !== first + (backwards ? -index : index));
      if (missing >= 0)
        throw await watch.meet(stream, `its event ${first + (backwards ? -missing : missing)} is missing`);
      found.push(...page);
      const last = found.at(-1);
      const isEnd = page.length < size;
      if (isEnd && backwards && last && last.revision > 0) {
        throw await watch.meet(stream, `its event ${last.revision - 1} is missing`);
      }
      // A deleted stream is read as a stream that does not exist.
      if (!last && (from ?? 0) === 0) await watch.check(stream, true);
      if (isEnd || found.length === limit || !last || (backwards && last.revision === 0)) return found;
      next = last.revision + (backwards ? -1 : 1);
    }
  }

  async #page(
    stream: string,
    options: { readonly from?: number; readonly backwards: boolean; readonly limit: number },
  ): Promise<readonly StoredEvent[]> {
    const { call, reading, namespace, watch } = this.parts;
    try {
      const page = await call('read a stream', (one) => reading.stream(namespace.name(stream), options, one));
      return page.map((event) => stored(namespace, event));
    } catch (error) {
      if (typeOf(error) === 'stream-deleted') throw await watch.meet(stream, 'it was deleted');
      throw error;
    }
  }
}
