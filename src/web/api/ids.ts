/** Returns the id of the same node in its present state: an id in a past state has that state after «@». */
export function presentId(id: string): string {
  const [present = id] = id.split('@', 1);
  return present;
}
