import { ChronicleDamaged, type EventLog, type StoredEvent } from '../eventstore/port.js';
import { type EventsBundle, embedded, READABLE_FORMAT, verifyBundle } from '../log/bundle.js';
import { signedHistory, type UnsignedHistory } from '../log/readableHistory.js';
import { type LogKeyring, publicKeysOf } from './logKeys.js';
import { proofOfStream } from './transparencyLog.js';

/** A history in words with the page that shows it. */
export interface WrittenProof extends Omit<UnsignedHistory, 'page'> {
  /** Returns the page with this element in its place. */
  readonly page: (element: string) => string;
}

/** Makes proofs of streams that people can read. */
export interface ReadableProofs {
  /**
   * Returns the events of a stream with their proofs; undefined while the present key has not signed all of them.
   *
   * @throws ChronicleDamaged when the events differ from those that the log has signed. The log must not sign sentences
   *   for such events.
   */
  prove(stream: string, events: readonly StoredEvent[]): Promise<EventsBundle | undefined>;
  /** Returns the page of a proof, with the history in words signed by the key of the log. */
  sign(bundle: EventsBundle, written: WrittenProof): string;
}

/** Returns the functions that make readable proofs of streams, signed with the keys of the log. */
export function readableProofs(log: EventLog, { signers }: LogKeyring): ReadableProofs {
  return {
    async prove(stream, events) {
      const bundle = await proofOfStream(log, publicKeysOf(signers), stream, events);
      const [fault] = bundle ? verifyBundle(bundle, signers.log).findings : [];
      if (!bundle || fault?.kind === 'unsigned') return undefined;
      if (!fault) return bundle;
      throw new ChronicleDamaged(`events of ${stream} are not those that the log has signed`, { stream });
    },
    sign(bundle, { page, ...words }) {
      const history = signedHistory(bundle, { ...words, page: page('') }, signers.log);
      return page(embedded({ ...bundle, format: READABLE_FORMAT, history }));
    },
  };
}
