/**
 * Options of a connection string on which durability and consistency depend, in lower case, with their allowed values.
 */
const PROMISES: ReadonlyMap<string, readonly string[]> = new Map([
  ['readpreference', ['primary']],
  ['readpreferencetags', []],
  ['maxstalenessseconds', []],
  ['readconcernlevel', ['local', 'majority']],
  ['w', ['majority']],
  ['journal', ['true']],
  ['j', ['true']],
]);

/**
 * Returns the option of a MongoDB connection string that weakens the guarantees of the stores, such as `w=1`; undefined
 * when there is none. The stores read from the primary and have their writes acknowledged by a majority, with journal.
 */
export function weakeningIn(url: string): string | undefined {
  const [, query = ''] = url.split('?', 2);
  for (const [name, value] of new URLSearchParams(query)) {
    const allowed = PROMISES.get(name.toLowerCase());
    if (allowed && !allowed.includes(value.toLowerCase())) return `${name}=${value}`;
  }
  return undefined;
}
