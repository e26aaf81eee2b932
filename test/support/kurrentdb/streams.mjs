/**
 * Streams of the stand-in with their metadata, as a real server was observed to treat them: `$tb`, `$maxCount`,
 * `$maxAge` and a soft delete hide events from readers of the stream, but not from readers of $all; a scavenge removes
 * hidden events; a tombstone ends a stream permanently.
 */
/** `$tb` of a stream that was deleted softly, as text: JavaScript rounds the number. */
const SOFT_DELETED = '9223372036854775807';
/** Revision of the event that ends a tombstoned stream. */
export const TOMBSTONE_REVISION = 9223372036854775807n;
export const TOMBSTONE = '$streamDeleted';

/** @param store the SQLite event store; @param keyOf returns the name under which it stores a stream. */
export function streamsOf(store, keyOf) {
  /** Positions of the events that a scavenge has removed. */
  const removed = new Set();

  const lastOf = async (name) => (await store.readStream(keyOf(name), { direction: 'backwards', limit: 1 }))[0];

  /** Metadata by stream, so that an append does not read it each time. */
  const known = new Map();

  async function metadataOf(name) {
    if (!known.has(name)) known.set(name, await readMetadata(name));
    return known.get(name);
  }

  async function readMetadata(name) {
    const last = name.startsWith('$$') ? undefined : await lastOf(`$$${name}`);
    return last ? JSON.parse(Buffer.from(JSON.parse(last.body).data, 'base64').toString()) : {};
  }

  async function isTombstoned(name) {
    return (await lastOf(name))?.type === TOMBSTONE;
  }

  /** Returns the state of a stream: its last revision, and the revision from which readers see it. */
  async function stateOf(name) {
    const last = await lastOf(name);
    if (!last) return { kind: 'absent' };
    if (last.type === TOMBSTONE) return { kind: 'tombstoned', last: last.revision - 1 };
    const { $tb, $maxCount, $maxAge } = await metadataOf(name);
    if ($tb > Number.MAX_SAFE_INTEGER) return { kind: 'softDeleted', last: last.revision };
    const youngest = $maxAge === undefined ? 0 : await firstSince(name, Date.now() - $maxAge * 1_000);
    const counted = $maxCount === undefined ? 0 : last.revision - $maxCount + 1;
    const begins = Math.max($tb ?? 0, counted, youngest, 0);
    return { kind: 'open', last: last.revision, first: await firstLeft(name, begins) };
  }

  async function firstSince(name, time) {
    const events = await store.readStream(keyOf(name));
    const found = events.find(({ body }) => Number(JSON.parse(body).created) / 10_000 >= time);
    return found?.revision ?? events.length;
  }

  async function firstLeft(name, from) {
    if (removed.size === 0) return from;
    const left = (await store.readStream(keyOf(name), { from })).find(({ position }) => !removed.has(position));
    return left?.revision ?? from;
  }

  return {
    /** Call it after each append. */
    written(name) {
      if (name.startsWith('$$')) known.delete(name.slice(2));
    },
    isTombstoned,
    stateOf,
    isRemoved: (position) => removed.has(position),
    /** Returns the metadata that a soft delete leaves, as JSON. */
    async softDeleted(name) {
      const { $tb: _, ...others } = await metadataOf(name);
      return `{"$tb":${SOFT_DELETED}${JSON.stringify(others)
        .replace(/^\{(?=.)/, ',')
        .replace(/^,\}$/, '}')}`;
    },
    /** Removes everything that readers of the streams do not see. */
    async scavenge(names) {
      for (const name of names) {
        const state = await stateOf(name);
        for (const { revision, position, type } of await store.readStream(keyOf(name))) {
          const isHidden = state.kind !== 'open' || revision < state.first;
          if (isHidden && type !== TOMBSTONE) removed.add(position);
        }
      }
    },
  };
}
