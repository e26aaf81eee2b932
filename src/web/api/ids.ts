/** Returns the id of the same thing as it is now: the id of a thing in a past state names that state after «@». */
export function presentId(id: string): string {
  const [present = id] = id.split('@', 1);
  return present;
}
