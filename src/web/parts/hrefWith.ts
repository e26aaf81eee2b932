/** Returns an address with the given values in its query. Undefined values are left out. */
export function hrefWith(path: string, given: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(given).filter((each): each is [string, string] => each[1] !== undefined);
  return present.length === 0 ? path : `${path}?${new URLSearchParams(present)}`;
}
