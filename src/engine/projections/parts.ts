import { crc32 } from 'node:zlib';
import type { NativePosition } from '../eventstore/port.js';
import {
  type CollectionSpec,
  checkpointOf,
  type ReadStore,
  type Standing,
  type StreamPart,
  wholeOf,
} from '../readstore/port.js';

/** Returns the parts of a division of the streams. A division into one part has no parts: nothing is divided. */
export function streamParts(count: number): readonly StreamPart[] {
  return count === 1 ? [] : Array.from({ length: count }, (_, index) => ({ number: index + 1, of: count }));
}

/** Returns a collection once for each part of the streams; unchanged if they are not divided. */
export function inParts(spec: CollectionSpec, parts: readonly StreamPart[]): readonly CollectionSpec[] {
  return parts.length === 0 ? [spec] : parts.map((part) => ({ ...spec, part }));
}

/** Returns true if a stream belongs to a part. Every stream belongs to an undefined part. */
export function isInPart(part: StreamPart | undefined, stream: string): boolean {
  return part === undefined || (crc32(stream) % part.of) + 1 === part.number;
}

/** Returns true if at least one of the collections is written from a stream. */
export function isProjected(targets: readonly CollectionSpec[], stream: string): boolean {
  return targets.some(({ part }) => isInPart(part, stream));
}

/**
 * Returns the position up to which a build contains the events of all streams; undefined when there is none. The
 * streams may have been divided in several ways, one after the other: the division that has come furthest counts.
 */
export async function passedPosition(store: ReadStore, spec: CollectionSpec): Promise<NativePosition | undefined> {
  const whole = wholeOf(spec);
  const checkpoints = await store.checkpoints(whole);
  const divisions = new Map<number, NativePosition[]>();
  for (const [name, position] of checkpoints) {
    const [, of = '1'] = /^ \d+\/(\d+)$/.exec(name.slice(checkpointOf(whole).length)) ?? [];
    divisions.set(Number(of), [...(divisions.get(Number(of)) ?? []), position]);
  }
  const complete = [...divisions].filter(([of, positions]) => positions.length === of);
  return complete
    .map(([, positions]) => positions.toSorted()[0])
    .toSorted()
    .at(-1);
}

/** Returns the live build of each collection, and the position up to which it contains the events of all streams. */
export async function passedStandings(
  store: ReadStore,
  specs: readonly CollectionSpec[],
): Promise<readonly Standing[]> {
  const standing = await store.standing(specs);
  return Promise.all(
    specs.map(async (spec, index) => {
      const build = standing[index]?.build ?? 0;
      return { build, position: await passedPosition(store, { ...spec, build }) };
    }),
  );
}
