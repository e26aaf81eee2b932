/** Returns an object with the same keys and the mapped values. */
export function mapValues<T extends object, W>(
  object: T,
  map: (value: T[keyof T]) => W,
): { readonly [K in keyof T]: W };
export function mapValues(object: Readonly<Record<string, unknown>>, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

/**
 * Returns the value of an own property. Keys that people wrote may be names of inherited properties, such as
 * `constructor`.
 */
export function ownValue<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
