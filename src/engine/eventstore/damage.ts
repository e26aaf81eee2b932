import { z } from 'zod';

/** Schema of {@link Damage}, for where it is read from a file or another thread. */
export const DamageSchema = z.object({ stream: z.string().nullable(), problem: z.string() });

/**
 * A fault in a stored chronicle. Damage of one stream closes that stream to appends. Damage that does not belong to one
 * stream (`stream` is null: pages, indexes, the log) closes the whole chronicle to appends.
 */
export type Damage = z.infer<typeof DamageSchema>;

/** The states of a chronicle: all, some or none of its streams accept appends. */
export type Writing = 'OPEN' | 'PARTLY_CLOSED' | 'CLOSED';

/** Returns how much of a chronicle with this damage still accepts appends. */
export function writingWith(damage: readonly Damage[]): Writing {
  if (damage.length === 0) return 'OPEN';
  return damage.some(({ stream }) => stream === null) ? 'CLOSED' : 'PARTLY_CLOSED';
}

/** Returns the damage that forbids appends to a stream; undefined if there is none. */
export function damageThatCloses(damage: readonly Damage[], stream: string): Damage | undefined {
  return damage.find((each) => each.stream === null) ?? damage.find((each) => each.stream === stream);
}
